import { defineConfig } from "vitest/config";

// Tests in Chromium: one after the other, since each has a camera and the
// machine has few cores.
export default defineConfig({
  test: {
    include: ["tests/page/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
