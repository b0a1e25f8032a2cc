import { defineConfig } from "vitest/config";
import { plugins } from "../../vite.config.ts";

// One walk over the air gap, with the binary on one side and Chromium on the other.
export default defineConfig({
  // The core that the tests ask is the page's own.
  plugins: plugins,
  test: { include: ["tests/crossing/**/*.test.ts"], testTimeout: 900_000, hookTimeout: 60_000 },
});
