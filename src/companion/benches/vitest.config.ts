import { defineConfig } from "vitest/config";
import { plugins } from "../vite.config.ts";

// No test: vitest is what runs TypeScript here. `npm run bench`.
export default defineConfig({
  // The core that the tests ask is the page's own.
  plugins: plugins,
  test: { include: ["benches/speed.ts"], testTimeout: 1_800_000, hookTimeout: 60_000 },
});
