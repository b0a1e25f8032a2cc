// What an earlier page kept on somebody's phone opens with this one: every PC,
// number and reply of it, and the walk goes on from there. The storages were
// left by real builds (fixtures/page/kept), and are laid down here exactly as
// they lay on a phone that the page was closed on.

import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type Phone, phone, type Served, serve } from "./browser";
import { type Expected, goThrough, layDownAt, names, openAgain, read, type Remembered } from "./kept/fixture";
import { keptBy } from "./kept/storage";

let device: Phone | undefined;
let served: Served | undefined;

beforeAll(async () => {
  device = await phone({ camera: "none" });
});

afterAll(async () => {
  await device?.close();
});

afterEach(async () => {
  await served?.close();
  served = undefined;
});

/** Every Installation ID and Confirmation ID that a value holds, however deep. */
function numbersIn(value: unknown): string[] {
  return JSON.stringify(value).match(/(?<!\d)(?:\d{48}|\d{54}|\d{63})(?!\d)/g) ?? [];
}

const all = names();
if (all.length === 0) throw new Error("no storage is remembered");

it.each(all)("opens what was kept: %s", async (name) => {
  if (!device) throw new Error("no phone");
  const [kept, expected] = [read<Remembered>(name), read<Expected>(`${name}.expected`)];
  const { page } = device;
  // Another port is another origin: nothing is stored there.
  served = await serve();
  await layDownAt(page, served, kept.storage);
  expect(await keptBy(page)).toEqual(kept.storage);

  await openAgain(page, served.address + kept.folder, kept.opened_at);
  const { seen, one_more, replies, afterwards, pcs } = await goThrough(page, kept);

  const { file, ...screens } = seen;
  const { file: expectedFile, ...expectedScreens } = expected.seen;
  expect(screens).toEqual(expectedScreens);
  // A later page may write more into a file, and nothing less.
  if (expectedFile) expect(file).toMatchObject(expectedFile);
  else expect(file).toBeNull();

  // Whatever the expectation says: no record of the storage is missing.
  const records = (store: string) =>
    kept.storage.databases.flatMap((one) => one.stores.filter((of) => of.name === store).flatMap((of) => of.records.map(({ value }) => value)));
  const nameOf = (pc: unknown) => (pc as { name: string }).name;
  // Namesakes are told apart by a number, and what is only planned is listed, too.
  const listed = new Set(seen.record.pcs.map((pc) => pc.name.replace(/#\d+$/, "")));
  expect(records("pcs").map(nameOf).filter((one) => !listed.has(one))).toEqual([]);
  const shownNumbers = new Set(numbersIn([seen.record, file]));
  const lost = numbersIn([records("entries"), records("head")]).filter((number) => !shownNumbers.has(number));
  expect(lost).toEqual([]);

  // It goes on from there, and what was there before stays as it was.
  expect(one_more).toEqual(expected.one_more);
  expect(one_more?.state).toBe("cid");
  expect(pcs.filter((pc) => pc.name !== kept.one_more.name)).toEqual(seen.record.pcs);
  expect(replies).toEqual(expected.replies);
  expect(replies.some((reply) => reply.pc === kept.one_more.name)).toBe(true);
  expect(afterwards).toEqual(expected.afterwards);
  expect(device.complaints).toEqual([]);
});
