/// <reference types="vite/client" />

declare module "*.ftl" {
  const text: string;
  export default text;
}

declare module "virtual:reader-wasm" {
  const marked: string;
  export default marked;
}

declare module "virtual:digits-wasm" {
  const marked: string;
  export default marked;
}

declare module "virtual:core-wasm" {
  const marked: string;
  export default marked;
}
