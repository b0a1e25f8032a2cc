import { defineConfig } from "vitest/config";

// No test: vitest is what runs TypeScript here. `npm run bench`.
export default defineConfig({
  test: { include: ["benches/speed.ts"], testTimeout: 1_800_000, hookTimeout: 60_000 },
});
