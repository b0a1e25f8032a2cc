/// <reference types="vite/client" />

declare module "*.ftl" {
  const text: string;
  export default text;
}

declare module "virtual:reader-wasm" {
  const base64: string;
  export default base64;
}

declare module "virtual:core-wasm" {
  const marked: string;
  export default marked;
}
