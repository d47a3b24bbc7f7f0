import type { ImageFiles } from '../knowledge/ecosystem.ts';
import { isEssential } from '../knowledge/essential.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import { isDistributionFolder, isStandardFolder } from '../knowledge/standard-folders.ts';
import type { Span } from '../syntax/document.ts';
import { baseName, isWithin, parentFolder, resolvePath } from '../syntax/paths.ts';
import type { StageFiles, WriteRecord } from './records.ts';
import type { CommandFacts } from './shell-world.ts';
import { namesRelative, removedWords } from './system-commands.ts';
import { isForced } from './system-inputs.ts';
import type { Step, Understanding } from './understand.ts';

/** What a command does to files that the image, or a package, put where they are. */
export interface ImageChange {
  /** Paths and patterns that it takes away. */
  readonly takes: readonly string[];
  /** Whether it gives one of them an owner or a mode. */
  readonly gives: boolean;
  /** What it takes away may be the work of the stage as well. */
  readonly isDoubtful: boolean;
}

/** Folders in which a distribution has files: https://refspecs.linuxfoundation.org/FHS_3.0/fhs/ch03.html */
const DISTRIBUTIONS_OWN = /^\/(bin|etc|lib|lib32|lib64|libx32|opt|root|run|sbin|tmp|usr|var)(\/|$)/;
/** What nothing misses: caches, documentation, homes, and folders that are empty until somebody works there. */
const IDLE =
  /^\/(run|tmp|var\/(cache|tmp|run|lib\/(apk|apt|dpkg))|usr\/(local\/)?src|usr\/share\/(doc|groff|info|lintian|locale|man)|root)(\/|$)/;
/** Where images have files that change what a service does, whether or not anybody names them. */
const SETTINGS = /^\/(etc|usr\/share\/nginx)\/./;
/** Folders that packages of a distribution leave alone. */
const LOCAL = /^\/(opt|usr\/local)(\/|$)/;
/** Folders that people unpack into, and images rarely have anything in. */
const OPEN = /^\/(opt|usr\/local|var\/www)\/[^/]+$/;
/** Above these, what is thinned out is the tidying of a whole system. */
const BROAD = new Set(['/', '/lib', '/opt', '/usr', '/usr/lib', '/usr/local', '/usr/local/lib', '/usr/share', '/var']);
/** What is done to some files below these (`find / -perm /6000 -exec chmod a-s {} +`) is done to the image's own, whatever the stage put there. */
const SYSTEM_WIDE = /^\/((usr\/)?(bin|sbin|lib)|etc|usr|var)?$/;
const BARE = new Set(['alpine', 'debian', 'ubuntu', 'busybox']);

const CHANGING = new Set(['deletes', 'moves', 'thins', 'owns']);
const UNCHANGED: ImageChange = { takes: [], gives: false, isDoubtful: false };

/** Where a command runs. */
interface Surroundings {
  readonly image: ImageFacts;
  readonly files: StageFiles;
  /** Packages were installed by then. */
  readonly installs: boolean;
  readonly isMadeAgain: (path: string) => boolean;
  /** The runtime stage stands on another image. */
  readonly isOther: boolean;
  readonly copiedBy: Understanding['copiedBy'];
}

/** What a command changes among the files that no step of the stage made, or that the runtime stage makes again. */
export function imageChange(command: CommandFacts, step: Step, around: Surroundings): ImageChange {
  const { image, files, installs, isMadeAgain, isOther, copiedBy } = around;
  if (!command.effects.some(({ kind }) => CHANGING.has(kind))) return UNCHANGED;
  const earlier = files.history.filter((record) => isEarlier(record, command, step));
  // Of a folder that was taken away as a whole nothing of the image is left.
  const clock = earlier.reduce((last, { order }) => Math.max(last, order + 1), 0);
  const isEmptied = (path: string): boolean =>
    files.removals.some(
      (one) =>
        one.certain && one.thins === null && one.before <= clock && one.path !== path && isWithin(path, one.path),
    );
  const isOwn = (path: string): boolean => isImages(path, image, earlier) && !isEmptied(path);
  // What a COPY merged into a folder of settings may not be all that lies there.
  const isLeft = (path: string): boolean =>
    SETTINGS.test(path) &&
    !namesRelative(command) &&
    !isEmptied(path) &&
    isImages(path, image, []) &&
    !isMadeOutright(path, earlier);
  // The folder that a COPY filled is copied as the build leaves it, without what was moved or taken away again.
  const isBrought = (path: string): boolean =>
    earlier.some(
      ({ command, step, path: at, tree }) =>
        command === null &&
        step.copy !== null &&
        (at === path || (tree && isWithin(path, at) && brings(copiedBy(step.index), at, path) !== false)),
    );
  const takes = command.effects.flatMap((effect) => {
    if (effect.kind === 'deletes' && !isWrittenLater(effect.path, files)) return [effect.path];
    if (effect.kind === 'moves' && !isFilled(effect.from, earlier) && !namesRelative(command))
      return isBrought(effect.from) && !SETTINGS.test(effect.from) ? [] : [effect.from];
    return effect.kind === 'thins' && !isTool(effect.path, image) && !BROAD.has(effect.path) ? [effect.path] : [];
  });
  const isRemoved = (path: string): boolean =>
    command.effects.some((effect) => effect.kind === 'deletes' && effect.path === path);
  const gives = command.effects.some(
    (effect) =>
      effect.kind === 'owns' &&
      // A pattern in a folder means what the stage put there, where it did.
      (effect.owner !== null ||
        effect.mode !== null ||
        (effect.recursive && SYSTEM_WIDE.test(effect.path)) ||
        !isMade(effect.path, earlier)) &&
      (isDistributionFolder(effect.path) ||
        (effect.path === image.workdir && !(isOther && image.toolchain && image.interpreter === null)) ||
        (isOwn(effect.path) && !isMade(effect.path, earlier))),
  );
  const isSite = isWithin(image.workdir, '/var/www') || installs;
  const isBuilds = (path: string): boolean =>
    IDLE.test(path) || (OPEN.test(path) && isFilled(path, earlier)) || (!isSite && isWithin(path, '/var/www'));
  return {
    takes: takes.filter(
      (path) => isMadeAgain(path) || (!isBuilds(path) && (isOwn(path) || (isRemoved(path) && isLeft(path)))),
    ),
    gives,
    isDoubtful: takes.some((path) => isFilled(path, earlier) || isBrought(path)),
  };
}

/** A COPY into the folder brings the path along; null where the build context does not tell. */
function brings(copied: ImageFiles, folder: string, path: string): boolean | null {
  if (copied.list(folder) === null) return null;
  const names = copied.list(parentFolder(path)) ?? [];
  return names.includes(baseName(path)) || names.includes(`${baseName(path)}/`);
}

/** Something that the stage put there lies at the path, below it, or may. */
const isMade = (path: string, earlier: readonly WriteRecord[]): boolean =>
  earlier.some((record) => isWithin(record.path, path) || (record.tree && isWithin(path, record.path)));

/** A step put this very path there, or a command the folder that it lies in. */
const isMadeOutright = (path: string, earlier: readonly WriteRecord[]): boolean =>
  earlier.some(
    ({ command, path: made }) => path === made || (command !== null && !isStandardFolder(made) && isWithin(path, made)),
  );

/** A command of the stage put files of any name there. */
const isFilled = (path: string, earlier: readonly WriteRecord[]): boolean =>
  earlier.some(({ command, tree, path: folder }) => command !== null && tree && isWithin(path, folder));

const isEarlier = (record: WriteRecord, { span }: CommandFacts, step: Step): boolean =>
  record.step.index < step.index ||
  (record.step === step && record.command !== null && record.command.span.start < span.start);

/** The path is made anew behind its removal: what is carried takes the place of the image's own. */
const isWrittenLater = (path: string, { records }: StageFiles): boolean =>
  records.some((record) => record.path === path && !record.tree);

/** A folder in which the image has files of its own, beside what the stage put there; those that people unpack into rarely have any. */
export const holdsImages = (path: string, image: ImageFacts, { history }: StageFiles): boolean =>
  !LOCAL.test(path) && !isWithin(path, '/var/www') && isImages(path, image, history);

const isTool = (path: string, { toolchainTrees }: ImageFacts): boolean =>
  toolchainTrees.some((tree) => isWithin(path, tree) || isWithin(tree, path));

/** The path may have been in the image: it lies where images have files, and in no folder that the stage made. */
function isImages(path: string, image: ImageFacts, earlier: readonly WriteRecord[]): boolean {
  const isInWorkdir = image.workdir !== '/' && isWithin(path, image.workdir);
  if (!DISTRIBUTIONS_OWN.test(path) && !isInWorkdir) return false;
  if (image.toolchain && image.interpreter === null && (isTool(path, image) || isInWorkdir)) return false;
  if (BARE.has(image.family) && LOCAL.test(path)) return false;
  const isShared = (folder: string): boolean => isStandardFolder(folder) || folder === image.workdir;
  const made = [...earlier.map((record) => record.path), ...earlier.flatMap(({ step }) => step.before.workdir ?? [])];
  return !made.some((folder) => isWithin(path, folder) && !isShared(folder));
}

/**
 * What has to be changed in the words of a `rm` that runs again for the sake of the image's own files: those of the build
 * go, and so that it does not fail on an image without such a file, it is told to go on.
 */
export function removalWords(
  command: CommandFacts,
  { takes, isDoubtful }: ImageChange,
  mayLack: boolean,
): { readonly dropped: readonly Span[]; readonly force: Span | null } {
  const operands = removedWords(command);
  const own = operands.filter(({ path }) => takes.includes(path));
  const isPlain = baseName(command.argv[0] ?? '') === 'rm' && own.length > 0;
  return {
    dropped: own.length === 0 ? [] : operands.filter((one) => !own.includes(one)).map(({ span }) => span),
    force: isPlain && (mayLack || isDoubtful) && !isForced(command) ? (command.words[0] ?? null) : null,
  };
}

/**
 * A file that the command fails without, or adds to, that the stage did not make and that not every image has; null where
 * there is none. `text` is the command as it is written.
 */
export function neededFile(
  command: CommandFacts,
  text: string,
  step: Step,
  image: ImageFacts,
  files: StageFiles,
): string | null {
  const earlier = files.history.filter((record) => isEarlier(record, command, step));
  const isAdding = />>|\btee\s+(-a|--append)\b/.test(text);
  // `install -d` gives away what it makes itself.
  const own = command.effects.flatMap((effect) =>
    effect.kind === 'makes-folder' || effect.kind === 'writes' ? [effect.path] : [],
  );
  const needed = command.effects.flatMap((effect) => {
    if (effect.kind === 'moves' || effect.kind === 'copies') return [effect.from];
    if (effect.kind === 'writes' || effect.kind === 'links')
      return [isAdding && effect.kind === 'writes' ? effect.path : parentFolder(effect.path)];
    if (/^(reads|owns|thins)$/.test(effect.kind)) return 'path' in effect ? [effect.path] : [];
    return effect.kind === 'deletes' && !isForced(command) ? [effect.path] : [];
  });
  return (
    needed.find(
      (path) =>
        isImages(path, image, earlier) &&
        !own.includes(path) &&
        !EVERYWHERE.test(path) &&
        !isFolderOfEssentials(path, image) &&
        !isEssential(image, PROGRAM.exec(path)?.[1] ?? '') &&
        !isDistributionFolder(path) &&
        path !== image.workdir &&
        !isMade(path, earlier),
    ) ?? null
  );
}

const PROGRAM = /^(?:\/usr)?\/s?bin\/([^/]+)$/;

/** Files of Debian's base-files, base-passwd and login, which Alpine's baselayout has as well, and folders around them. */
const EVERYWHERE =
  /^\/(dev|proc|run|sys|root|tmp|var\/(cache|run|tmp)|etc\/(apk|apt|group|hosts|issue|motd|os-release|passwd|profile|profile\.d|shadow|shells))(\/|$)/;

/** Folders for files of one's own that packages of priority required bring to Debian and Ubuntu: `dpkg -S` of bookworm-slim. */
const ESSENTIAL_FOLDERS =
  /^\/etc\/(alternatives|cron\.daily|default|dpkg|ld\.so\.conf\.d|logrotate\.d|pam\.d|security|skel|update-motd\.d)$/;

const isFolderOfEssentials = (path: string, { distribution }: ImageFacts): boolean =>
  (distribution === 'debian' || distribution === 'ubuntu') && ESSENTIAL_FOLDERS.test(path);

/** Folders outside of those that images fill, but for what the stage puts there. */
const UNFILLED =
  /^\/((?:opt|srv|mnt|home)\/.|(?!(?:bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/|$)))/;

/**
 * The words of a `chown` or `chmod` that runs again for the sake of the image's own files, of which the runtime stage has
 * none yet: what the build makes is copied there behind it, and given away by itself.
 */
export function absentWords(
  command: CommandFacts,
  step: Step,
  image: ImageFacts,
  { history }: StageFiles,
  isMadeAgain: (path: string) => boolean,
): Span[] {
  const earlier = history.filter((record) => isEarlier(record, command, step));
  const owned = command.effects.flatMap((effect) => (effect.kind === 'owns' ? [resolvePath('/', effect.path)] : []));
  const isAbsent = (path: string): boolean => {
    const made = earlier.filter((record) => isMade(path, [record]));
    const own = [image.workdir, image.environment ?? '/', ...image.toolchainTrees];
    return (
      UNFILLED.test(path) &&
      made.some((record) => isWithin(record.path, path)) &&
      own.every((one) => one === '/' || (!isWithin(one, path) && !isWithin(path, one))) &&
      !isMadeAgain(path)
    );
  };
  const absent = owned.filter(isAbsent);
  if (absent.length === owned.length) return [];
  return command.argv.flatMap((word, index) => {
    const span = command.words[index];
    const path = word === null || word === '' || command.cwd === null ? null : resolvePath(command.cwd, word);
    return index > 0 && span !== undefined && path !== null && absent.includes(path) ? [span] : [];
  });
}
