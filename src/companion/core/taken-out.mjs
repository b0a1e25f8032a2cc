// Takes the core out of a built page: node taken-out.mjs PAGE CORE
//
// For machines that cannot compile it: the page carries it, packed as
// vite.config.ts packs it.

import { readFileSync, writeFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

const [, , page, core] = process.argv;
const packed = /hikyaku-core:([A-Za-z0-9+/=]+)/.exec(readFileSync(page, "utf8"))?.[1];
if (packed === undefined) throw new Error(`${page} carries no core`);
writeFileSync(core, inflateRawSync(Buffer.from(packed, "base64")));
