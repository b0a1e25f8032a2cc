// Remembers what the page of this build keeps: `npm run keep-fixture`.
//
// Run it only with the build whose storage is to be remembered. A fixture is a
// witness: what once lay on somebody's phone, and must open with every later
// page. Made anew with a later build it would witness that build, and the page
// that lost somebody's trip would pass. So a folder that another build filled
// is not touched. To remember a later build too, give it a folder of its own
// (HIKYAKU_KEPT), beside this one. Afterwards read the `.expected.json`: they
// say what that build showed, not that it was right. One walk alone:
// HIKYAKU_KEEP_ONLY=its name.

import { mkdirSync } from "node:fs";
import { expect, it } from "vitest";
import { phone, serve } from "../browser";
import { type Expected, FOLDER, goThrough, layDownAt, names, openAgain, pageHash, read, type Remembered, write } from "./fixture";
import { BEGIN, Hand } from "./hand";
import { oneMore } from "./pcs";
import { see } from "./screens";
import { keptBy } from "./storage";
import { WALKS } from "./walks";

/** A phone is taken in hand again the next day. */
const NEXT_DAY = BEGIN + 86_400;
const ONLY = process.env.HIKYAKU_KEEP_ONLY;

for (const [name, walk] of Object.entries(WALKS)) {
  it.skipIf(ONLY !== undefined && ONLY !== name)(`keeps ${name}`, async () => {
    mkdirSync(FOLDER, { recursive: true });
    const another = names().find((one) => read<Remembered>(one).page !== pageHash());
    if (another !== undefined) throw new Error(`${FOLDER} is what another build of the page is remembered by (${another}.json)`);
    const folder = walk.folder ?? "";
    const [first, second] = [await serve(), await serve()];
    const device = await phone({ camera: "none" });
    try {
      // The same bytes for the same build: a trip's mark is random otherwise.
      await device.context.addInitScript(() => {
        let count = 0;
        crypto.getRandomValues = (array) => {
          const bytes = new DataView((array as ArrayBufferView).buffer);
          bytes.setUint32(0, Date.now() / 1000);
          bytes.setUint32(bytes.byteLength - 4, (count += 1));
          return array;
        };
      });
      const hand = new Hand(device.page, first.address + folder, device.context);
      await hand.open();
      await walk.go(hand);
      await openAgain(device.page, hand.address, NEXT_DAY);
      const before = await see(device.page);
      const kept: Remembered = {
        name,
        about: walk.about,
        page: pageHash(),
        folder,
        opened_at: NEXT_DAY,
        one_more: oneMore(walk.practice),
        storage: await keptBy(device.page),
      };
      await layDownAt(device.page, second, kept.storage);
      await openAgain(device.page, second.address + folder, NEXT_DAY);
      const { pcs: _, ...shown } = await goThrough(device.page, kept);
      expect(shown.seen).toEqual(before);
      expect(device.complaints).toEqual([]);
      const expected: Expected = { name, ...shown };
      write(name, kept);
      write(`${name}.expected`, expected);
    } finally {
      await device.close();
      await first.close();
      await second.close();
    }
  });
}
