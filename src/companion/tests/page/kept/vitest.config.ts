import { defineConfig } from "vitest/config";
import { plugins } from "../../../vite.config.ts";

// No test: vitest is what runs TypeScript here. `npm run keep-fixture`.
export default defineConfig({
  // The core that the tests ask is the page's own.
  plugins: plugins,
  test: { include: ["tests/page/kept/keep.ts"], testTimeout: 600_000, hookTimeout: 60_000 },
});
