import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateSync } from "fflate";
import { defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Made by `.ci/page-core`. */
const READER = process.env.HIKYAKU_PAGE_READER ?? here("build/reader.wasm");
const DIGITS = process.env.HIKYAKU_PAGE_DIGITS ?? here("build/digits.wasm");
const CORE = process.env.HIKYAKU_PAGE_CORE ?? here("build/core.wasm");

/** Message ids of the Rust side that the page can show. */
const SHARED = /^(number|packet|link|pasted|hresult|keyed|defect|parts|status)-/;

/** Message files as text: without comments, and of the shared files only what the page can show. */
function messages(): Plugin {
  return {
    name: "hikyaku-messages",
    enforce: "pre",
    transform(source, id) {
      if (!id.endsWith(".ftl")) return undefined;
      const blocks = source.split(/\n(?=[a-zA-Z#-])/).filter((block) => !block.startsWith("#"));
      const isShared = id.startsWith(here("../i18n"));
      const kept = isShared ? blocks.filter((block) => SHARED.test(block)) : blocks;
      return { code: `export default ${JSON.stringify(kept.map((block) => block.trimEnd()).join("\n"))}`, map: null };
    },
  };
}

/**
 * A wasm, deflated, as base64 text: the page fetches nothing. By fflate and not
 * by Node's zlib, whose bytes differ from version to version. What stands before
 * it says which one it is.
 */
function wasmInside(name: string, path: string, mark: string): Plugin {
  const id = `virtual:${name}-wasm`;
  return {
    name: `hikyaku-${name}-wasm`,
    resolveId: (wanted) => (wanted === id ? `\0${id}` : undefined),
    load: (wanted) =>
      wanted === `\0${id}`
        ? `export default "${mark}${Buffer.from(deflateSync(readFileSync(path), { level: 9 })).toString("base64")}"`
        : undefined,
  };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");

/**
 * The policy of the built file: its own script and style by their hashes, the
 * reader's worker, and no connection to anywhere. The service worker carries
 * the hash of the page that it keeps.
 */
function seal(): Plugin {
  return {
    name: "hikyaku-seal",
    enforce: "post",
    generateBundle: { order: "post", handler(_, bundle) {
      const page = bundle["index.html"];
      if (page?.type !== "asset") throw new Error("no index.html was built");
      const html = String(page.source);
      const hashes = (tag: string) =>
        [...html.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([\\s\\S]*?)</${tag}>`, "g"))]
          .map((found) => `'sha256-${sha256(found[1] ?? "")}'`)
          .join(" ");
      const policy = [
        "default-src 'none'",
        `script-src ${hashes("script")} 'wasm-unsafe-eval'`,
        `style-src ${hashes("style")}`,
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "img-src 'self' data: blob:",
        "media-src blob:",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
      ].join("; ");
      const sealed = html.replace(
        /(<meta charset="utf-8"\s*\/?>)/,
        `$1\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
      );
      if (sealed === html) throw new Error("the policy found no place");
      page.source = sealed;
      const version = createHash("sha256").update(sealed).digest("hex").slice(0, 16);
      this.emitFile({
        type: "asset",
        fileName: "sw.js",
        source: readFileSync(here("sw/sw.js"), "utf8").replace("__VERSION__", version),
      });
    } },
  };
}

/** What the page is built with, and every test that asks its core. */
export const plugins = [messages(), wasmInside("core", CORE, "hikyaku-core:"), viteSingleFile({ removeViteModuleLoader: true }), seal()];

// One self-contained index.html: works from a link, from a file, and with no
// network at all. Names carry no hashes and nothing depends on the clock, so
// that a rebuild gives the same bytes.
export default defineConfig({
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins,
  worker: { format: "iife", plugins: () => [wasmInside("reader", READER, "hikyaku-reader:"), wasmInside("digits", DIGITS, "hikyaku-digits:")] },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
  },
  test: { include: ["tests/core/**/*.test.ts", "src/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
