import { defineConfig } from 'vitest/config';

// What Stryker runs for each mutant: the tests that call the mutated files themselves, and no program.
export default defineConfig({
  test: { include: ['test/{check,guard,proof}.test.ts', 'test/transform/*.test.ts'], watch: false },
});
