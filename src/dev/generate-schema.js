// Writes dfsplit.schema.json from src/cli/config/schema.ts: npm run generate-schema
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bundle = join(root, 'node_modules/.cache/dfsplit/json-schema.mjs');
await build({
  absWorkingDir: root,
  entryPoints: ['src/dev/json-schema.ts'],
  outfile: bundle,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
});
const { jsonSchema } = await import(pathToFileURL(bundle).href);
writeFileSync(join(root, 'dfsplit.schema.json'), jsonSchema());
rmSync(bundle);
