import { defineConfig } from 'vitest/config';

/** Of each of these folders, the tests run nearly every line: `npm test -- --coverage` says which are left. */
const wellTested = { lines: 95 };

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    watch: false,
    // Many start processes, and how long these take hangs on the machine: a limit is there for what never ends.
    testTimeout: 60_000,
    // It imports JSON as Node.js does not.
    server: { deps: { inline: ['@actions/workflow-parser'] } },
    coverage: {
      include: ['src/{syntax,analyze,transform}/**/*.ts'],
      reportOnFailure: true,
      reporter: [['text', { skipFull: true }]],
      thresholds: { 'src/syntax/**': wellTested, 'src/analyze/**': wellTested, 'src/transform/**': wellTested },
    },
  },
});
