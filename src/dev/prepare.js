// npm run prepare: builds dist/. `npm install --global` of a git address makes a clone whose development dependencies npm
// then puts where global packages go, not into the clone: they are installed here first.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('../../', import.meta.url));
const ofThisInstall = /^npm_config_(global|prefix|location)$/i;
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofThisInstall.test(name)));
if (!existsSync(`${cwd}node_modules/esbuild`))
  execFileSync('npm', ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'], {
    cwd,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
await import('./build.js');
