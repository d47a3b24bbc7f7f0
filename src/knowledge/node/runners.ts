import { globMatcher } from '../../syntax/glob.ts';
import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import { flagValue, type Start, type Starter, type Words } from '../starter.ts';
import { commandBehind, scriptOf } from './call.ts';
import { readJson, readManifest } from './manifest.ts';
import { scriptBody } from './scripts.ts';

/** Flags of concurrently whose value is the next word: https://github.com/open-cli-tools/concurrently/blob/main/bin/index.ts */
export const CONCURRENTLY_VALUES: readonly string[] = [
  '-m',
  '--max-processes',
  '-n',
  '--names',
  '--name-separator',
  '-s',
  '--success',
  '--hide',
  '-p',
  '--prefix',
  '-c',
  '--prefix-colors',
  '-l',
  '--prefix-length',
  '-t',
  '--timestamp-format',
  '--default-input-target',
  '--kill-signal',
  '--ks',
  '--kill-timeout',
  '--teardown',
  '--restart-tries',
  '--restart-after',
];

/** Flags of npm-run-all whose value is the next word: https://github.com/mysticatea/npm-run-all/blob/master/docs/npm-run-all.md */
export const RUN_ALL_VALUES: readonly string[] = ['--max-parallel', '--npm-path'];

/**
 * Flags of the programs that set variables whose value is the next word: https://github.com/entropitor/dotenv-cli#readme,
 * https://github.com/toddbluhm/env-cmd#readme
 */
export const WRAPPER_VALUES: readonly string[] = '-e -f -c -p -r -v --file --environments --rc-file'.split(' ');

function operands(argv: Words, valueFlags: readonly string[]): Words {
  const found: (string | null)[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] as string | null;
    if (word === null || !word.startsWith('-')) found.push(word);
    else if (valueFlags.includes(word)) at++;
  }
  return found;
}

/** The scripts of package.json that names and patterns choose, with those around them; null where one chooses none. */
function chosenScripts(wanted: Words, folder: string, files: ImageFiles): string | null {
  const manifest = readManifest(folder, files);
  const names = Object.keys(manifest?.scripts ?? {});
  const chosen = wanted.map((word) => (word === null ? [] : names.filter(globMatcher(word, '*'))));
  if (manifest === null || chosen.some((found) => found.length === 0)) return null;
  return chosen
    .flat()
    .map((name) => scriptBody(manifest, name) ?? '')
    .join('\n');
}

/** Each operand of concurrently is a command line, or a script by its name or a pattern. */
function together(argv: Words, folder: string, files: ImageFiles): string | null {
  const lines = operands(argv, CONCURRENTLY_VALUES).map((word) => {
    const named = /^(?:npm|yarn|pnpm|bun|node):(\S+)$/.exec(word ?? '');
    return named === null ? word : chosenScripts([named[1] as string], folder, files);
  });
  return lines.includes(null) ? null : lines.join('\n');
}

/** The interpreter that pm2 takes for a file, `python3` where there is no `python`: https://github.com/Unitech/pm2/blob/master/lib/API/interpreter.json */
const INTERPRETERS: readonly (readonly [RegExp, string])[] = [
  [/\.sh$/, 'bash'],
  [/\.py$/, 'python3'],
  [/\.rb$/, 'ruby'],
  [/\.pl$/, 'perl'],
  [/\.php$/, 'php'],
];

/** What pm2 starts, of a file of its own or by words: https://pm2.keymetrics.io/docs/usage/application-declaration/ */
function managed(argv: Words, folder: string, files: ImageFiles): string | null | undefined {
  const words = operands(argv, ['-n', '--name', '-i', '--interpreter', '--env', '-l', '--log', '-o', '-e', '-p', '-c']);
  const [first] = words.filter((word) => word !== 'start');
  if (first == null) return undefined;
  const dashes = argv.indexOf('--');
  const given = dashes < 0 ? [] : argv.slice(dashes + 1);
  const named = argv.indexOf('--interpreter');
  if (named > 0) return scriptOf([argv[named + 1] ?? null, first, ...given]);
  if (/\.(config\.c?js|json|ya?ml)$/.test(first) || /^ecosystem\.c?js$/.test(baseName(first))) {
    const text = files.read(resolvePath(folder, first));
    if (text === null) return null;
    const value = /["']?\b(?:exec_)?(script|interpreter|cmd)["']?\s*:\s*(["']?)([^"'\s,][^"'\n,]*)\2/g;
    const lines = [...text.matchAll(value)].flatMap(([, key, , word = '']) =>
      key === 'interpreter' ? [word] : [/\s/.test(word.trim()) ? word : interpreted(word.trim())],
    );
    return [...lines, ...managerLines(text)].join('\n');
  }
  return scriptOf(/^(npm|yarn|pnpm|bun)$/.test(first) ? [first, ...given] : [interpreted(first), ...given]);
}

/** `script: 'npm', args: 'run serve'`; which arguments are whose is not told. */
function managerLines(text: string): string[] {
  const managers = [...text.matchAll(/\bscript["']?\s*:\s*["'](?:[^"'\s]*\/)?(npm|yarn|pnpm|bun)["']/g)].map(
    ([, name]) => name,
  );
  const given = [...text.matchAll(/\bargs["']?\s*:\s*(?:"([^"\n]*)"|'([^'\n]*)'|\[([^\][]*)\])/g)].map(
    ([, one, other, list]) => one ?? other ?? (list ?? '').replace(/["',]+/g, ' '),
  );
  return [...new Set(managers)].flatMap((manager) => given.map((words) => `${manager} ${words}`));
}

/** The file behind the program that pm2 starts it with; what the language of the image runs is left to its sources. */
function interpreted(file: string): string {
  const [, program] = INTERPRETERS.find(([extension]) => extension.test(file)) ?? [];
  return program === undefined ? 'node' : `${program} ${file}`;
}

interface Settings {
  readonly exec?: unknown;
}

const script = (text: string | null): readonly Start[] => [text === null ? null : { script: text }];

/** Programs of the dependencies that start what they are told, or what package.json or a file of their own says. */
const runners: readonly Starter[] = [
  {
    programs: ['concurrently', 'conc'],
    docs: 'https://github.com/open-cli-tools/concurrently#readme',
    starts: (argv, folder, files) => script(together(argv, folder, files)),
  },
  {
    programs: ['npm-run-all', 'npm-run-all2', 'run-s', 'run-p'],
    docs: 'https://github.com/mysticatea/npm-run-all/blob/master/docs/npm-run-all.md',
    starts(argv, folder, files) {
      const wanted = operands(argv, RUN_ALL_VALUES).map((word) => word?.split(/\s/)[0] ?? null);
      return script(chosenScripts(wanted, folder, files));
    },
  },
  {
    programs: ['cross-env', 'cross-env-shell', 'dotenv', 'dotenvx', 'env-cmd'],
    docs: 'https://github.com/kentcdodds/cross-env#readme',
    starts(argv) {
      const command = commandBehind(argv, WRAPPER_VALUES);
      return command.length === 0 ? [] : [{ script: scriptOf(command) }];
    },
  },
  {
    programs: ['nodemon'],
    docs: 'https://github.com/remy/nodemon#readme',
    starts(argv, folder, files) {
      const settings = readJson(files.read(resolvePath(folder, 'nodemon.json')));
      const inManifest = readJson(files.read(resolvePath(folder, 'package.json')))?.nodemonConfig as
        | Settings
        | undefined;
      const text = flagValue(argv, '-x', '--exec') ?? settings?.exec ?? inManifest?.exec;
      return typeof text === 'string' ? [{ script: text }] : [];
    },
  },
  {
    programs: ['pm2', 'pm2-runtime', 'pm2-docker'],
    docs: 'https://pm2.keymetrics.io/docs/usage/application-declaration/',
    starts(argv, folder, files) {
      const text = managed(argv, folder, files);
      return text === undefined ? [] : script(text);
    },
  },
];

export default runners;
