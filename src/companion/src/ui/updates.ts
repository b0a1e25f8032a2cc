// The service worker: the page opens without a signal, and a newer version
// waits until the person lets it in.

import { signal } from "@preact/signals";

/** A newer version is there, and waits. */
export const updateReady = signal(false);

/** The page is kept on this device, and opens without a network. */
export const opensOffline = signal(false);

let waiting: ServiceWorker | null = null;

/** Registers the service worker where there can be one: not for a file, not over plain http. */
export async function keepOffline(): Promise<void> {
  if (!window.isSecureContext || !location.protocol.startsWith("http")) return;
  try {
    // Where the browser is told to keep nothing, even asking for it is refused.
    const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    if (!workers) return;
    const registration = await workers.register("./sw.js");
    void workers.ready.then(() => {
      opensOffline.value = true;
    });
    const look = () => {
      // Without a controller it is the first version, not a newer one.
      waiting = registration.waiting;
      updateReady.value = waiting !== null && workers.controller !== null;
    };
    look();
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", look);
    });
  } catch {
    // The page works without; it is only not there without a signal.
  }
}

/** Lets the newer version in. Everything is stored already, so nothing is lost. */
export function applyUpdate(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting?.postMessage("take-over");
}
