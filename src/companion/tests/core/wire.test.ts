// Runs every file of fixtures/wire and fixtures/numbers: text to value, value
// to text, defect to error id. The same files as tests/wire_vectors.rs.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hresultText } from "../../src/domain/hresult";
import { parseMessage } from "../../src/domain/message";
import type { Message, Receipt, Request } from "../../src/domain/messages";
import { replyDigits } from "../../src/domain/numbers";
import { receiptToText, requestToText, tripToText } from "../../src/domain/packet";
import { printable } from "../../src/domain/label";
import { type Bad, FIXTURES, fixtures, type Good } from "./fixtures";

describe("fixtures/wire/unprintable.txt", () => {
  it("lists exactly what no label holds", () => {
    const ranges = readFileSync(`${FIXTURES}wire/unprintable.txt`, "utf8")
      .split("\n")
      .map((line) => line.replace(/#.*/, "").trim())
      .filter((line) => line !== "")
      .map((line) => line.split("-").map((code) => Number.parseInt(code, 16)));
    expect(ranges.length).toBeGreaterThan(20);
    const listed = new Set<number>();
    for (const [first = 0, last = first] of ranges) for (let code = first; code <= last; code += 1) listed.add(code);
    // These become a space each.
    for (const code of [0x09, 0x0a, 0x0d]) listed.delete(code);
    const wrong: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      if ((printable(String.fromCodePoint(code)) === "") !== listed.has(code)) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });
});

function requestValue(request: Request) {
  return {
    pc: request.pc,
    ...(request.serial && { serial: request.serial }),
    ...(request.machine && { machine: request.machine }),
    time: request.time,
    products: request.products.map((product) => ({
      activation_id: product.activationId,
      name: product.name,
      installation_id: product.iid.digits,
      tag: product.iid.tag,
      ...(product.keyTail && { key_tail: product.keyTail }),
    })),
  };
}

function receiptValue(receipt: Receipt) {
  return {
    pc: receipt.pc,
    ...(receipt.serial && { serial: receipt.serial }),
    ...(receipt.machine && { machine: receipt.machine }),
    time: receipt.time,
    products: receipt.products.map((product) => ({
      tag: product.tag,
      status: product.status,
      ...(product.hresult !== undefined && { hresult: hresultText(product.hresult) }),
    })),
  };
}

function valueOf(message: Message): unknown {
  switch (message.kind) {
    case "iid":
      return message.iid;
    case "cid":
      return message.cid;
    case "reply": {
      const { cid, tag } = message.reply;
      return { ...cid, digits: replyDigits(cid.digits, tag), cid: cid.digits, tag };
    }
    case "request":
      return requestValue(message.request);
    case "receipt":
      return receiptValue(message.receipt);
    case "trip":
      return {
        name: message.trip.name,
        time: message.trip.time,
        requests: message.trip.requests.map(requestValue),
        replies: message.trip.replies.map(({ cid, tag }) => ({ cid: cid.digits, tag })),
        receipts: message.trip.receipts.map(receiptValue),
      };
  }
}

function write(message: Message, page?: string): string {
  const text = (() => {
    switch (message.kind) {
      case "iid":
        return message.iid.digits;
      case "cid":
        return message.cid.digits;
      case "reply":
        return replyDigits(message.reply.cid.digits, message.reply.tag);
      case "request":
        return requestToText(message.request);
      case "receipt":
        return receiptToText(message.receipt);
      case "trip": {
        const text = tripToText(message.trip);
        if (!text.ok) throw new Error(text.fault.id);
        return text.value;
      }
    }
  })();
  return page ? `${page}#${text}` : text;
}

describe.each(["wire", "numbers"])("fixtures/%s", (folder) => {
  it.each(fixtures<Good>(`${folder}/good`).map((good) => [good.name, good] as const))(
    "%s is read and written",
    (_, good) => {
      const read = parseMessage(good.text);
      if (!read.ok) throw new Error(JSON.stringify(read.fault));
      expect(read.value.kind).toBe(good.kind);
      expect(valueOf(read.value)).toEqual(good.value);
      const rewritten = write(read.value, good.page);
      expect(rewritten === good.text).toBe(good.canonical);
      expect(parseMessage(rewritten)).toEqual(read);
    },
  );

  it.each(fixtures<Bad>(`${folder}/bad`).map((bad) => [bad.name, bad] as const))("%s is refused", (_, bad) => {
    const read = parseMessage(bad.text);
    if (read.ok) throw new Error("it is read");
    expect(read.fault.id).toBe(bad.error);
    if (bad.groups) expect(read.fault.groups).toEqual(bad.groups);
    else expect(read.fault.id).not.toMatch(/-wrong-groups$/);
  });
});
