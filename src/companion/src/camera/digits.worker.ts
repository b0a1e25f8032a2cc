// Reads printed numbers beside the symbols, in a worker of its own: a look takes
// longer than a frame (src/companion/digits).

import packed from "virtual:digits-wasm";
import type { PrintedNumber } from "./orders";
import { serve } from "./picture_worker";

serve<PrintedNumber>(packed);
