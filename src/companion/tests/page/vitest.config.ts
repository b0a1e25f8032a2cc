import { defineConfig } from "vitest/config";
import { plugins } from "../../vite.config.ts";

// Tests in Chromium: one after the other, since each has a camera and the
// machine has few cores.
export default defineConfig({
  // The core that the tests ask is the page's own.
  plugins: plugins,
  test: {
    include: ["tests/page/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
