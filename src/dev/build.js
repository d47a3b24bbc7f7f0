// Bundles the command line and the library into dist/, and writes the types beside them: npm run build
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const common = {
  absWorkingDir: root,
  bundle: true,
  minifySyntax: true,
  minifyWhitespace: true,
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
};
rmSync(join(root, 'dist'), { recursive: true, force: true });
// CommonJS, with bin/ beside it: to start Node's loader of ES modules costs more than the whole of this file.
await build({ ...common, entryPoints: ['src/cli/start.ts'], outfile: 'dist/cli/start.cjs', format: 'cjs' });
await build({
  ...common,
  entryPoints: ['src/cli/main.ts'],
  outfile: 'dist/cli/main.cjs',
  format: 'cjs',
  // commander loads it for commands that are programs of their own; dfsplit has none.
  alias: { 'node:child_process': './src/dev/no-child-process.js' },
  plugins: [parts(['verify'])],
  supported: { 'dynamic-import': false },
});
await build({ ...common, entryPoints: ['src/cli/verify.ts'], outfile: 'dist/cli/verify.cjs', format: 'cjs' });
await build({ ...common, entryPoints: ['src/index.ts'], outdir: 'dist', format: 'esm', packages: 'external' });
await saveCompiledCode();
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});

/** Commands with a bundle of their own: what they need is loaded when one of them is given, and costs no other one time. */
function parts(names) {
  return {
    name: 'parts',
    setup({ onResolve }) {
      const filter = new RegExp(`^\\./(${names.join('|')})\\.ts$`);
      onResolve({ filter }, ({ path }) => ({ path: path.replace(/\.ts$/, '.cjs'), external: true }));
    },
  };
}

/** Splits one file, so that V8 has compiled what every run needs, and keeps that code beside the bundle. */
async function saveCompiledCode() {
  const { loadCommandLine } = createRequire(import.meta.url)('../../dist/cli/start.cjs');
  const bundle = join(root, 'dist/cli/main.cjs');
  const { commandLine, script } = loadCommandLine(bundle);
  const folder = mkdtempSync(join(tmpdir(), 'dfsplit-'));
  const file = join(folder, 'Dockerfile');
  writeFileSync(file, 'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o /bin/app .\nCMD ["/bin/app"]\n');
  await commandLine.main(['--json', '--output', join(folder, 'report.json'), file]);
  writeFileSync(`${bundle}.cache`, script.createCachedData());
  rmSync(folder, { recursive: true });
}
