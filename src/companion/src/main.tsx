// Opens the store, reads what the link carried, and shows the page.

import { render } from "preact";
import { Core } from "./core/core";
import { bad } from "./core/types";
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

/** The message behind the `#` of an address, taken out of the address bar at once. */
function messageIn(hash: string): string | undefined {
  if (hash.length < 2) return undefined;
  history.replaceState(null, "", location.pathname + location.search);
  return hash.slice(1);
}

async function start(): Promise<void> {
  const root = document.getElementById("page");
  if (root) render(<App />, root);
  const carried = messageIn(location.hash);
  const opening = Core.load().then(
    (core) => openStore(core, tripName),
    // Without WebAssembly there are no rules to keep anything by.
    () => bad("core-missing"),
  );
  // Links may come quickly, and before the store is open: each is taken from
  // its own event, since the address bar knows the last one only.
  window.addEventListener("hashchange", (event) => {
    const text = messageIn(new URL(event.newURL).hash);
    if (text !== undefined) void opening.then(() => take(text, "link"));
  });
  const opened = await opening;
  if (!opened.ok) {
    fatal.value = opened.fault;
    return;
  }
  store.value = opened.value;
  watchTabs();
  sayIfWiped();
  if (carried !== undefined) await take(carried, "link");
  await keepOffline();
}

// A finger counts once it is lifted.
for (const touch of ["pointerup", "keydown"]) window.addEventListener(touch, unlockSound);
void start();
