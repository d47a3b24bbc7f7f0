import { defineConfig } from 'vitest/config';

// Files run one after the other, and of applications two at a time: they share the engine, and much of it is waiting. What a
// program prints within the time that it is watched hangs on the machine's load: a failure counts when it comes twice.
export default defineConfig({
  test: { include: ['test/engine/*.engine.ts'], watch: false, fileParallelism: false, maxConcurrency: 2, retry: 1 },
});
