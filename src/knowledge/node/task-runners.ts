import { listedPath, resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import { flagValue, type Start, type Starter, type Words } from '../starter.ts';
import { scriptOf } from './call.ts';
import { readJson, readManifest } from './manifest.ts';
import { scriptBody } from './scripts.ts';
import { workspacePackages } from './workspaces.ts';

const script = (text: string | null): readonly Start[] => [text === null ? null : { script: text }];

/** The words that are no flags, nor a value of one, up to `--`. */
function named(argv: Words, valueFlags: RegExp): string[] {
  const end = argv.indexOf('--');
  const own = argv.slice(1, end < 0 ? undefined : end);
  return own.filter(
    (word, at): word is string =>
      word !== null && !word.startsWith('-') && !(at > 0 && valueFlags.test(own[at - 1] ?? '')),
  );
}

/** The scripts of these names, in the folder and in the packages of its workspace, each where it lies. */
function everywhere(names: readonly string[], folder: string, files: ImageFiles): string[] {
  const all = [{ folder, manifest: readManifest(folder, files) }, ...workspacePackages(folder, files)];
  return all.flatMap((one) =>
    names.flatMap((name) => {
      const body = scriptBody(one.manifest, name);
      return body === null ? [] : [`(cd '${one.folder}'\n${body}\n)`];
    }),
  );
}

const joined = (texts: readonly string[]): string | null => (texts.length === 0 ? null : texts.join('\n'));

/** What `nx run-commands` starts: https://nx.dev/docs/reference/nx/executors#run-commands */
function targets(names: readonly string[], root: string, files: ImageFiles, depth = 0, folder = root): string[] {
  const own = readJson(files.read(resolvePath(folder, 'project.json')))?.targets as Record<string, unknown> | undefined;
  const texts = names.flatMap((name) => {
    const target = own?.[name] as
      | { command?: unknown; options?: { command?: unknown; commands?: unknown } }
      | undefined;
    if (target === undefined) return [];
    const several = Array.isArray(target.options?.commands) ? target.options.commands : [];
    const commands = [target.command, target.options?.command, ...several].map((one) =>
      typeof one === 'object' && one !== null ? (one as { command?: unknown }).command : one,
    );
    // Another executor starts Node.js, or nothing.
    return ['true', ...commands.filter((one) => typeof one === 'string')];
  });
  const inner = depth > 3 ? [] : (files.list(folder) ?? []).filter((name) => /^(?!node_modules)[^.].*\/$/.test(name));
  return [
    ...texts,
    ...inner.flatMap((name) => targets(names, root, files, depth + 1, listedPath(folder, name).replace(/\/$/, ''))),
  ];
}

const NX_VALUES = /^(-p|--projects?|-c|--configuration|--parallel|--exclude|--output-style|--base|--head)$/;

/** `nx run app:serve:production`, `nx serve app`, `nx run-many -t serve`. */
function nxTargets(argv: Words): string[] {
  const [first, second] = named(argv, NX_VALUES);
  if (first === 'run') return [second?.split(':')[1] ?? ''];
  if (first !== 'run-many' && first !== 'affected') return first === undefined ? [] : [first];
  const stated = flagValue(argv, '-t', '--target', '--targets') ?? '';
  return [...stated.split(','), ...named(argv, NX_VALUES).slice(1)].filter((name) => name !== '');
}

const GULPFILES = ['js', 'mjs', 'cjs', 'ts', 'babel.js'].map((ending) => `gulpfile.${ending}`);
const GRUNTFILES = ['js', 'cjs', 'ts', 'coffee'].map((ending) => `Gruntfile.${ending}`);
const STARTS = /child_process|\bexec|\bspawn|\bshell|nodemon/i;

/** A file of tasks is a program: where it may start others, nobody has read which. */
function tasks(names: readonly string[], folder: string, files: ImageFiles): readonly Start[] {
  const found = names
    .flatMap((name) => [name, name.toLowerCase()])
    .map((name) => files.read(resolvePath(folder, name)));
  const text = found.find((one) => one !== null);
  return text === undefined || text === null || STARTS.test(text) ? [null] : [];
}

/** Programs that start the tasks of a project, or of all packages of one. */
const taskRunners: readonly Starter[] = [
  {
    programs: ['lerna'],
    docs: 'https://lerna.js.org/docs/api-reference/commands',
    starts(argv, folder, files) {
      const [command, name] = named(argv, /^(--scope|--ignore|--concurrency|--since)$/);
      if (command === 'run') return script(joined(everywhere((name ?? '').split(','), folder, files)));
      const behind = argv.slice(argv.indexOf('--') + 1);
      return command === 'exec' && argv.includes('--') ? script(scriptOf(behind)) : [];
    },
  },
  {
    programs: ['turbo'],
    docs: 'https://turborepo.com/docs/reference/run',
    starts(argv, folder, files) {
      const words = named(argv, /^(-F|--filter|--cache-dir|--concurrency|--env-mode|--log-order|--output-logs|--cwd)$/);
      const names = (words[0] === 'run' ? words.slice(1) : words).map((name) => name.split('#').at(-1) as string);
      return script(joined(everywhere(names, folder, files)));
    },
  },
  {
    programs: ['nx'],
    docs: 'https://nx.dev/docs/reference/nx-commands',
    starts(argv, folder, files) {
      const names = nxTargets(argv);
      return script(joined([...everywhere(names, folder, files), ...targets(names, folder, files)]));
    },
  },
  {
    programs: ['gulp'],
    docs: 'https://gulpjs.com/docs/en/getting-started/javascript-and-gulpfiles/',
    starts: (_argv, folder, files) => tasks(GULPFILES, folder, files),
  },
  {
    programs: ['grunt'],
    docs: 'https://gruntjs.com/sample-gruntfile',
    starts: (_argv, folder, files) => tasks(GRUNTFILES, folder, files),
  },
  {
    programs: ['forever'],
    docs: 'https://github.com/foreversd/forever#readme',
    starts(argv) {
      const command = flagValue(argv, '-c');
      const words = named(argv, /^-(c|m|l|o|e|w)$|^--(uid|sourceDir|workingDir|pidFile)$/).filter(
        (one) => !/^(re)?start$/.test(one),
      );
      return command === null ? [] : [{ script: `${command} ${words.join(' ')}` }];
    },
  },
  {
    programs: ['chokidar'],
    docs: 'https://github.com/open-cli-tools/chokidar-cli#readme',
    starts(argv) {
      const command = flagValue(argv, '-c', '--command');
      return command === null ? [] : [{ script: command }];
    },
  },
];

export default taskRunners;
