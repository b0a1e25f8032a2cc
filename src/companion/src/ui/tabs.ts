// Whether the page is open in another tab too: nothing is lost by it, but it
// is easy to go on in the wrong one.

import { signal } from "@preact/signals";
import { openChannel } from "../store/place";

/** Another tab has the page open. */
export const otherTab = signal(false);

/** Asks around, answers whoever asks, and says goodbye. */
export function watchTabs(): void {
  const channel = openChannel("hikyaku-tabs");
  if (!channel) return;
  // Tabs that are killed say no goodbye: whoever comes into sight asks anew.
  const ask = () => {
    otherTab.value = false;
    channel.postMessage("who is there");
  };
  let leaving = false;
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (leaving) return;
    if (data === "goodbye") return ask();
    otherTab.value = true;
    if (data === "who is there") channel.postMessage("one more");
  };
  window.addEventListener("pagehide", () => {
    leaving = true;
    channel.postMessage("goodbye");
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
    ask();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask();
  });
  ask();
}
