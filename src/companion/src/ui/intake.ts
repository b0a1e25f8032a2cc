// Whatever was read or pasted goes through here, and becomes an event of the
// trip and a notice to the person.

import { beginsAsPacket } from "../domain/packet";
import { hresultMessage } from "../domain/hresult";
import { findIids } from "../domain/paste";
import type { Message } from "../domain/messages";
import { parseMessage } from "../domain/message";
import type { DeliveryReply, Outcome } from "../trip/events";
import { deliver, repliesOf } from "../trip/queries";
import { faultText, nextStep, t } from "../i18n";
import { ask } from "./dialog";
import { feel } from "./feedback";
import { fromPacket } from "../transfer/packet_trip";
import { UrCollector } from "../transfer/ur";
import type { Trip } from "../trip/model";
import { apply, atPortal, entry, go, notice, type Notice, pc, screen, shown, trip } from "./state";

/** The same text within this time is the same look at the same screen. */
const SAME_LOOK_MS = 2500;

const lastSeen = new Map<string, number>();
let collector = new UrCollector();
let queue: Promise<void> = Promise.resolve();

/** A text off the camera; the same one again and again is one. */
export function seen(text: string, now = performance.now()): void {
  const before = lastSeen.get(text);
  lastSeen.set(text, now);
  if (lastSeen.size > 64) for (const [key, at] of lastSeen) if (now - at > SAME_LOOK_MS) lastSeen.delete(key);
  if (before !== undefined && now - before < SAME_LOOK_MS) return;
  void take(text, "camera");
}

/** Forgets what was seen last: on another screen the same symbol is looked at anew. */
export function lookAnew(): void {
  lastSeen.clear();
}

/** Takes a text in, one after the other. */
export function take(text: string, from: "camera" | "photo" | "link" | "typed"): Promise<void> {
  queue = queue.then(() => takeNow(text, from)).catch(() => undefined);
  return queue;
}

async function takeNow(text: string, from: "camera" | "photo" | "link" | "typed"): Promise<void> {
  if (/^ur:/i.test(text)) return takePart(text);
  const read = parseMessage(text.trim());
  if (read.ok) return takeMessage(read.value, from);
  if (from === "typed" && !beginsAsPacket(text.trim()) && !text.includes("#")) {
    const iids = findIids(text);
    for (const iid of iids) await takeMessage({ kind: "iid", iid }, from);
    if (iids.length > 0) return;
  }
  // Before a PC's camera, whatever else the phone sees is of no interest.
  if (shown.value) return;
  const isNumber = read.fault.id.startsWith("number-") && read.fault.id !== "number-foreign-character";
  if (from !== "camera" || isNumber || read.fault.id.startsWith("packet-wrong")) {
    const { title, next } = faultText(read.fault);
    return say({ tone: "warn", title, body: next });
  }
  say({ tone: "warn", ...pair("notice-unreadable") });
}

async function takeMessage(message: Message, from: string): Promise<void> {
  switch (message.kind) {
    case "request":
    case "iid":
      if (shown.value) return;
      if (screen.value === "deliver" && from !== "link") return takeToDeliver(message);
      return collect(message);
    case "receipt":
      return closeBy(await apply({ kind: "receipt", receipt: message.receipt }));
    case "cid":
      return say({ tone: "warn", ...pair("notice-cid-elsewhere") });
    case "reply":
      if (!shown.value) say({ tone: "warn", ...pair("notice-reply-elsewhere") });
      return;
    case "trip":
      return takeTrip(fromPacket(message.trip));
  }
}

/** Collects a PC, and says what was new about it. */
export async function collect(message: Message): Promise<void> {
  const outcome =
    message.kind === "request"
      ? await apply({ kind: "request", request: message.request })
      : message.kind === "iid"
        ? await apply({ kind: "iid", iid: message.iid })
        : undefined;
  if (!outcome) return;
  if (outcome.kind === "refused") return say({ tone: "bad", ...pair(outcome.reason) });
  if (outcome.kind === "collected") {
    const bare = pc(outcome.pc)?.bare === true;
    const title = bare ? t("notice-collected-bare") : t("notice-collected", { pc: named(outcome.pc) });
    return say({ tone: "good", title, body: productsOf(outcome.entries), pc: outcome.pc });
  }
  if (outcome.kind === "changed") {
    const voided = outcome.voided.length > 0 ? ` ${t("notice-changed-voided")}` : "";
    const title = t("notice-changed", { pc: named(outcome.pc) });
    return say({ tone: "warn", title, body: nextStep("notice-changed") + voided, pc: outcome.pc });
  }
  if (outcome.kind === "seen-again") {
    const hasReply = repliesOf(trip.value, outcome.pc).length > 0;
    say({
      tone: "info",
      title: t("notice-seen-again", { pc: named(outcome.pc) }),
      body: hasReply ? t("notice-seen-again-reply") : productsOf(outcome.entries),
      pc: outcome.pc,
      ...(hasReply && { action: { label: t("notice-show-reply"), run: () => showReplyOf(outcome.pc) } }),
    });
  }
}

/** Turns the page into the reply of the PC that it looks at, or says why not. */
async function takeToDeliver(message: Message): Promise<void> {
  const delivery = deliver(trip.value, message);
  const collectIt = (label: string) => ({ label: t(label), run: () => void collect(message) });
  switch (delivery.kind) {
    case "reply":
      return showReply(delivery.pc, delivery.replies, delivery.changed.length > 0);
    case "no-cid":
      return say({
        tone: "warn",
        title: t("deliver-no-cid", { pc: named(delivery.pc) }),
        body: nextStep("deliver-no-cid"),
        action: {
          label: t("go-portal"),
          run: () => {
            go("portal");
            atPortal.value = delivery.entries[0];
          },
        },
      });
    case "changed":
      return say({
        tone: "warn",
        title: t("deliver-changed", { pc: named(delivery.pc) }),
        body: nextStep("deliver-changed"),
        action: collectIt("deliver-collect-again"),
      });
    case "refused":
      return sayFailed(delivery.pc, delivery.entry);
    case "already":
      return say({ tone: "info", title: t("deliver-already", { pc: named(delivery.pc) }) });
    case "unknown": {
      const { name } = delivery;
      const title = name === undefined ? t("deliver-unknown") : t("deliver-unknown-name", { name });
      return say({ tone: "warn", title, body: nextStep("deliver-unknown"), action: collectIt("deliver-collect") });
    }
  }
}

/** Shows all replies of a PC that are still wanted. */
export function showReplyOf(pcId: string): void {
  const replies = repliesOf(trip.value, pcId);
  if (replies.length > 0) void showReply(pcId, replies, false);
}

async function showReply(pcId: string, replies: readonly DeliveryReply[], alsoChanged: boolean): Promise<void> {
  shown.value = { pc: pcId, replies, alsoChanged };
  notice.value = undefined;
  feel("good");
  await apply({ kind: "delivered", entries: replies.map((reply) => reply.entry) });
}

/** A receipt: closes its PC, and the reply that was shown to it. */
function closeBy(outcome: Outcome | undefined): void {
  if (!outcome) return;
  if (outcome.kind === "receipt-unknown") {
    const title = t("notice-receipt-unknown", { name: outcome.name });
    return say({ tone: "warn", title, body: nextStep("notice-receipt-unknown") });
  }
  if (outcome.kind !== "receipt") return;
  const failed = entry(outcome.failed[0]);
  const showing = shown.value;
  if (showing?.pc === outcome.pc) {
    const closed = new Set([...outcome.activated, ...outcome.failed]);
    const left = showing.replies.filter((reply) => !closed.has(reply.entry));
    shown.value = left.length > 0 && !failed ? { ...showing, replies: left } : undefined;
  }
  if (failed) {
    return sayFailed(outcome.pc, failed.id);
  }
  say({ tone: "good", title: t("notice-receipt", { pc: named(outcome.pc) }), body: productsOf(outcome.activated) });
}

function sayFailed(pcId: string, entryId: string): void {
  const code = entry(entryId)?.hresult;
  const told = code === undefined ? undefined : pair(hresultMessage(code));
  say({
    tone: "bad",
    title: t("notice-receipt-failed", { pc: named(pcId) }),
    body: told ? `${code}: ${told.title} ${told.body}` : nextStep("failure-no-code"),
    pc: pcId,
    action: { label: t("notice-see-failure"), run: () => go("record") },
  });
}

/** A part of a trip that another device shows. */
async function takePart(text: string): Promise<void> {
  const { progress, done } = collector.add(text);
  if (!done) {
    const title = t("notice-part", { percent: Math.floor(progress * 100) });
    notice.value = { tone: "info", title, body: nextStep("notice-part") };
    return;
  }
  collector = new UrCollector();
  if (done.ok) return takeTrip(done.value);
  const { title, next } = faultText(done.fault);
  say({ tone: "bad", title, body: next });
}

/** Joins a trip from elsewhere, if the person wants it. */
export async function takeTrip(other: Trip): Promise<void> {
  const facts = { name: other.name, pcs: other.pcs.length, entries: other.entries.length };
  const body = t("import-body", facts);
  if (!(await ask({ title: t("import-ask", facts), body, yes: t("import-yes") }))) return;
  const outcome = await apply({ kind: "merge", trip: other });
  if (outcome?.kind === "refused") say({ tone: "bad", ...pair(outcome.reason) });
  if (outcome?.kind === "merged") {
    say({ tone: "good", title: t("notice-merged", { pcs: outcome.pcs, entries: outcome.entries }) });
  }
}

/** Tells something, to eye, ear and hand. */
export function say(what: Notice): void {
  notice.value = what;
  feel(what.tone);
}

/** Both halves of a message. */
export function pair(id: string): { title: string; body: string } {
  return { title: t(id), body: nextStep(id) };
}

function named(id: string): string {
  return pc(id)?.name ?? "—";
}

function productsOf(ids: readonly string[]): string {
  return ids.map((id) => entry(id)?.product ?? t("unnamed-product")).join("、");
}
