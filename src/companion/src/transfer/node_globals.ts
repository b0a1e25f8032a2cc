// What @ngraveio/bc-ur takes for granted, as Node has it.

import { Buffer } from "buffer";

const globals = globalThis as { Buffer?: unknown; process?: unknown; global?: unknown };
globals.Buffer ??= Buffer;
globals.process ??= { env: {} };
globals.global ??= globalThis;
