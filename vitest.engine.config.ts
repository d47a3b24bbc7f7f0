import { defineConfig } from 'vitest/config';

// Files run one after the other: they share the engine and its cores.
export default defineConfig({ test: { include: ['test/engine/*.engine.ts'], watch: false, fileParallelism: false } });
