import type { ImageFacts } from '../knowledge/image.ts';
import { isStandardFolder } from '../knowledge/standard-folders.ts';
import { isWithin, parentFolder } from '../syntax/paths.ts';
import type { Carry } from './carry.ts';
import { modesOnTop, playRights, type RightsSource } from './folder-rights.ts';
import { statedHomes } from './homes.ts';
import type { Ownership, StageFiles } from './records.ts';
import { type Restated, runsAgain } from './restated.ts';
import type { Step } from './understand.ts';

/** A folder whose owner or mode the runtime stage has to set. */
export interface Restored {
  readonly path: string;
  readonly owner: string | null;
  /** What `chmod` is told, one after the other. */
  readonly modes: readonly string[];
  /** Whose owner was meant to be that of what lies in it too, which is made again with it. */
  readonly ownsAll: boolean;
  /** The same of the mode. */
  readonly modesAll: boolean;
  /** Only a later instruction makes the folder in the runtime stage, for root. */
  readonly isMissing: boolean;
}

interface Situation extends RightsSource {
  readonly carries: readonly Carry[];
  /** A file of the build context is known to lie there. */
  readonly isFile: (path: string) => boolean;
  /** The image may have files of its own in the folder. */
  readonly holdsImages: (path: string) => boolean;
  /** Accounts of the image itself. */
  readonly accounts: readonly string[];
  /** The folder that the container starts in. */
  readonly final: string | null;
  /** Who starts it. */
  readonly user: string | null;
  /** The folder that the image starts in, which is there with its owner. */
  readonly workdir: string;
  /** A folder that the image fills itself, with those in it. */
  readonly environment: string | undefined;
  /** Folders that either image has, with their owners. */
  readonly imageFolders: readonly string[];
  readonly restated: readonly Restated[];
}

/**
 * Owner and mode of carried folders themselves: COPY makes a folder as root's and 0755, but leaves one alone that is there
 * already, and keeps both of everything inside. Each folder is played through the file as the build stage does it, and as the
 * runtime stage does it; where they end differently, the runtime stage sets what the build stage ended with.
 */
export function restoredFolders(situation: Situation): Restored[] {
  const { carries, files, steps, isFile, final, user, restated } = situation;
  const play = playRights(situation);
  const again = new Set(
    files.ownerships.filter(({ step, command }) =>
      restated.some((run) => run.step === step && runsAgain(run, command)),
    ),
  );
  const given = files.ownerships.filter(({ step }) => steps.includes(step));
  const folders = carries.filter(({ path }) => !isFile(path) && isFolder(path, files)).map(({ path }) => path);
  const around = carries.flatMap(({ path }) => foldersAround(path));
  const made = given.filter((one) => !again.has(one)).flatMap((one) => madeAgain(one, restated));
  const itself = given
    .filter(({ inside }) => !inside)
    .map(({ path }) => withoutSlash(path))
    .filter((path) => folders.includes(path) || carries.some((one) => one.path !== path && isWithin(one.path, path)));
  // Standard folders of another image are given away with what is around them: /go/bin.
  const between = given
    .filter((one) => one.recursive && !again.has(one))
    .flatMap(({ path }) => carries.flatMap((one) => foldersBetween(withoutSlash(path), one.path)));
  // WORKDIR makes the start folder and those around it.
  const start =
    final === null || carries.some((one) => isWithin(final, one.path)) ? [] : [final, ...foldersAround(final)];
  const onlyEntered = new Set(start.filter((path) => path === final || !around.includes(path)));
  // Whoever starts as root writes in them whosoever they are.
  const isRoot = /^(root|0)?$/.test(user ?? '');
  const found: Restored[] = [];
  // `mkdir -p` makes the folders around one as well.
  const all = [...folders, ...around, ...between, ...made, ...made.flatMap(foldersAround), ...itself, ...start];
  for (const path of [...new Set(all)].sort()) {
    // What no step made was there when a command ran again for it: it would have failed.
    const isRoots = !exists(path, situation) && madeByRoot(path, situation);
    const isThere =
      isRoots ||
      exists(path, situation) ||
      (given.some((one) => again.has(one) && !one.inside && withoutSlash(one.path) === path) &&
        !files.history.some((record) => isWithin(path, record.path)));
    const carry = folders.includes(path) ? carries.find((one) => one.path === path) : undefined;
    const {
      rights,
      again: now,
      ownsAll,
      modesAll,
      isSet,
    } = play({
      path,
      isAgain: (one) => isThere && again.has(one),
      isRoots,
      writer: steps.find(({ instruction }) => instruction === carry?.writer),
      ignoresTrees: isRoot && carry === undefined,
    });
    if (onlyEntered.has(path) && !isSet) continue;
    const had = isThere ? now : { owner: null, modes: [] };
    const owner = isSameOwner(rights.owner, had.owner) ? null : (rights.owner ?? 'root');
    const modes = modesOnTop(had.modes, rights.modes);
    const isMade = made.includes(path) || isWhole(path, situation);
    if (owner !== null || modes.length > 0)
      found.push({
        path,
        owner,
        modes,
        ownsAll: isMade && ownsAll,
        modesAll: isMade && modesAll,
        isMissing: start.includes(path) && !isThere && !isEntered(path, situation),
      });
  }
  return found
    .map((one) => withoutInherited(one, found))
    .filter(({ owner, modes }) => owner !== null || modes.length > 0);
}

/** The image's own files in a folder were given away with it, and nothing that lies there changed behind that. */
function isWhole(path: string, { files, steps, carries, holdsImages }: Situation): boolean {
  const given = files.ownerships.filter(({ step, path: own }) => steps.includes(step) && isWithin(own, path));
  const last = given.findLast((one) => withoutSlash(one.path) === path && one.recursive);
  return (
    last !== undefined &&
    holdsImages(path) &&
    !carries.some((one) => isWithin(path, one.path)) &&
    given.every(({ order }) => order <= last.order) &&
    !files.history.some((record) => record.order > last.order && isWithin(record.path, path))
  );
}

/** What lies in a folder that is given away with all that is in it is given away with it. */
function withoutInherited(one: Restored, all: readonly Restored[]): Restored {
  const above = all.filter((other) => other !== one && isWithin(one.path, other.path));
  const isOwned = above.some((other) => other.ownsAll && other.owner === one.owner);
  const isOpened = above.some((other) => other.modesAll && other.modes.join() === one.modes.join());
  return { ...one, owner: isOwned ? null : one.owner, modes: isOpened ? [] : one.modes };
}

/** How the author's own RUNs become root where the image starts as somebody else, on an image that lets them. */
export function rootPrefix(steps: readonly Step[], { user, programs }: ImageFacts): string {
  if (/^(root|0)?$/.test(user) || !programs.includes('sudo')) return '';
  if (steps.some(({ instruction }) => instruction.keyword === 'USER')) return '';
  const asks = steps.some(
    ({ instruction }) => instruction.keyword === 'RUN' && /(^|[\s;&|(])sudo\s+[a-z]/.test(instruction.rest.text),
  );
  return asks ? 'sudo ' : '';
}

const withoutSlash = (path: string): string => path.replace(/(?<=.)\/$/, '');

const isRootOwner = (owner: string | null): boolean => owner === null || /^(root|0)(:(root|0)?)?$/.test(owner);

const isSameOwner = (one: string | null, other: string | null): boolean =>
  one === other || (isRootOwner(one) && isRootOwner(other));

/** The folders above a path that no distribution brings. */
function foldersAround(path: string): string[] {
  const found: string[] = [];
  for (let at = parentFolder(path); !isStandardFolder(at); at = parentFolder(at)) found.push(at);
  return found;
}

/** The folders in which a path lies, below another one. */
function foldersBetween(above: string, path: string): string[] {
  const found: string[] = [];
  for (let at = parentFolder(path); at !== above && isWithin(at, above); at = parentFolder(at)) found.push(at);
  return found;
}

/** The runtime stage has the folder before anything is copied into it, with the owner that it had in the build stage. */
function exists(path: string, situation: Situation): boolean {
  const { steps, accounts, workdir, environment, imageFolders, restated } = situation;
  return (
    isHome(path, steps, accounts) ||
    isWithin(workdir, path) ||
    path === environment ||
    parentFolder(path) === environment ||
    imageFolders.includes(path) ||
    madeByUser(path, situation) ||
    restated.some((run) => run.writes.some((written) => isWithin(written, path)))
  );
}

/** What the runtime stage makes itself, where the command that gave it away does not run again. */
function madeAgain({ step, recursive, inside, path: given }: Ownership, restated: readonly Restated[]): string[] {
  const path = withoutSlash(given);
  const earlier = restated.filter((run) => run.step.index <= step.index);
  const gone = earlier.flatMap((run) =>
    run.step.commands
      .filter((command) => runsAgain(run, command))
      .flatMap(({ effects }) =>
        effects.flatMap((effect) =>
          effect.kind === 'moves' ? [effect.from] : effect.kind === 'deletes' ? [effect.path] : [],
        ),
      ),
  );
  const made = earlier.flatMap(({ writes }) => writes).filter((one) => !gone.some((other) => isWithin(one, other)));
  const meant = made.filter((one) => (recursive ? isWithin(one, path) && !(inside && one === path) : one === path));
  return [...new Set(meant)].filter((one) => !meant.some((other) => other !== one && isWithin(one, other)));
}

/** The runtime stage makes the folder by a WORKDIR of the build, or by a copy into it. */
const isEntered = (path: string, { steps, carries, restated }: Situation): boolean =>
  steps.some(({ after }) => after.workdir !== null && isWithin(after.workdir, path)) ||
  carries.some((one) => isWithin(one.path, path)) ||
  restated.some((run) => run.writes.some((written) => isWithin(written, path)));

/** A WORKDIR makes the folder in the runtime stage as well, for root. */
const madeByRoot = (path: string, { steps }: Situation): boolean =>
  steps.some(
    ({ instruction, after }) =>
      instruction.keyword === 'WORKDIR' && after.workdir === path && /^(root|0)?$/.test(after.user ?? ''),
  );

/**
 * For whoever USER names it does so only where neither is changed behind it: BuildKit makes the folder, and those around it,
 * for the user in force.
 */
const madeByUser = (path: string, { steps, final }: Situation): boolean =>
  final === path &&
  steps.some(
    ({ index, instruction, after }) =>
      instruction.keyword === 'WORKDIR' &&
      after.workdir === path &&
      !steps.some((later) => later.index > index && later.instruction.keyword === 'USER'),
  );

/** The home folder of an account that is there, or is made again. */
function isHome(path: string, steps: readonly Step[], accounts: readonly string[]): boolean {
  if (statedHomes(steps).includes(path)) return true;
  const name = /^\/home\/([^/]+)$/.exec(path)?.[1];
  if (name === undefined) return false;
  return (
    accounts.includes(name) ||
    steps.some(({ commands }) =>
      commands.some(({ argv, effects }) => argv.includes(name) && effects.some(({ kind }) => kind === 'accounts')),
    )
  );
}

/** Not known to be a file. */
function isFolder(path: string, { records }: StageFiles): boolean {
  return !records.some(
    (record) =>
      record.path === path &&
      !record.tree &&
      !record.command?.effects.some((effect) => effect.kind === 'makes-folder' && effect.path === path),
  );
}
