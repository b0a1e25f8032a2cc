// Whatever was read or pasted goes through here, and becomes an event of the
// trip and a notice to the person.

import type { ReadNumber } from "../camera/cut_out";
import type { CollectedPc, Facing, Fault, Message, Outcome, Result } from "../core/types";
import { faultText, nextStep, t } from "../i18n";
import { ask } from "./dialog";
import { feel } from "./feedback";
import { compare, isComparing } from "./read_number";
import { apply, atPortal, core, entry, entryDetail, go, keyedPcs, notice, type Notice, pc, screen, shown } from "./state";

/** The same text within this time is the same look at the same screen. */
const SAME_LOOK_MS = 2500;

const lastSeen = new Map<string, number>();
let queue: Promise<void> = Promise.resolve();

type Source = "camera" | "photo" | "link" | "typed";

/** A text off the camera; the same one again and again is one. */
export function seen(text: string, now = performance.now()): void {
  if (!isComparing() && isNewLook(text, now)) void take(text, "camera");
}

/** Whether this was out of sight for a while, or never seen. */
function isNewLook(text: string, now = performance.now()): boolean {
  const before = lastSeen.get(text);
  lastSeen.set(text, now);
  if (lastSeen.size > 64) for (const [key, at] of lastSeen) if (now - at > SAME_LOOK_MS) lastSeen.delete(key);
  return before === undefined || now - before >= SAME_LOOK_MS;
}

/** Whether a text claims to be a part of a trip that moves. */
const isPart = (text: string) => /^ur:/i.test(text);

/** Whether a text is one of Hikyaku's, or a part of one. */
export function isOurs(text: string): boolean {
  return isPart(text) || core()?.call<Message>("read", { text })?.ok === true;
}

/** Forgets what was seen last: on another screen the same symbol is looked at anew. */
export function lookAnew(): void {
  lastSeen.clear();
}

/**
 * Numbers that pictures show in digits. What the trip knows is as good as a
 * symbol; anything else a person compares with the picture first.
 */
export async function sawNumbers(numbers: readonly ReadNumber[], from: "camera" | "photo"): Promise<void> {
  for (const number of numbers) {
    // Before a PC's camera, whatever else the phone sees is of no interest.
    if (shown.value || isComparing()) return;
    const facing = core()?.call<Facing>("facing", { text: number.digits });
    const isKnown = facing?.ok === true && facing.value.kind !== "unknown";
    if (number.kind === "cid" || isKnown) {
      if (from === "camera") seen(number.digits);
      else await take(number.digits, from);
    } else if (from === "photo" || screen.value === "collect") {
      await collectCompared(number);
    } else if (isNewLook(number.digits)) {
      const action = { label: t("deliver-collect"), run: () => void collectCompared(number) };
      say({ tone: "warn", ...pair("deliver-unknown"), action });
    }
  }
}

async function collectCompared(number: ReadNumber): Promise<void> {
  const confirmed = await compare(number);
  // The camera still looks at it.
  lastSeen.set(number.digits, performance.now());
  if (!confirmed) return;
  const { digits, name, product } = confirmed;
  lastSeen.set(digits, performance.now());
  const outcome = await apply({ kind: "collect", text: digits, ...(name && { name }), ...(product && { product }) });
  if (outcome?.kind === "refused") return refuse(outcome.fault, "bad");
  if (outcome?.kind !== "collected") return;
  // Windows itself showed it, so Hikyaku does not run there.
  const keyed = new Map(keyedPcs.value);
  for (const one of outcome.pcs) keyed.set(one.pc, "");
  keyedPcs.value = keyed;
  sayCollected(outcome.pcs, name !== undefined);
}

/** Takes a text in, one after the other. */
export function take(text: string, from: Source): Promise<void> {
  queue = queue.then(() => takeNow(text, from)).catch(() => undefined);
  return queue;
}

async function takeNow(text: string, from: Source): Promise<void> {
  if (isPart(text)) return takePart(text);
  const read = core()?.call<Message>("read", { text });
  if (!read) return;
  if (read.ok) return takeMessage(read.value, text, from);
  // A list, a mail: whatever Installation IDs stand in it.
  if (from === "typed" && (await collectAny(text))) return;
  // Before a PC's camera, whatever else the phone sees is of no interest.
  if (shown.value) return;
  const { id } = read.fault;
  const isNumber = id.startsWith("number-") && id !== "number-foreign-character";
  if (from !== "camera" || isNumber || id.startsWith("packet-wrong")) return refuse(read.fault, "warn");
  say({ tone: "warn", ...pair("notice-unreadable") });
}

async function takeMessage(message: Message, text: string, from: Source): Promise<void> {
  switch (message.kind) {
    case "request":
    case "iid":
      if (shown.value) return;
      if (screen.value === "deliver" && from !== "link") return takeToDeliver(text);
      return collect(text);
    case "receipt":
      return closeBy(await apply({ kind: "receive", text }));
    case "cid":
      return say({ tone: "warn", ...pair("notice-cid-elsewhere") });
    case "reply":
    case "typed-reply":
      if (!shown.value) say({ tone: "warn", ...pair("notice-reply-elsewhere") });
      return;
    case "trip":
      return takeTrip(text);
  }
}

/** Collects a PC, and says what was new about it. */
export async function collect(text: string): Promise<void> {
  const outcome = await apply({ kind: "collect", text });
  if (outcome?.kind === "refused") refuse(outcome.fault, "bad");
  if (outcome?.kind === "collected") sayCollected(outcome.pcs);
}

/** Whether a text had Installation IDs, which are collected then. */
async function collectAny(text: string): Promise<boolean> {
  const found = core()?.call<{ installation_ids: readonly unknown[] }>("find", { text });
  if (!found?.ok || found.value.installation_ids.length === 0) return false;
  await collect(text);
  return true;
}

/** `isNamed`: the person has just said what the PC is called. */
function sayCollected(all: readonly CollectedPc[], isNamed = false): void {
  const [one] = all;
  if (!one) return;
  if (all.length > 1) {
    return say({ tone: "good", title: t("notice-collected-many", { pcs: all.length }) });
  }
  const facts = { pc: named(one.pc) };
  if (one.changed > 0) {
    const voided = one.voided > 0 ? ` ${t("notice-changed-voided")}` : "";
    const restored = one.restored > 0;
    const body = restored ? t("notice-changed-restored") : nextStep("notice-changed") + voided;
    return say({ tone: "warn", title: t("notice-changed", facts), body, pc: one.pc });
  }
  if (one.older > 0) return say({ tone: "warn", ...pair("notice-older", facts), pc: one.pc });
  const [namesake] = one.namesakes;
  if (one.added > 0 && namesake !== undefined) {
    return say({
      tone: "warn",
      ...pair("notice-namesake", { ...facts, other: named(namesake) }),
      pc: one.pc,
      action: { label: t("notice-same-pc"), run: () => void joinPcs(namesake, one.pc) },
    });
  }
  if (one.added > 0) {
    const body = productsOf(one.tags);
    if (isNamed || !pc(one.pc)?.bare) return say({ tone: "good", title: t("notice-collected", facts), body });
    return say({ tone: "good", title: t("notice-collected-bare"), body, pc: one.pc });
  }
  const hasReply = repliesOf(one.pc).length > 0;
  say({
    tone: "info",
    title: t("notice-seen-again", facts),
    body: hasReply ? t("notice-seen-again-reply") : productsOf(one.tags),
    pc: one.pc,
    ...(hasReply && { action: { label: t("notice-show-reply"), run: () => showReplyOf(one.pc) } }),
  });
}

/** Two PCs are one, as the person says. */
export async function joinPcs(one: number, other: number): Promise<void> {
  const outcome = await apply({ kind: "join", one, other });
  if (outcome?.kind === "refused") return refuse(outcome.fault, "bad");
  if (outcome?.kind !== "called") return;
  const joined = pc(one) ? one : other;
  say({
    tone: "good",
    title: t("notice-joined", { pc: outcome.pcs[0] ?? "" }),
    action: { label: t("notice-undo"), run: () => void apply({ kind: "part", pc: joined }) },
  });
}

/** Turns the page into the reply of the PC that it looks at, or says why not. */
async function takeToDeliver(text: string): Promise<void> {
  const answer = core()?.call<Facing>("facing", { text });
  if (!answer) return;
  if (!answer.ok) return refuse(answer.fault, "warn");
  const facing = answer.value;
  const collectIt = (label: string) => ({ label: t(label), run: () => void collect(text) });
  switch (facing.kind) {
    case "replies":
      return showReply(facing.pc, facing.tags, facing.changed);
    case "waiting":
      return say({
        tone: "warn",
        ...pair("deliver-no-cid", { pc: named(facing.pc) }),
        action: {
          label: t("go-portal"),
          run: () => {
            go("portal");
            atPortal.value = facing.tags[0];
          },
        },
      });
    case "changed":
      return say({
        tone: "warn",
        ...pair("deliver-changed", { pc: named(facing.pc) }),
        action: collectIt("deliver-collect-again"),
      });
    case "older":
      return say({ tone: "warn", ...pair("deliver-older", { pc: named(facing.pc) }) });
    case "refused":
      return sayFailed(facing.pc, facing.tags[0]);
    case "activated":
      return say({ tone: "info", title: t("deliver-already", { pc: named(facing.pc) }) });
    case "unknown": {
      const { name } = facing;
      const title = name === null ? t("deliver-unknown") : t("deliver-unknown-name", { name });
      return say({ tone: "warn", title, body: nextStep("deliver-unknown"), action: collectIt("deliver-collect") });
    }
  }
}

/** Tags of a PC's replies that are still wanted. */
export function repliesOf(id: number): readonly string[] {
  const entries = pc(id)?.entries ?? [];
  return entries.filter((one) => one.deliverable).map((one) => one.tag);
}

/** Shows all replies of a PC that are still wanted. */
export function showReplyOf(id: number): void {
  const tags = repliesOf(id);
  if (tags.length > 0) void showReply(id, tags, false);
}

async function showReply(id: number, tags: readonly string[], alsoChanged: boolean): Promise<void> {
  shown.value = { pc: id, tags, alsoChanged };
  notice.value = undefined;
  feel("good");
  await apply({ kind: "deliver", tags });
}

/** A person read on the PC's screen that Windows activated the product: as its result code would say. */
export async function sawActivated(id: number, tag: string): Promise<void> {
  const sure = await ask({ title: t("keyed-saw-ask", { pc: named(id) }), body: t("keyed-saw-body"), yes: t("keyed-saw") });
  if (sure) closeBy(await apply({ kind: "saw-activated", tag }));
}

/** A receipt: closes its PC, and the reply that was shown to it. */
function closeBy(outcome: Outcome | undefined): void {
  if (outcome?.kind === "refused") return refuse(outcome.fault, "bad");
  if (outcome?.kind === "stranger") {
    return say({ tone: "warn", ...pair("notice-receipt-unknown", { name: outcome.name }) });
  }
  if (outcome?.kind !== "received") return;
  const [failed] = outcome.failed;
  const showing = shown.value;
  if (showing?.pc === outcome.pc) {
    const closed = new Set([...outcome.activated, ...outcome.failed]);
    const tags = showing.tags.filter((tag) => !closed.has(tag));
    shown.value = tags.length > 0 && failed === undefined ? { ...showing, tags } : undefined;
  }
  if (failed !== undefined) return sayFailed(outcome.pc, failed);
  say({ tone: "good", title: t("notice-receipt", { pc: named(outcome.pc) }), body: productsOf(outcome.activated) });
}

function sayFailed(id: number, tag: string | undefined): void {
  const failed = entryDetail(tag);
  const told = failed?.meaning ? pair(failed.meaning) : undefined;
  say({
    tone: "bad",
    title: t("notice-receipt-failed", { pc: named(id) }),
    body: told ? `${failed?.code}: ${told.title} ${told.body}` : nextStep("failure-no-code"),
    pc: id,
    action: { label: t("notice-see-failure"), run: () => go("record") },
  });
}

/** A part of a trip that another device shows. */
async function takePart(text: string): Promise<void> {
  const taken = core()?.call<{ known: number; needed: number; whole?: string }>("take-part", { text });
  if (!taken) return;
  if (taken.ok) {
    const { known, needed, whole } = taken.value;
    if (whole !== undefined) return takeTrip(whole);
    const title = t("notice-part", { percent: Math.floor((known / needed) * 100) });
    notice.value = { tone: "info", title, body: nextStep("notice-part") };
    return;
  }
  // A part of something else that comes by takes nothing away.
  if (taken.fault.id !== "parts-other-trip") refuse(taken.fault, "bad");
}

/** Joins a trip from elsewhere, if the person wants it. */
export async function takeTrip(text: string): Promise<void> {
  const look: Result<{ name: string; pcs: number; entries: number }> | undefined = core()?.call("look", { text });
  if (!look) return;
  if (!look.ok) return refuse(look.fault, "bad");
  const facts = look.value;
  const body = t("import-body", facts);
  if (!(await ask({ title: t("import-ask", facts), body, yes: t("import-yes") }))) return;
  const outcome = await apply({ kind: "import", text });
  if (outcome?.kind === "refused") return refuse(outcome.fault, "bad");
  if (outcome?.kind !== "merged") return;
  const { pcs, entries, conflicts, numbers, namesakes } = outcome;
  const asks = [
    ...(conflicts > 0 ? [t("merged-conflicts", { count: conflicts })] : []),
    ...(numbers > 0 ? [t("merged-numbers", { count: numbers })] : []),
    ...namesakes.map((names) => t("merged-namesakes", { names: names.join("、") })),
  ];
  say({
    tone: asks.length > 0 ? "warn" : "good",
    title: t("notice-merged", { pcs, entries }),
    ...(asks.length > 0 && { body: asks.join(" ") }),
    ...(conflicts > 0 && { action: { label: t("go-portal"), run: () => go("portal") } }),
  });
}

/** Tells something, to eye, ear and hand. */
export function say(what: Notice): void {
  notice.value = what;
  feel(what.tone);
}

/** Tells why something was not done. */
export function refuse(fault: Fault, tone: "warn" | "bad"): void {
  const { title, next } = faultText(fault);
  say({ tone, title, body: next });
}

/** Both halves of a message. */
export function pair(id: string, facts: Record<string, string | number> = {}): { title: string; body: string } {
  return { title: t(id, facts), body: nextStep(id, facts) };
}

function named(id: number): string {
  return pc(id)?.name ?? "—";
}

function productsOf(tags: readonly string[]): string {
  return tags.map((tag) => entry(tag)?.entry.product ?? t("unnamed-product")).join("、");
}
