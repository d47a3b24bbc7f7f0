import type { ImageFacts } from '../knowledge/image.ts';
import { isStandardFolder } from '../knowledge/standard-folders.ts';
import type { Span } from '../syntax/document.ts';
import { baseName, isWithin, parentFolder, resolvePath } from '../syntax/paths.ts';
import type { CommandFacts } from './shell-world.ts';
import { withSubstituted } from './substitutions.ts';

const SYSTEM = new Set(['accounts', 'runtime-state', 'restate']);
const CLEANING = /^\/(var\/(lib\/apt\/lists|cache\/(apk|apt|yum|dnf)|tmp)|tmp)(\/|$)/;
/** Folders that a package manager keeps. */
const MANAGED = /^\/var\/(lib\/apt\/lists|cache\/(apk|apt|yum|dnf))(\/|$)/;

/** Installs packages of the distribution. */
export const isInstall = (command: CommandFacts): boolean =>
  command.effects.some((effect) => effect.kind === 'installs');
/** Installs packages that none of its words names: newer versions of those that there are, or what a build depends on. */
export const isUpgrade = ({ argv, effects }: CommandFacts): boolean =>
  effects.some(({ kind }) => kind === 'runtime-state') &&
  /^(apt|apt-get|aptitude|apk)$/.test(baseName(argv[0] ?? '')) &&
  argv.some((word) => /^(([a-z]+-)?upgrade|build-dep)$/.test(word ?? ''));
/** Changes what the system knows of accounts, libraries, modules or packages. */
export const isSystem = (command: CommandFacts): boolean =>
  command.effects.some((effect) => SYSTEM.has(effect.kind)) || writtenBy([command]).some(isPackageSetting);
/** Sources and keys of the package manager, which the installs behind them read. */
export const isPackageSetting = (path: string): boolean =>
  /^\/(etc\/(apt|apk|pki|yum\.repos\.d)|usr\/share\/keyrings|root\/\.gnupg)(\/|$)/.test(path);
/** Prepares or tidies the package manager: worth running only beside an install. */
export const isUpkeep = (command: CommandFacts): boolean =>
  command.effects.length > 0 &&
  command.effects.every(
    (effect) =>
      ['updates-index', 'cleans-cache', 'network', 'prints', 'removes-packages', 'needs'].includes(effect.kind) ||
      (effect.kind === 'deletes' && CLEANING.test(effect.path)) ||
      // `rm -rf /var/cache/apk && mkdir /var/cache/apk`
      (effect.kind === 'makes-folder' && MANAGED.test(effect.path)),
  );
/** What a `rm` takes away, each word with its path; empty for any other command and where a path is not known. */
export function removedWords({
  argv,
  words,
  effects,
  cwd,
  entry,
}: CommandFacts): { readonly path: string; readonly span: Span }[] {
  if (entry !== 'commands/files#rm' || cwd === null || effects.some(({ kind }) => kind !== 'deletes')) return [];
  return argv.flatMap((word, index) => {
    const span = words[index];
    return index === 0 || word?.startsWith('-') || span === undefined
      ? []
      : [{ path: word === null ? '' : resolvePath(cwd, word), span }];
  });
}

/**
 * The words of a `rm` that tidies the package manager and takes other things away too, which those behind an install in
 * the runtime stage have no use for; null where it does not do both. What is written again there is taken away again.
 */
export function untidyWords(
  command: CommandFacts,
  isMade: (path: string) => boolean,
  isWrittenAgain: (path: string) => boolean,
  isImages: (path: string) => boolean,
): readonly Span[] | null {
  const operands = removedWords(command);
  const others = operands.filter(({ path }) => !CLEANING.test(path) || isMade(path));
  if (others.length === operands.length || others.length === 0) return null;
  return others.filter(({ path }) => !isWrittenAgain(path) && !isImages(path)).map(({ span }) => span);
}

/** Takes away the toolchain of an image that is for building alone, which the image of the runtime stage never had. */
export function removesToolchain(
  command: CommandFacts,
  { toolchain, interpreter, toolchainTrees, workdir }: ImageFacts,
): boolean {
  const isTool = (path: string): boolean =>
    (workdir !== '/' && isWithin(path, workdir)) || toolchainTrees.some((tree) => isWithin(path, tree));
  const paths = removedWords(command).map(({ path }) => path);
  return (
    toolchain &&
    interpreter === null &&
    paths.some(isTool) &&
    paths.every((path) => isTool(path) || CLEANING.test(path))
  );
}
const DISTRIBUTIONS = new Set(['alpine', 'debian', 'ubuntu']);
/** https://refspecs.linuxfoundation.org/FHS_3.0/fhs/ch03.html */
const ROOT_FOLDERS =
  /^\/(bin|boot|dev|etc|home|lib|lib32|lib64|libx32|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)?(\/|$)/;

/** Folders among them that are empty, or as good as that, until somebody builds there. */
const BUILD_FOLDERS = /^\/(root|srv|usr\/src)\/./;

/** Takes away only what the build put beside the files of the distribution: the runtime stage never had it. */
export function removesBuild(
  command: CommandFacts,
  { family }: ImageFacts,
  isMade: (path: string) => boolean,
  isWritten: (path: string) => boolean,
): boolean {
  const isBuilds = (path: string): boolean =>
    !/[*?[]/.test(path) && !isWritten(path) && (!ROOT_FOLDERS.test(path) || (BUILD_FOLDERS.test(path) && isMade(path)));
  const paths = removedWords(command).map(({ path }) => path);
  return DISTRIBUTIONS.has(family) && paths.length > 0 && paths.every(isBuilds);
}
/** Takes away what tools left in a home under a name with a dot, where an image has nothing but settings of shells. */
export function tidiesHome(command: CommandFacts): boolean {
  const operands = removedWords(command);
  return (
    operands.length > 0 &&
    operands.every(({ path }) => /^\/(root|home\/[^/]+)\/\.(?!bash|profile|cshrc|tcshrc)[^/]/.test(path))
  );
}
/** Empties the caches of a package manager that installs for the whole image before it. */
export function tidiesBehind(command: CommandFacts, running: ReadonlySet<CommandFacts>): boolean {
  const { ecosystem, effects, span } = command;
  const installs = [...running].filter(
    (other) => other.ecosystem !== null && other.span.start < span.start && isSystem(other),
  );
  return ecosystem === null
    ? installs.length > 0 && tidiesHome(command)
    : effects.length > 0 &&
        effects.every(({ kind }) => kind === 'deletes' || kind === 'cleans-cache') &&
        installs.some((other) => other.ecosystem === ecosystem);
}
/** Prepares the shell for the commands behind it. */
export const isShellSetting = (command: CommandFacts): boolean =>
  /^commands\/shell#(builtin|export|assignment)$/.test(command.entry) &&
  /^(set|export)$/.test(command.argv[0] ?? 'export');

/** Plain work on files by absolute names that reads nothing the build made. */
export function isPlain(command: CommandFacts, carried: (path: string) => boolean): boolean {
  if (command.effects.length === 0 || withSubstituted(command).some(({ ecosystem }) => ecosystem !== null))
    return false;
  if (command.effects.every((effect) => effect.kind === 'makes-folder' && CLEANING.test(effect.path))) return false;
  // What fills a folder from a file whose name is not known may take one that the build made.
  const fills = command.effects.some((effect) => effect.kind === 'writes' && effect.tree);
  if (fills && command.argv.includes(null)) return false;
  return command.effects.every((effect) => {
    switch (effect.kind) {
      case 'writes':
      case 'makes-folder':
      case 'owns':
      case 'reads':
      case 'deletes':
        return !carried(effect.path);
      case 'links':
        return !carried(effect.path) && !carried(effect.target);
      case 'copies':
      case 'moves':
        return !carried(effect.from) && !carried(effect.to);
      case 'prints':
      case 'needs':
        return true;
      default:
        return false;
    }
  });
}

/** COPY follows a link that it is told to copy: unless its folder is carried, a link is made again. */
export const makesLink = (
  command: CommandFacts,
  inTree: (path: string) => boolean,
  isTool: (path: string) => boolean,
): boolean =>
  command.effects.some(
    (effect) =>
      effect.kind === 'links' && !inTree(effect.path) && !isTool(resolvePath(parentFolder(effect.path), effect.target)),
  );

/** The paths that commands write. */
export function writtenBy(commands: readonly CommandFacts[]): string[] {
  return commands.flatMap((command) =>
    command.effects.flatMap((effect) => {
      if (effect.kind === 'copies' || effect.kind === 'moves') return [effect.to];
      return effect.kind === 'writes' || effect.kind === 'makes-folder' || effect.kind === 'links' ? [effect.path] : [];
    }),
  );
}

/** `cd` into a folder that every image has. */
export const entersFolder = (command: CommandFacts): boolean =>
  command.entry === 'commands/shell#cd' && isStandardFolder(resolvePath('/', command.argv[1] ?? ''));

/** Only fetches, unpacks or moves files. */
export const isFetching = (command: CommandFacts): boolean =>
  command.ecosystem === null &&
  command.certain &&
  command.effects.every((effect) =>
    ['writes', 'network', 'makes-folder', 'copies', 'moves', 'reads'].includes(effect.kind),
  );

/** Reads or writes a path that none of its words spells from the root. */
export function namesRelative({ argv, effects, cwd }: CommandFacts): boolean {
  const absolute = argv.flatMap((word) => (word === null ? [] : [word.replace(/^[^/]*=@?/, '')]));
  const climbs = argv.some((word) => word === null || /(^|[/=@])\.\.(\/|$)/.test(word));
  const isSpelled = (path: string): boolean =>
    absolute.some((word) => word.startsWith('/') && isWithin(path, resolvePath('/', word))) ||
    // No word leads there from the folder: the program knows the place by itself, its settings in the home.
    (cwd !== null && !climbs && !isWithin(path, cwd));
  return effects.some((effect) => {
    switch (effect.kind) {
      case 'copies':
      case 'moves':
        return !isSpelled(effect.from) || !isSpelled(effect.to);
      case 'links':
      case 'writes':
      case 'makes-folder':
      case 'owns':
      case 'reads':
      case 'deletes':
      case 'thins':
        return !isSpelled(effect.path);
      default:
        return false;
    }
  });
}
