// npm run proof FOLDER...: runs proof.ts on a Node.js that cannot strip types itself.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bundle = join(root, 'node_modules/.cache/dfsplit/proof.mjs');
mkdirSync(join(bundle, '..'), { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/dev/proof.ts'],
  outfile: bundle,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  logLevel: 'error',
});
const { main } = await import(pathToFileURL(bundle).href);
process.exitCode = main(process.argv.slice(2));
