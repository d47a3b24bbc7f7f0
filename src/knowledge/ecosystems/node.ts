import type { Ecosystem, ToolRule } from '../ecosystem.ts';
import { BUILDERS, CHECKERS } from '../node/builders.ts';
import { bun } from '../node/bun.ts';
import { caches, VALUE_FLAGS } from '../node/call.ts';
import { corepack } from '../node/corepack.ts';
import { npm } from '../node/npm.ts';
import { pnpm } from '../node/pnpm.ts';
import { packageProgram, runsProgram } from '../node/program.ts';
import { startedScript } from '../node/roots.ts';
import { CONCURRENTLY_VALUES, RUN_ALL_VALUES } from '../node/runners.ts';
import {
  actsAs,
  browsers,
  builds,
  patches,
  runsMany,
  runsPackage,
  runsTask,
  runsTogether,
  switchesVersion,
  wraps,
} from '../node/tools.ts';
import { yarn } from '../node/yarn.ts';

/** `-w` is a flag without a value of pnpm and yarn. */
const FLAGS_OF_ROOTS = VALUE_FLAGS.filter((flag) => flag !== '-w' && flag !== '--workspace');

/** A call of each rule, as a person writes it, by its first tool. */
const EXAMPLES: Readonly<Record<string, string>> = {
  npm: 'npm ci --omit=dev',
  yarn: 'yarn install --frozen-lockfile',
  pnpm: 'pnpm install --frozen-lockfile',
  bun: 'bun install --production',
  corepack: 'corepack enable',
  npx: 'npx tsc',
  node: 'node build.js',
  'cross-env': 'cross-env NODE_ENV=production vite build',
  'npm-run-all': 'npm-run-all build',
  concurrently: "concurrently 'vite build' 'tsc'",
  turbo: 'turbo run build',
  shx: 'shx rm -rf dist',
  playwright: 'playwright install chromium',
  nvm: 'nvm install 20',
  'patch-package': 'patch-package',
  husky: 'husky install',
  bower: 'vite build',
  eslint: 'eslint src',
};

const rule = (
  id: string,
  tools: readonly string[],
  says: string,
  read: ToolRule['read'],
  valueFlags: readonly string[] = [],
): ToolRule => ({ id, tools, subcommands: null, valueFlags, says, example: EXAMPLES[tools[0] ?? ''] ?? '', read });

/** Node.js with npm, yarn, pnpm and Bun: https://docs.npmjs.com/cli, https://yarnpkg.com/cli, https://pnpm.io/pnpm-cli, https://bun.com/docs */
export const node: Ecosystem = {
  id: 'node',
  docs: 'https://docs.npmjs.com/cli',
  interpreted: true,
  // https://docs.npmjs.com/cli/v11/configuring-npm/folders#executables
  programFolder: 'node_modules/.bin',
  packageProgram,
  compileInput: () => false,
  scriptOf: startedScript,
  rules: [
    rule('npm', ['npm', 'cnpm'], 'runs the package manager', npm, VALUE_FLAGS),
    rule('yarn', ['yarn', 'yarnpkg'], 'runs the package manager', yarn, FLAGS_OF_ROOTS),
    rule('pnpm', ['pnpm'], 'runs the package manager', pnpm, FLAGS_OF_ROOTS),
    rule('bun', ['bun'], 'runs the package manager', bun, [...FLAGS_OF_ROOTS, '--outfile', '--outdir', '--target']),
    rule('corepack', ['corepack'], 'sets up the package manager', corepack, ['--install-directory']),
    rule('npx', ['npx', 'bunx', 'pnpx'], 'runs a program of the dependencies', runsPackage),
    rule(
      'node',
      ['node', 'nodejs', 'ts-node', 'ts-node-esm', 'tsx', 'babel-node', 'esno', 'jiti', 'vite-node'],
      'runs a program of the project',
      runsProgram,
    ),
    rule(
      'wrapper',
      ['cross-env', 'cross-env-shell', 'dotenv', 'dotenvx', 'env-cmd', 'better-npm-run', 'cross-os'],
      'runs another program',
      wraps,
    ),
    rule(
      'scripts',
      ['npm-run-all', 'npm-run-all2', 'run-s', 'run-p'],
      'runs scripts of package.json',
      runsMany,
      RUN_ALL_VALUES,
    ),
    rule('scripts', ['concurrently', 'conc'], 'runs scripts of package.json', runsTogether, CONCURRENTLY_VALUES),
    rule('task', ['turbo', 'lerna'], 'runs scripts of the packages', runsTask, [
      '--filter',
      '-F',
      '--scope',
      '--concurrency',
      '--cache-dir',
      '--api',
      '--token',
      '--team',
      '--stream',
    ]),
    rule(
      'files',
      ['shx', 'mkdirp', 'make-dir', 'rimraf', 'del', 'del-cli', 'trash', 'ncp', 'cpr'],
      'works on files of the project',
      actsAs,
    ),
    rule('browser', ['playwright', 'playwright-core', 'puppeteer'], 'fetches a browser', browsers),
    rule('nvm', ['nvm'], 'installs a version of the interpreter', switchesVersion),
    rule('patch', ['patch-package', 'ngcc'], 'changes the installed packages', patches),
    rule(
      'hooks',
      [
        'husky',
        'simple-git-hooks',
        'lefthook',
        'yorkie',
        'opencollective',
        'opencollective-postinstall',
        'is-ci',
        'pre-commit',
      ],
      'sets up the repository for development',
      () => [{ kind: 'checks' }],
    ),
    rule('check', [...CHECKERS], 'checks the sources', (call) => [...caches(call), { kind: 'checks' }]),
    rule(
      'builder',
      [...BUILDERS].filter((name) => !['ts-node', 'tsx', 'turbo', 'lerna'].includes(name)),
      'builds below its folder',
      builds,
    ),
  ],
};
