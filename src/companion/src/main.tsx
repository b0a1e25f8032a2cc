// Opens the store, reads what the link carried, and shows the page.

import { render } from "preact";
import { openStore } from "./store/store";
import { App } from "./ui/app";
import { unlockSound } from "./ui/feedback";
import { take } from "./ui/intake";
import { sayIfWiped, tripName } from "./ui/record_actions";
import { fatal, store } from "./ui/state";
import { watchTabs } from "./ui/tabs";
import { keepOffline } from "./ui/updates";
import "./styles/page.css";
import "./styles/parts.css";
import "./styles/reply.css";

/** The message in the address, taken out of the address bar at once. */
function fragment(): string | undefined {
  const { hash, pathname, search } = location;
  if (hash.length < 2) return undefined;
  history.replaceState(null, "", pathname + search);
  return hash.slice(1);
}

async function start(): Promise<void> {
  const root = document.getElementById("page");
  if (root) render(<App />, root);
  const carried = fragment();
  const opened = await openStore(tripName);
  if (!opened.ok) {
    fatal.value = opened.fault;
    return;
  }
  store.value = opened.value;
  watchTabs();
  sayIfWiped();
  if (carried !== undefined) await take(carried, "link");
  const look = () => {
    const text = fragment();
    if (text !== undefined) void take(text, "link");
  };
  window.addEventListener("hashchange", look);
  // One that came while the store was being opened.
  look();
  await keepOffline();
}

// A finger counts once it is lifted.
for (const touch of ["pointerup", "keydown"]) window.addEventListener(touch, unlockSound);
void start();
