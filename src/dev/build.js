// Bundles the command line and the library into dist/, and writes the types beside them: npm run build
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  plugins: [parts(['verify', 'migrate', 'merge', 'read-config'])],
  supported: { 'dynamic-import': false },
});
await build({ ...common, ...part('migrate'), plugins: [parts(['read-config'])] });
await build({ ...common, ...part('merge') });
await build({ ...common, entryPoints: ['src/cli/worker.ts'], outfile: 'dist/cli/worker.cjs', format: 'cjs' });
await build({
  ...common,
  entryPoints: ['src/cli/read-config.ts'],
  outfile: 'dist/cli/read-config.cjs',
  format: 'cjs',
  mainFields: ['module', 'main'],
});
await build({ ...common, ...part('verify'), plugins: [parts(['read-config'])] });
// The library runs in a browser too: with what it needs in it, and nothing of Node.js.
const library = {
  ...common,
  entryPoints: ['src/index.ts'],
  platform: 'browser',
  target: 'es2022',
  inject: ['src/dev/no-buffer.js'],
};
await build({ ...library, outdir: 'dist', format: 'esm' });
// For a page without a bundler: the global `dfsplit`.
await build({ ...library, outfile: 'dist/browser.js', format: 'iife', globalName: 'dfsplit', minify: true });
await build({ ...common, entryPoints: ['src/cli/node.ts'], outdir: 'dist/cli', format: 'esm', packages: 'external' });
await buildReviewPage();
await saveCompiledCode();
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});

function part(name) {
  return { entryPoints: [`src/cli/${name}.ts`], outfile: `dist/cli/${name}.cjs`, format: 'cjs' };
}

/** Commands with a bundle of their own: what they need is loaded when one of them is given, and costs no other one time. */
function parts(names) {
  return {
    name: 'parts',
    setup({ onResolve }) {
      const filter = new RegExp(`^\\.{1,2}/(${names.join('|')})\\.ts$`);
      onResolve({ filter }, ({ path }) => ({ path: `./${path.replace(/^.*\/|\.ts$/g, '')}.cjs`, external: true }));
    },
  };
}

/** Puts script and style of the html report into its page; the policy lets nothing else run and nothing be fetched. */
async function buildReviewPage() {
  const { outputFiles } = await build({
    ...common,
    entryPoints: ['src/review/main.tsx', 'src/review/style.css'],
    outdir: 'dist',
    write: false,
    minify: true,
    platform: 'browser',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  const textOf = (end) => outputFiles.find(({ path }) => path.endsWith(end)).text.trim();
  const [script, style] = [textOf('main.js').replaceAll('</script', '<\\/script'), textOf('style.css')];
  const digest = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${digest(script)}`,
    `style-src ${digest(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    style: `<style>${style}</style>`,
    script: `<script>${script}</script>`,
  };
  const page = readFileSync(join(root, 'src/review/page.html'), 'utf8');
  const whole = page.replace(/<!-- (policy|style|script) -->/g, (_, name) => parts[name]);
  writeFileSync(join(root, 'dist/review.html'), whole);
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
