import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ImageFiles, ParsedWords, ToolCall } from '../ecosystem.ts';
import { fixed, makefileScript } from '../makefile.ts';
import { UNKNOWN } from '../makefile-conditions.ts';
import { automakeFolders } from './automake.ts';
import { cmakeInstall, isConfigured } from './cmake.ts';
import { configured, installedBeside } from './configure.ts';
import { installTree } from './install-tree.ts';

const MAKEFILES = ['GNUmakefile', 'makefile', 'Makefile'];

/** What make would run by the makefile of the build context; null where it is not there or cannot be read. */
function recipes(
  folder: string,
  targets: readonly string[],
  variables: ReadonlyMap<string, string>,
  call: ToolCall,
  words: ParsedWords,
): string | null {
  const named = words.flags.get('-f') ?? words.flags.get('--file') ?? words.flags.get('--makefile');
  const names = typeof named === 'string' ? [named] : MAKEFILES;
  const text = names.map((name) => call.files.read(resolvePath(folder, name))).find((found) => found !== null);
  if (text === undefined || text === null || text.trim() === '') return null;
  const files = call.files.list(folder) ?? [];
  const list = (below: string): readonly string[] | null => call.files.list(resolvePath(folder, below));
  return makefileScript(text, { targets, variables, env: call.env, files, list, folder });
}

/** What a container that runs make starts: null where the makefile cannot be read. */
export function startedRecipes(
  argv: readonly (string | null)[],
  workdir: string,
  files: ImageFiles,
): string | null | undefined {
  if (argv[0] !== 'make') return undefined;
  let [folder, file] = [workdir, null as string | null];
  const operands: string[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] as string | null;
    if (word === null) return null;
    if (/^(-C|--directory)$/.test(word)) folder = resolvePath(workdir, argv[++at] ?? '.');
    else if (/^(-f|--file|--makefile)$/.test(word)) file = argv[++at] ?? null;
    else if (!word.startsWith('-')) operands.push(word);
  }
  const names = file === null ? MAKEFILES : [file];
  const text = names.map((name) => files.read(resolvePath(folder, name))).find((found) => found !== null);
  if (text == null) return null;
  const assigned = operands.filter((word) => /^\w+=/.test(word)).map((word) => word.split('='));
  const script = makefileScript(text, {
    targets: operands.filter((word) => !/^(\w+=|\d+$)/.test(word)),
    variables: new Map(assigned.map(([name = '', ...value]) => [name, value.join('=')])),
    env: () => null,
    files: files.list(folder) ?? [],
    list: (below) => files.list(resolvePath(folder, below)),
    folder,
  });
  return script === null || folder === workdir ? script : `cd '${folder}'\n${script}`;
}

/** A makefile that nobody has read, beside what extensions of PostgreSQL build with: https://www.postgresql.org/docs/current/extend-pgxs.html */
const mayExtendPostgres = (variables: ReadonlyMap<string, unknown>, { memory }: ToolCall): boolean =>
  variables.has('USE_PGXS') ||
  (!variables.has('PREFIX') &&
    !variables.has('prefix') &&
    [...memory.keys()].some((key) => /^installed:postgresql(-server-dev|\d+-dev$)/.test(key)));

export function make(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const change = words.flags.get('-C') ?? words.flags.get('--directory');
  if (change === null || words.operands.includes(null)) return [{ kind: 'unknown', why: 'what it makes is not known' }];
  const folder = typeof change === 'string' ? resolvePath(call.cwd, change) : call.cwd;
  const variables = new Map(
    words.operands
      .filter((word) => /^\w+=/.test(word ?? ''))
      .map((word) => [(word as string).split('=')[0] as string, (word as string).replace(/^\w+=/, '')]),
  );
  for (const name of words.outlines.keys()) if (!name.startsWith('-')) variables.set(name, fixed(UNKNOWN));
  // `-j 4` gives its number as a word of its own.
  const targets = words.operands.filter((word) => !/^(\w+=|\d+$)/.test(word ?? '')) as string[];
  const script = recipes(folder, targets, variables, call, words);
  if (script !== null)
    return [
      { kind: 'compiles', folder },
      { kind: 'intermediate', path: folder },
      { kind: 'runs', script, folder },
    ];
  const effects: BuildEffect[] = [
    // The folder that cmake prepared holds no sources of its own.
    { kind: 'compiles', folder: call.memory.get(`cmake:${folder}`) ?? folder },
    { kind: 'builds-in-place', folder },
  ];
  const installs = targets.some((target) => /install/.test(target));
  const prepared = configured(folder, call);
  const generated = prepared !== null || call.memory.has(`makefile:${folder}`);
  if (!installs)
    return generated
      ? effects
      : [
          ...effects,
          { kind: 'assumes', code: 'DF202', args: { command: ['make', ...targets].join(' '), where: folder } },
        ];
  const into = call.memory.get(`installs-into:${folder}`);
  if (into === '')
    return [...effects, { kind: 'unknown', why: 'where its folder was prepared for is not known', outside: true }];
  if (into !== undefined) return [...effects, { kind: 'dependencies', path: into }];
  const destination = variables.get('DESTDIR') ?? call.env('DESTDIR') ?? '';
  if (destination === '' && !generated && mayExtendPostgres(variables, call))
    return [
      ...effects,
      { kind: 'unknown', why: "it may install among PostgreSQL's own files, as extensions do", outside: true },
    ];
  if (isConfigured(folder, call) && targets.length === 1)
    return [...effects, ...cmakeInstall(folder, null, destination, call)];
  const prefix =
    variables.get('PREFIX') ?? variables.get('prefix') ?? call.env('PREFIX') ?? prepared?.prefix ?? '/usr/local';
  const where = resolvePath('/', `${destination}/${prefix}`);
  const filled = prepared === null ? null : automakeFolders(folder, call.files);
  if (filled !== null && prepared?.beside.length === 0 && variables.size === (variables.has('DESTDIR') ? 1 : 0))
    return [...effects, ...installTree(where, call, filled)];
  const tree = installTree(where, call);
  // Of a prefix that the image uses too only these parts are taken.
  const places = tree.flatMap((effect) => (effect.kind === 'artifact' ? [effect.path] : [])).join(', ');
  const proof: BuildEffect[] = [
    { kind: 'assumes', code: 'DF305', args: { command: ['make', ...targets].join(' '), prefix: places || where } },
  ];
  const told = [...(prepared?.beside ?? []), ...installedBeside(prefix, variables)];
  const beside: readonly BuildEffect[] =
    destination === '' || told.length === 0
      ? told
      : [{ kind: 'artifact', path: resolvePath('/', destination), tree: true, linkage: 'unknown' }];
  return [...effects, ...tree, ...beside, ...proof];
}
