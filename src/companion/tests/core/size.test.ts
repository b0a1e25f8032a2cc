// A trip of 500 PCs stays quick to change: no timing, but no work that grows
// with the square of it either.

import { expect, it } from "vitest";
import { practiceIid } from "../../src/domain/practice";
import { readTripFile, writeTripFile } from "../../src/transfer/trip_file";
import { emptyTrip, reduce } from "../../src/trip/reducer";

it("changes one record of 500 at a time, and the file of all of them is read again", () => {
  let trip = emptyTrip("Walk", 1000);
  const request = (index: number) => ({
    pc: `PC-${index}`,
    time: 1000,
    products: [
      { activationId: "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c", name: "Windows", iid: practiceIid(`many ${index}`) },
    ],
  });
  for (let index = 0; index < 500; index += 1) trip = reduce(trip, { kind: "request", request: request(index) }, 1000).trip;
  const after = reduce(trip, { kind: "request", request: request(250) }, 2000).trip;
  const known = new Set<unknown>([...trip.pcs, ...trip.entries]);
  const changed = [...after.pcs, ...after.entries].filter((record) => !known.has(record));
  // What is stored anew: the PC that was seen, and its product.
  expect(changed).toHaveLength(2);
  const read = readTripFile(writeTripFile(after, 3000));
  expect(read.ok && read.value.entries.length).toBe(500);
});
