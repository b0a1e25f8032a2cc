// What the licence store's refusals mean: the same groups of codes as on the
// Rust side (src/activation/hresult.rs), held together by a test.

const MEANINGS: readonly (readonly [string, readonly number[]])[] = [
  ["hresult-cid-malformed", [0xc004f02c, 0xc004f02f]],
  ["hresult-cid-version", [0xc004f02d, 0xc004f02e]],
  ["hresult-not-saved", [0xc004f030]],
  ["hresult-mismatch", [0xc004f031]],
  ["hresult-check-digits", [0xc004f04d]],
  ["hresult-changed", [0xc004f07e, 0xc004f07f]],
  ["hresult-licence-missing", [0xc004f04f]],
  ["hresult-no-key", [0xc004f014]],
  ["hresult-not-installed", [0xc004f015, 0xc004f017, 0xc004f01c]],
  ["hresult-key-invalid", [0xc004f050, 0xc004f051, 0xc004f069]],
  ["hresult-kms-client", [0xc004f056]],
  ["hresult-not-elevated", [0xc004f025, 0x80070005, 0x80041003]],
  ["hresult-not-genuine", [0xc004f200]],
  ["hresult-non-genuine-grace", [0xc004f064, 0xc004f065]],
  ["hresult-hardware-changed", [0xc004f00f, 0xc004f211]],
  ["hresult-key-blocked", [0xc004c003]],
  ["hresult-store-licence", [0x4004f401]],
  [
    "hresult-store-inconsistent",
    [
      0xc004e002, 0xc004e003, 0xc004e009, 0xc004e00a, 0xc004e00b, 0xc004e00c, 0xc004e00d, 0xc004e00e, 0xc004e00f,
      0xc004e010, 0xc004e011, 0xc004e012, 0xc004e013,
    ],
  ],
  ["hresult-rearmed", [0xc004d302]],
  ["hresult-tampered", [0xc004d101, 0xc004d301, 0xc004d307]],
  ["hresult-count-used-up", [0xc004c008, 0xc004c020, 0xc004c021]],
  ["hresult-bad-argument", [0x80070057]],
  ["hresult-service-missing", [0x800706ba, 0x80041010]],
  ["hresult-grace-over", [0xc004f009, 0xc004f034]],
  ["hresult-in-grace", [0x4004f00c, 0x4004f00d]],
];

/** All codes that are explained, by message id. */
export function meanings(): typeof MEANINGS {
  return MEANINGS;
}

/** A code as Windows prints it: `0xC004F031`. */
export function hresultText(code: number): string {
  return `0x${code.toString(16).toUpperCase().padStart(8, "0")}`;
}

/** Message id of a code such as `0xC004F031`; `hresult-unknown` for one that no source explains. */
export function hresultMessage(code: string): string {
  const value = Number.parseInt(code, 16);
  return MEANINGS.find(([, codes]) => codes.includes(value))?.[0] ?? "hresult-unknown";
}
