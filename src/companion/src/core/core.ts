// The crate's rules, as WebAssembly: a call goes in as JSON, its answer comes
// out as JSON. A panic inside stops the instance and changes nothing that is
// stored: the call is told as a defect, and the next one finds a new instance.

import { inflateSync } from "fflate";
import packed from "virtual:core-wasm";
import { bad, good, type Fault, type Result } from "./types";

interface Exports {
  readonly memory: WebAssembly.Memory;
  room(bytes: number): number;
  answer_to(): number;
  answer(): number;
}

type Answer<T> = { readonly ok: T } | { readonly fault: Fault };

/** What stands before the packed core in the built page: by it a script finds it there. */
const MARK = "hikyaku-core:";
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Core {
  readonly #module: WebAssembly.Module;
  #exports: Exports | undefined;
  /** Another one with every instance: what was taken up in one is unknown to the next. */
  #instance = 0;
  /** Hears that there is another instance, which has taken up nothing yet. */
  renewed: () => void = () => undefined;

  private constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /** Compiles the core. */
  static async load(): Promise<Core> {
    const bytes = Uint8Array.from(atob(packed.slice(MARK.length)), (character) => character.charCodeAt(0));
    const core = new Core(await WebAssembly.compile(inflateSync(bytes) as BufferSource));
    await core.ready();
    return core;
  }

  /** Waits until calls are answered; which instance answers them. */
  async ready(): Promise<number> {
    if (!this.#exports) {
      const instance = await WebAssembly.instantiate(this.#module, {});
      this.#exports ??= instance.exports as unknown as Exports;
      this.#instance += 1;
    }
    return this.#instance;
  }

  /** Asks the core. */
  call<T>(name: string, values: Readonly<Record<string, unknown>> = {}): Result<T> {
    const exports = this.#exports;
    if (!exports) return bad("core-defect");
    try {
      const call = encoder.encode(JSON.stringify({ call: name, ...values }));
      // Its memory may grow with every call, and is another buffer then.
      const room = exports.room(call.length);
      new Uint8Array(exports.memory.buffer, room, call.length).set(call);
      const length = exports.answer_to();
      const text = decoder.decode(new Uint8Array(exports.memory.buffer, exports.answer(), length));
      const answer = JSON.parse(text) as Answer<T>;
      return "ok" in answer ? good(answer.ok) : { ok: false, fault: answer.fault };
    } catch {
      // A trap: whatever stands in its memory is not to be trusted any more.
      this.#exports = undefined;
      void this.ready().then(() => this.renewed());
      return bad("core-defect");
    }
  }
}
