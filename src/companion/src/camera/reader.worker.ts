// Reads symbols off the main thread, so that the page stays smooth
// (src/companion/reader).

import packed from "virtual:reader-wasm";
import { serve } from "./picture_worker";

serve<string>(packed);
