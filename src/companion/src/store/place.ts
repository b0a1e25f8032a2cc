// What this page keeps on a device is its own: several pages may live on one
// origin, in folders of their own, and share none of it.

/** The name with the folder of the page; nothing is added at the top of an origin, or for a file. */
export function ofThisPage(name: string): string {
  if (typeof location === "undefined" || !location.protocol.startsWith("http")) return name;
  const folder = location.pathname.slice(0, location.pathname.lastIndexOf("/") + 1);
  return folder === "/" ? name : `${name} ${folder}`;
}

/** Word to other tabs and from them, as far as the browser lets them talk. */
export interface Channel {
  postMessage(message: unknown): void;
  close(): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** The channel of this name; `undefined` where there is none: some browsers refuse it with an exception. */
export function openChannel(name: string): Channel | undefined {
  try {
    const channel = new BroadcastChannel(ofThisPage(name));
    const post = channel.postMessage.bind(channel);
    // What was stored is stored, whether or not another tab hears of it.
    channel.postMessage = (message) => {
      try {
        post(message);
      } catch {
        // Closed meanwhile.
      }
    };
    return channel;
  } catch {
    return undefined;
  }
}
