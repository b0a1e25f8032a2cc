import { defineConfig } from "vitest/config";

// One walk over the air gap, with the binary on one side and Chromium on the other.
export default defineConfig({
  test: { include: ["tests/crossing/**/*.test.ts"], testTimeout: 900_000, hookTimeout: 60_000 },
});
