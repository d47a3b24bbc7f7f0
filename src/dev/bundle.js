import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The folder of the project. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Bundles a TypeScript file of the project for a Node.js that cannot strip types itself; the packages stay where they are.
 * @param {string} entry relative to the project
 * @returns {Promise<string>} the address to import it from
 */
export async function bundled(entry) {
  const outfile = join(root, 'node_modules/.cache/dfsplit', entry.replace(/\.ts$/, '.mjs'));
  mkdirSync(dirname(outfile), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return pathToFileURL(outfile).href;
}
