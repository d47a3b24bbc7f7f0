import { defineConfig } from 'vitest/config';

// Needs Chromium, which `npm test` does without: CHROMIUM names it where it is not Debian's.
export default defineConfig({
  test: { include: ['test/browser/*.browser.ts'], watch: false, fileParallelism: false, testTimeout: 60_000 },
});
