import { defineConfig } from 'vitest/config';

// What Stryker runs for each mutant.
export default defineConfig({ test: { include: ['test/mutants.ts'], watch: false } });
