// Bundles the command line and the library into dist/, and writes the types beside them: npm run build
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { 'cli/main': 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  minifySyntax: true,
  minifyWhitespace: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  // CommonJS packages inside the bundle call require for Node.js modules.
  banner: {
    js: "import { createRequire as dfsplitRequire } from 'node:module'; const require = dfsplitRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
const types = ['--emitDeclarationOnly', '--declaration', '--outDir', 'dist/types', '--noEmit', 'false'];
execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', root, ...types], { stdio: 'inherit' });
