import { defineConfig } from "vitest/config";

// No test: vitest is what runs TypeScript here. `npm run keep-fixture`.
export default defineConfig({
  test: { include: ["tests/page/kept/keep.ts"], testTimeout: 600_000, hookTimeout: 60_000 },
});
