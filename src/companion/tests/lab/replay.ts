// A walk of src/companion/core/examples/walk gone through once more, in
// whatever runs WebAssembly: the same calls, the same answers.

/** A walk as it was written down. */
export interface WalkDown {
  readonly calls: readonly { readonly on: number; readonly call: string }[];
  /** FNV-1a over the bytes of all answers. */
  readonly answers: string;
  /** Both trips at the end. */
  readonly ends: readonly string[];
}

export interface Replayed {
  readonly answers: string;
  readonly ends: readonly string[];
}

/** Goes through the calls; whole in itself, so that it can be handed to a browser. */
export async function replay(walk: { core: string; calls: WalkDown["calls"] }): Promise<Replayed> {
  interface Exports {
    readonly memory: WebAssembly.Memory;
    room(bytes: number): number;
    answer_to(): number;
    answer(): number;
  }
  const bytes = Uint8Array.from(atob(walk.core), (character) => character.charCodeAt(0));
  const module = await WebAssembly.compile(bytes);
  const begin = async () => (await WebAssembly.instantiate(module, {})).exports as unknown as Exports;
  const phones = [await begin(), await begin()];
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];
  let hash = 0x811c9dc5;
  const last: string[] = [];
  for (const { on, call } of walk.calls) {
    const phone = phones[on] as Exports;
    const written = encoder.encode(call);
    const room = phone.room(written.length);
    new Uint8Array(phone.memory.buffer, room, written.length).set(written);
    const length = phone.answer_to();
    const answer = new Uint8Array(phone.memory.buffer, phone.answer(), length);
    for (const byte of answer) hash = Math.imul(hash ^ byte, 0x01000193);
    if (call.includes('"export"')) last[on] = decoder.decode(answer);
  }
  const ends = last.map((answer) => (JSON.parse(answer) as { ok: string }).ok);
  return { answers: (hash >>> 0).toString(16).padStart(8, "0"), ends };
}
