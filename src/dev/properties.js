// npm run properties -- [--runs N] [--seed N]: what must hold for every valid Dockerfile, tried on N generated ones.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bundle = join(root, 'node_modules/.cache/dfsplit/properties.mjs');
const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });
const runs = Number(values.runs ?? 1000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);

mkdirSync(join(bundle, '..'), { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/dev/properties.ts'],
  outfile: bundle,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  logLevel: 'error',
});
const { properties, tryProperties } = await import(pathToFileURL(bundle).href);
const start = performance.now();
const violation = tryProperties(runs, seed);
if (violation !== null) console.log(`${violation}\n`);
const seconds = ((performance.now() - start) / 1000).toFixed(0);
console.log(
  `${Object.keys(properties).length} properties, ${runs} files, seed ${seed}, ${seconds} s: ${violation === null ? 0 : 1} violations`,
);
process.exitCode = violation === null ? 0 : 1;
