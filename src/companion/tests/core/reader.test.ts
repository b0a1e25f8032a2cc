// The reader's worker as the page sees it: it may not answer at all, since a
// decoder may run on over an odd picture; then it is ended, and another begins.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ReadOrder, ReadReport } from "../../src/camera/orders";

/** Workers that were begun, and what they were asked. */
const workers: FakeWorker[] = [];

class FakeWorker {
  onmessage: ((event: { data: ReadReport<string> }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  readonly orders: ReadOrder[] = [];
  ended = false;

  constructor() {
    workers.push(this);
  }

  postMessage(order: ReadOrder): void {
    this.orders.push(order);
  }

  terminate(): void {
    this.ended = true;
  }

  answer(seen: string[], broken?: string): void {
    const id = this.orders.at(-1)?.id ?? 0;
    this.onmessage?.({ data: { id, seen, ms: 1, ...(broken !== undefined && { broken }) } });
  }
}

vi.mock("../../src/camera/reader.worker?worker&inline", () => ({ default: FakeWorker }));
vi.mock("../../src/camera/digits.worker?worker&inline", () => ({ default: FakeWorker }));

const { PictureReader } = await import("../../src/camera/reader");
const reader = () => new PictureReader<string>(() => new FakeWorker() as unknown as Worker);
const image = () => ({ width: 2, height: 1, data: new Uint8ClampedArray(8) }) as unknown as ImageData;

beforeEach(() => {
  workers.length = 0;
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it("gives what the worker reads, and asks the same one again", async () => {
  const pictures = reader();
  const reading = pictures.read(image(), "live");
  workers[0]?.answer(["a text"]);
  expect((await reading).seen).toEqual(["a text"]);
  const still = pictures.read(image(), "still");
  expect(workers).toHaveLength(1);
  expect(workers[0]?.orders.map((order) => order.live)).toEqual([true, false]);
  workers[0]?.answer([], "it cannot run");
  await expect(still).rejects.toThrow("it cannot run");
  // Nothing rings afterwards.
  vi.advanceTimersByTime(60_000);
  expect(workers[0]?.ended).toBe(false);
});

it("ends a worker that does not answer, tells everybody who waits, and begins another", async () => {
  const pictures = reader();
  const frame = pictures.read(image(), "live");
  const photograph = pictures.read(image(), "still");
  const told = Promise.allSettled([frame, photograph]);
  vi.advanceTimersByTime(5000);
  expect((await told).map((one) => one.status)).toEqual(["rejected", "rejected"]);
  expect(workers[0]?.ended).toBe(true);
  const next = pictures.read(image(), "live");
  workers[1]?.answer(["another"]);
  expect((await next).seen).toEqual(["another"]);
});

it("begins another where a worker dies", async () => {
  const pictures = reader();
  const frame = pictures.read(image(), "live");
  workers[0]?.onerror?.({ message: "gone" });
  await expect(frame).rejects.toThrow("gone");
  void pictures.read(image(), "live");
  expect(workers).toHaveLength(2);
});
