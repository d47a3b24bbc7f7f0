import { globMatcher } from '../../syntax/glob.ts';
import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from '../ecosystem.ts';
import { table } from '../table.ts';
import { caches, commandBehind, scriptOf } from './call.ts';
import { readManifest } from './manifest.ts';
import { builderOutputs } from './outputs.ts';
import { WRAPPER_VALUES } from './runners.ts';
import { outside, runInPackages, runScript, runs, scriptBody } from './scripts.ts';

const inside = (call: ToolCall, script: string): BuildEffect[] => runs(script, call.cwd, call.files);
const isHelp = (word: string | null): boolean => word === '--version' || word === '--help' || word === '-v';

/** Absolute paths that flags name as the place for results. */
function namedPlaces(argv: readonly (string | null)[]): readonly string[] {
  return argv.flatMap((word, index) => {
    const [, flag = '', joined] = /^--?([\w-]+)(?:=(.*))?$/.exec(word ?? '') ?? [];
    const path = joined ?? argv[index + 1];
    return /^([od]|(out|dest|dist)[\w-]*)$/i.test(flag) && path?.startsWith('/') && path !== '/dev/null' ? [path] : [];
  });
}

/** A tool that builds: it writes below the project, where its settings do not say otherwise. */
export function builds(call: ToolCall): BuildEffect[] {
  const { argv, cwd: folder, files, env } = call;
  if (argv.slice(1).some(isHelp)) return [{ kind: 'checks' }];
  const tool = baseName(argv[0] ?? '');
  const outputs = builderOutputs({ tool, argv, folder, files, env });
  if (outputs !== null) {
    return [
      ...(folder === '/' ? [] : [{ kind: 'builds-in-place', folder } as const]),
      ...outputs.map((path) => ({ kind: 'builds-in-place', folder: path }) as const),
      ...(outputs.length === 0 ? [{ kind: 'checks' } as const] : []),
    ];
  }
  const script = scriptOf(argv);
  const places = namedPlaces(argv);
  const far = argv
    .slice(1)
    .find(
      (word) =>
        word !== null &&
        /^(--?[\w-]+=)?(\/(?!dev\/null)|~|\.\.\/\.\.)/.test(word) &&
        !places.includes(word.replace(/^--?[\w-]+=/, '')),
    );
  return [
    { kind: 'builds-in-place', folder },
    ...places.map((path) => ({ kind: 'builds-in-place', folder: path }) as const),
    ...outside(folder, files, script),
    ...(far === undefined
      ? []
      : [{ kind: 'assumes', code: 'DF202', args: { command: script, where: folder } } as const]),
  ];
}

/** A program that sets variables and runs another: `cross-env A=b prog`, `dotenv -e .env -- prog`. */
export function wraps(call: ToolCall): BuildEffect[] {
  const command = commandBehind(call.argv, WRAPPER_VALUES);
  return command.length === 0 ? [{ kind: 'checks' }] : inside(call, scriptOf(command));
}

/** Tools that run scripts of package.json by their names or patterns: https://github.com/mysticatea/npm-run-all */
export function runsMany(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const manifest = readManifest(call.cwd, call.files);
  const wanted = words.operands.map((word) => word?.split(/\s/)[0] ?? null);
  const patterns = wanted.map((word) => (word === null ? null : globMatcher(word, '*')));
  const names = Object.keys(manifest?.scripts ?? {});
  const chosen = patterns.map((pattern) => (pattern === null ? [] : names.filter(pattern)));
  if (manifest === null || chosen.some((found) => found.length === 0))
    return [
      { kind: 'builds-in-place', folder: call.cwd },
      { kind: 'unknown', why: 'the scripts it runs are not known' },
    ];
  return inside(
    call,
    chosen
      .flat()
      .map((name) => scriptBody(manifest, name) ?? '')
      .join('\n'),
  );
}

/** https://github.com/open-cli-tools/concurrently: each operand is a command. */
export function runsTogether(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const commands = words.operands.map((word) => {
    const named = /^(?:npm|yarn|pnpm|bun|node):(.+)$/.exec(word ?? '');
    return named === null ? word : `npm run ${named[1]}`;
  });
  return inside(call, commands.map((command) => command ?? '$(unknown)').join('\n'));
}

/** `npx prog`: https://docs.npmjs.com/cli/commands/npx */
export function runsPackage(call: ToolCall): BuildEffect[] {
  const inline = call.argv.findIndex((word) => word === '-c' || word === '--call');
  const text = inline < 0 ? undefined : call.argv[inline + 1];
  if (inline > 0) return [...caches(call), ...inside(call, text ?? '$(unknown)')];
  const command = commandBehind(call.argv, ['-p', '--package']);
  if (command.length === 0) return [{ kind: 'checks' }];
  const [program, ...args] = command;
  if (program == null) return [{ kind: 'unknown', why: 'the program it runs is not known' }];
  const name = /^@[\w.-]+\/([\w.-]+)/.exec(program)?.[1] ?? program.replace(/(?<=.)@.*$/s, '');
  const bin = /^@/.test(program) ? (SCOPED[program.replace(/(?<=.)@.*$/s, '')] ?? name) : name;
  return [...caches(call), ...inside(call, scriptOf([bin, ...args]))];
}

/** Programs of packages with a scope that are not called like them. */
const SCOPED = table<string>({
  '@angular/cli': 'ng',
  '@nestjs/cli': 'nest',
  '@vue/cli-service': 'vue-cli-service',
  '@tailwindcss/cli': 'tailwindcss',
  '@swc/cli': 'swc',
  '@babel/cli': 'babel',
  '@sveltejs/kit': 'svelte-kit',
  '@11ty/eleventy': 'eleventy',
  '@vercel/ncc': 'ncc',
  '@graphql-codegen/cli': 'graphql-codegen',
  '@openapitools/openapi-generator-cli': 'openapi-generator-cli',
  '@redocly/cli': 'redocly',
});

/** https://turborepo.com/docs/reference/run, https://lerna.js.org/docs/api-reference/commands */
export function runsTask(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const [first, second] = [words.operands[0], words.operands[1]];
  if (first === undefined || call.argv.slice(1).some(isHelp)) return [{ kind: 'checks' }];
  if (first === 'prune' || first === 'bootstrap' || first === 'link' || first === 'exec')
    return [{ kind: 'builds-in-place', folder: call.cwd }];
  const names = first === 'run' ? (second === undefined ? [] : [second]) : [first];
  if (names.some((name) => name === null)) return [{ kind: 'unknown', why: 'the task it runs is not known' }];
  const filters = ['--filter', '-F', '--scope'].flatMap((flag) => words.flags.get(flag) ?? []);
  // A task runs those of the packages that a package needs, too.
  const tasks = names.flatMap((name) =>
    runInPackages(name as string, call.cwd, call, filters.length > 0 ? [null] : []),
  );
  const own = scriptBody(readManifest(call.cwd, call.files), names[0] ?? '');
  return own !== null && !own.includes(baseName(call.argv[0] ?? '')) && tasks.some(({ kind }) => kind === 'assumes')
    ? runScript(names[0] as string, call.cwd, call)
    : tasks;
}

/** Programs that do what one of the system does: `shx rm`, `rimraf`. */
export function actsAs(call: ToolCall): BuildEffect[] {
  const tool = baseName(call.argv[0] ?? '');
  const operands = call.argv.slice(1).filter((word) => !/^-|^--/.test(word ?? ''));
  if (tool === 'shx') return inside(call, scriptOf(call.argv.slice(1)));
  if (tool === 'mkdirp' || tool === 'make-dir') return inside(call, scriptOf(['mkdir', '-p', ...operands]));
  if (tool === 'cpr' || tool === 'ncp') return inside(call, scriptOf(['cp', '-r', ...operands]));
  // What is deleted may be made again under the same name, or be a pattern: whatever lies in the project stays.
  return operands.some((word) => word === null || /^(\/|~|\.\.\/\.\.)/.test(word))
    ? [{ kind: 'unknown', why: 'what it deletes cannot be told' }]
    : [{ kind: 'checks' }];
}

/** Browsers for tests and pictures: https://playwright.dev/docs/browsers, https://pptr.dev/guides/installation */
export function browsers(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const [first, second] = [words.operands[0], words.operands[1]];
  const isPlaywright = /^playwright/.test(baseName(call.argv[0] ?? ''));
  if (isPlaywright && (first === 'install-deps' || words.flags.has('--with-deps')))
    // It calls the package manager of the distribution.
    return [{ kind: 'writes', path: '/usr', tree: true }];
  if (isPlaywright ? first !== 'install' : !(first === 'browsers' && second === 'install')) return [{ kind: 'checks' }];
  const place = call.env(isPlaywright ? 'PLAYWRIGHT_BROWSERS_PATH' : 'PUPPETEER_CACHE_DIR');
  const home = resolvePath(call.home, isPlaywright ? '.cache/ms-playwright' : '.cache/puppeteer');
  return [
    ...(place === '0' ? [] : [{ kind: 'writes', path: typeof place === 'string' ? place : home, tree: true } as const]),
    { kind: 'needs-image', because: 'a browser uses libraries of the image' },
  ];
}

/** Tools that change what is installed: https://github.com/ds300/patch-package */
export const patches = (call: ToolCall): BuildEffect[] => [
  { kind: 'builds-in-place', folder: resolvePath(call.cwd, 'node_modules') },
];

/** https://github.com/nvm-sh/nvm: versions of the interpreter lie in the folder of nvm itself. */
export const switchesVersion = (call: ToolCall): BuildEffect[] => [
  { kind: 'writes', path: call.env('NVM_DIR') ?? resolvePath(call.home, '.nvm'), tree: true },
];
