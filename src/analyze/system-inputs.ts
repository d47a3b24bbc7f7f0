import type { ImageFacts } from '../knowledge/image.ts';
import { isDistributionFolder, isStandardFolder } from '../knowledge/standard-folders.ts';
import { broughtBy } from '../knowledge/unused.ts';
import { globMatcher } from '../syntax/glob.ts';
import { isWithin, parentFolder, resolvePath } from '../syntax/paths.ts';
import type { StageFiles, WriteRecord } from './records.ts';
import type { CommandFacts } from './shell-world.ts';
import { withSubstituted } from './substitutions.ts';
import { isPackageSetting, namesRelative, writtenBy } from './system-commands.ts';
import type { Step } from './understand.ts';

/** `rm -f` goes on where nothing is there. */
export const isForced = ({ argv }: CommandFacts): boolean => argv.some((word) => /^(-\w*f|--force$)/.test(word ?? ''));

/** The keys that a line of sources names (`signed-by=…`): https://manpages.debian.org/bookworm/apt/sources.list.5.en.html */
const keysOf = ({ argv, effects }: CommandFacts): string[] =>
  [...argv, ...effects.map((effect) => (effect.kind === 'writes' ? effect.text : undefined))].flatMap((text) =>
    [...(text ?? '').matchAll(/\bsigned-by[ \t]*[:=][ \t]*(\/[^\s\],]+)/gi)].map((match) => match[1] as string),
  );

/** What a command names that was made before it by something that does not run again. */
export function missingInputs(
  command: CommandFacts,
  step: Step,
  { history }: StageFiles,
  running: ReadonlySet<CommandFacts>,
  image?: ImageFacts,
): WriteRecord[] {
  // Tools and intermediate results are there for whatever names them in passing; what takes one of them needs it.
  const taken = command.effects.flatMap((effect) =>
    effect.kind === 'copies' || effect.kind === 'moves'
      ? [effect.from]
      : (effect.kind === 'reads' && !effect.tree) ||
          (effect.kind === 'deletes' && command.ecosystem === null && !isForced(command))
        ? [effect.path]
        : [],
  );
  const earlier = history.filter(
    (record) =>
      record.step.index <= step.index &&
      (!['cache', 'toolchain', 'intermediate'].includes(record.class) ||
        taken.some((path) => isWithin(path, record.path))) &&
      (record.step !== step || (record.command !== null && record.command.span.start < command.span.start)) &&
      (record.command === null || !running.has(record.command)),
  );
  if (earlier.length === 0) return [];
  const own = new Set(writtenBy([command]));
  const isAround = (folder: string): boolean => step.before.workdir !== null && isWithin(step.before.workdir, folder);
  // What a link leads to need not be there when it is made, only the folder that it lies in.
  const isLink = command.effects.length > 0 && command.effects.every(({ kind }) => kind === 'links');
  // Words of a program that changes accounts are names of users and groups; those with a version are names of packages.
  const isAccounts = command.effects.length > 0 && command.effects.every(({ kind }) => kind === 'accounts');
  const isName = (one: CommandFacts, word: string | null): boolean =>
    one === command && word?.includes('/') !== true && (isAccounts || /[\w-](@|[<>~=]=?)\d/.test(word ?? ''));
  const paths = (isLink ? [] : withSubstituted(command))
    .flatMap((one) =>
      one.argv
        .slice(1)
        .filter((word) => !isName(one, word))
        .map((word) => ({ word, cwd: one.cwd })),
    )
    .flatMap(({ word, cwd }) =>
      word === null ? [] : [word, word.replace(/^[^=]*=@?/, '')].map((name) => ({ name, cwd })),
    )
    .filter(({ name, cwd }) => name !== '' && !name.startsWith('-') && (name.startsWith('/') || cwd !== null))
    .map(({ name, cwd }) => ({ path: resolvePath(cwd ?? '/', name), plain: !/[/.]/.test(name), tree: false }))
    .filter(({ path }) => path !== '/' && path !== command.cwd && !own.has(path));
  // What it is known to read is meant, however it is spelled.
  for (const effect of command.effects)
    if (effect.kind === 'copies' || effect.kind === 'moves')
      paths.push({ path: effect.from, plain: false, tree: true });
    else if (effect.kind === 'reads') paths.push({ path: effect.path, plain: false, tree: effect.tree });
    // What it gives away or takes away has to be there; a folder that nothing else makes is made by what is put below it.
    else if (effect.kind === 'owns')
      paths.push({ path: effect.path, plain: false, tree: !isStandardFolder(effect.path) && !isAround(effect.path) });
    else if (effect.kind === 'deletes') paths.push({ path: effect.path, plain: false, tree: false });
    // `find` fails where its folder is not there.
    else if (effect.kind === 'thins')
      paths.push({ path: effect.path, plain: false, tree: !isForced(command) && !isStandardFolder(effect.path) });
  for (const path of [...command.scripts, ...keysOf(command)]) paths.push({ path, plain: false, tree: false });
  // What is written needs the folder around it.
  const made = [...running].flatMap(({ effects, certain, span }) =>
    certain && span.start < command.span.start
      ? effects.flatMap((effect) => (effect.kind === 'makes-folder' ? [effect.path] : []))
      : [],
  );
  const around = [...own]
    .map(parentFolder)
    // A link needs no more than the folder, which the WORKDIR that it stands in makes.
    .filter(
      (folder) =>
        !(isLink && namesRelative(command) && isAround(folder)) &&
        !isDistributionFolder(folder) &&
        !made.some((path) => isWithin(path, folder)),
    );
  for (const path of around) paths.push({ path, plain: false, tree: false });
  const registry = command.effects.flatMap((effect) => (effect.kind === 'runtime-state' ? (effect.reads ?? []) : []));
  const named = new Set([...paths.map(({ path }) => path), ...placesOf(command, step)]);
  const patterns = [...named].filter((path) => /[*?[]/.test(path));
  // A word without a dot or a slash may be anything: only a file of that very name counts.
  const spelled = paths.filter(({ plain }) => !plain);
  return earlier.filter(
    (record) =>
      (image !== undefined && mayHoldTool(record, command, step, image, running)) ||
      named.has(record.path) ||
      patterns.some((pattern) => isMeant(pattern, record.path)) ||
      spelled.some(
        ({ path, tree }) => (record.tree && isWithin(path, record.path)) || (tree && isWithin(record.path, path)),
      ) ||
      around.some((folder) => !isStandardFolder(folder) && isWithin(record.path, folder)) ||
      registry.some((path) => isWithin(record.path, path) || (record.tree && isWithin(path, record.path))),
  );
}

/** Where a program that a command starts by its name may lie. */
const placesOf = ({ argv: [program] }: CommandFacts, { before }: Step): string[] =>
  program == null || program.includes('/')
    ? []
    : (before.env.get('PATH') ?? '').split(':').map((folder) => `${folder}/${program}`);

/** An archive that the file unpacks is all that can have brought the tool of a language to a folder of the PATH. */
function mayHoldTool(
  { path, tree, class: kind, command: maker }: WriteRecord,
  { argv, ecosystem }: CommandFacts,
  { before }: Step,
  { programs }: ImageFacts,
  running: ReadonlySet<CommandFacts>,
): boolean {
  const program = argv[0] ?? '';
  if (!tree || kind !== 'data' || maker === null || maker.ecosystem !== null || ecosystem === null) return false;
  const isInstalled = [...running].some(({ effects }) =>
    effects.some(
      (one) => one.kind === 'installs' && one.packages.some(({ name }) => broughtBy(name).includes(program)),
    ),
  );
  return (
    !isInstalled &&
    !program.includes('/') &&
    !programs.includes(program) &&
    (before.env.get('PATH') ?? '').split(':').some((folder) => isWithin(folder, path))
  );
}

/** Where an image has files of its own. */
const IMAGES = /^\/(bin|dev|etc|lib\w*|opt|root|run|sbin|tmp|usr|var)\//;

/** Copies or reads a file that no known step put where it is before it, and that no image has there either. */
export function takesStrange(
  { effects, span }: CommandFacts,
  { index }: Step,
  { history }: Pick<StageFiles, 'history'>,
): boolean {
  const earlier = history.filter(
    ({ step, command }) =>
      step.index < index || (step.index === index && command !== null && command.span.start < span.start),
  );
  return effects.some((effect) => {
    const from = effect.kind === 'copies' || effect.kind === 'moves' ? effect.from : null;
    const read = effect.kind === 'reads' ? effect.path : from;
    return (
      read !== null &&
      /^\/./.test(read) &&
      !IMAGES.test(`${read}/`) &&
      !earlier.some(({ path }) => isWithin(read, path) || isWithin(path, read))
    );
  });
}

/** A pattern such as `/tmp/dumb-init_*.deb` means the file. */
function isMeant(pattern: string, path: string): boolean {
  const parts = pattern.split('/');
  const names = path.split('/');
  return (
    parts.length === names.length && parts.every((part, index) => globMatcher(part, '*?[')(names[index] as string))
  );
}

/** What a command reads of a folder of the build context: the files where each is named, else the folder. */
export function readOf({ path: folder, tree, class: kind }: WriteRecord, command: CommandFacts): readonly string[] {
  const files = [
    ...command.scripts.filter((path) => isWithin(path, folder)),
    ...command.effects.flatMap((effect) =>
      effect.kind === 'reads' && !effect.tree && isWithin(effect.path, folder) ? [effect.path] : [],
    ),
  ];
  const isNamed = command.argv.some(
    (word) => word !== null && /[/.]/.test(word) && isWithin(resolvePath(command.cwd ?? '/', word), folder),
  );
  const isOnlyRead = command.effects.every(
    (effect) =>
      effect.kind !== 'reads' || !effect.tree || !(isWithin(folder, effect.path) || isWithin(effect.path, folder)),
  );
  return tree && kind === 'context' && files.length > 0 && isOnlyRead && !isNamed ? files : [folder];
}

/** Files of the build context among the settings of the package manager, which an install reads. */
export function packageSettings(step: Step, { records }: StageFiles): WriteRecord[] {
  return records.filter(
    (record) => record.class === 'context' && record.step.index < step.index && isPackageSetting(record.path),
  );
}
