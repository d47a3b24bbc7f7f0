import { defineConfig } from 'vitest/config';

// Files run one after the other, and of applications two at a time: they share the engine, and much of it is waiting.
export default defineConfig({
  test: { include: ['test/engine/*.engine.ts'], watch: false, fileParallelism: false, maxConcurrency: 2 },
});
