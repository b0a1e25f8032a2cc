// Takes the core or a reader out of a built page:
//
//   node taken-out.mjs PAGE core|reader|digits FILE
//
// For machines that cannot compile them: the page carries them, packed as
// vite.config.ts packs them.

import { readFileSync, writeFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

const [, , page, part, file] = process.argv;
const packed = new RegExp(`hikyaku-${part}:([A-Za-z0-9+/=]+)`).exec(readFileSync(page, "utf8"))?.[1];
if (packed === undefined) throw new Error(`${page} carries no ${part}`);
writeFileSync(file, inflateRawSync(Buffer.from(packed, "base64")));
