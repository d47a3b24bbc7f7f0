import type { ImageFacts } from '../knowledge/image.ts';
import { isStandardFolder } from '../knowledge/standard-folders.ts';
import { isWithin, parentFolder } from '../syntax/paths.ts';
import type { Carry } from './carry.ts';
import { accountOf, statedHomes } from './homes.ts';
import type { Ownership, StageFiles } from './records.ts';
import type { CommandFacts } from './shell-world.ts';
import { type Restated, runsAgain } from './system.ts';
import type { Step } from './understand.ts';

/** A folder whose owner or mode the runtime stage has to set. */
export interface Restored {
  readonly path: string;
  readonly owner: string | null;
  readonly mode: string | null;
  /** Whose owner was meant to be that of what lies in it too, which is made again with it. */
  readonly ownsAll: boolean;
  /** The same of the mode. */
  readonly modesAll: boolean;
}

interface Situation {
  readonly carries: readonly Carry[];
  readonly files: StageFiles;
  /** The steps of the build stage. */
  readonly steps: readonly Step[];
  /** A file of the build context is known to lie there. */
  readonly isFile: (path: string) => boolean;
  /** Accounts of the image itself. */
  readonly accounts: readonly string[];
  readonly accountNumbers: ImageFacts['accountNumbers'];
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
 * already, and keeps both of everything inside.
 */
export function restoredFolders(situation: Situation): Restored[] {
  const { carries, files, steps, isFile, accounts, final, user, workdir, environment, imageFolders, restated } =
    situation;
  const found = new Map<string, Omit<Restored, 'path'>>();
  const note = (path: string, owner: string | null, mode: string | null, recursive = false): void => {
    const old = found.get(path);
    found.set(path, {
      owner: mergedOwner(old?.owner ?? null, owner),
      mode: mode ?? old?.mode ?? null,
      ownsAll: (recursive && owner !== null) || (old?.ownsAll ?? false),
      modesAll: (recursive && mode !== null) || (old?.modesAll ?? false),
    });
  };
  const exists = (path: string): boolean =>
    isHome(path, steps, accounts) ||
    isWithin(workdir, path) ||
    path === environment ||
    parentFolder(path) === environment ||
    imageFolders.includes(path) ||
    madeByWorkdir(path, situation) ||
    restated.some((run) => run.writes.includes(path));
  /** Where in the file something was first put there, or may have been: a carried folder is no older than what wrote it. */
  const firstAt = (folder: string): number => {
    const maker = steps.find(
      ({ instruction, after }) =>
        instruction.keyword === 'WORKDIR' && after.workdir !== null && isWithin(after.workdir, folder),
    );
    const own = files.history.find((record) => isWithin(record.path, folder));
    const carried = carries.filter(({ path }) => isWithin(path, folder)).map(({ writer }) => writer.span.start);
    const written = own === undefined ? carried : [(own.command?.span ?? own.step.instruction.span).start];
    return Math.min(...written, maker?.instruction.span.start ?? Number.POSITIVE_INFINITY);
  };
  const folders = carries.filter(({ path }) => !isFile(path) && isFolder(path, files));
  for (const { path, writer } of folders) {
    const step = steps.find(({ instruction }) => instruction === writer);
    if (step === undefined || exists(path)) continue;
    const maker = files.records.find((record) => record.path === path && record.step === step)?.command;
    if (step.copy === null) note(path, ownerOf(step, situation, maker), null);
    // The flags of a COPY are for the folders in what it copies as well.
    else if (step.copy.target !== null && isWithin(path, step.copy.target))
      note(path, chowned(step.copy.owner), step.copy.mode);
  }
  // Folders around what is carried were made by whoever wrote there first, with the flags of that COPY, if it was one.
  const around = new Set<string>();
  // Whoever starts as root writes in them whosoever they are.
  const isRoot = /^(root|0)?$/.test(user ?? '');
  for (const { path } of carries)
    for (let at = parentFolder(path); !isStandardFolder(at) && !exists(at) && !around.has(at); at = parentFolder(at)) {
      around.add(at);
      if (found.has(at)) continue;
      const first = files.history.find(
        (record) =>
          isWithin(record.path, at) ||
          (record.class === 'context' && record.tree && !isRoot && isWithin(at, record.path)),
      );
      if (first === undefined || !steps.includes(first.step)) break;
      const maker = workdirMaking(at, first.step, steps);
      if (maker !== undefined) {
        note(at, ownerOf(maker, situation), null);
        continue;
      }
      const { copy } = first.step;
      if (copy === null) note(at, ownerOf(first.step, situation, first.command), null);
      else note(at, chowned(copy.owner), copy.mode);
    }
  const given = new Set<string>();
  for (const ownership of files.ownerships) {
    const { step, owner, recursive } = ownership;
    const path = ownership.path.replace(/(?<=.)\/$/, '');
    const mode = /^0?[0-7]{3,4}$|[rwxst]/.test(ownership.mode ?? '') ? ownership.mode : null;
    if (!steps.includes(step)) continue;
    const runs = restated.some((run) => run.step === step && runsAgain(run, ownership.command));
    if (!runs)
      for (const one of madeAgain(ownership, path, restated)) {
        // `mkdir -p` makes the folders around it as well.
        for (
          let at = parentFolder(one);
          at !== '/' && isWithin(at, path) && (at !== path || !ownership.inside);
          at = parentFolder(at)
        )
          note(at, owner, mode);
        note(one, owner, mode, recursive);
      }
    // What no step made was there when the command ran again: it would have failed.
    const isThere = exists(path) || !files.history.some((record) => isWithin(path, record.path));
    const again = isThere && runs;
    if (
      !again &&
      !ownership.inside &&
      !isFile(path) &&
      ((path === final && !carries.some((one) => isWithin(path, one.path))) ||
        folders.some((one) => one.path === path) ||
        carries.some((one) => isBelow(one.path, path)))
    ) {
      note(path, owner, mode);
      given.add(path);
    }
    const start = final === null || carries.some((one) => isWithin(final, one.path)) ? [] : [final];
    const below = [...folders.map((folder) => folder.path), ...around, ...given, ...start];
    for (const one of recursive ? new Set(below) : [])
      if (
        isBelow(one, path) &&
        (given.has(one) || (firstAt(one) <= ownership.command.span.start && !(runs && exists(one))))
      )
        note(one, owner, mode);
  }
  return [...found]
    .map(([path, restored]) => ({ path, ...restored }))
    .filter(({ owner, mode }) => (owner !== null && !/^(root|0)(:(root|0)?)?$/.test(owner)) || mode !== null);
}

/** What the runtime stage makes itself, where the command that gave it away does not run again. */
function madeAgain({ step, recursive, inside }: Ownership, path: string, restated: readonly Restated[]): string[] {
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
  return [...new Set(meant)].filter((one) => !meant.some((other) => isBelow(one, other)));
}

/** `chgrp` behind `chown` changes the group alone, and the other way round. */
function mergedOwner(old: string | null, next: string | null): string | null {
  if (old === null || next === null) return next ?? old;
  const [user = '', group] = old.split(':');
  if (next.startsWith(':')) return `${user}${next}`;
  return next.includes(':') || group === undefined ? next : `${next}:${group}`;
}

const isBelow = (path: string, folder: string): boolean => path !== folder && isWithin(path, folder);

/**
 * `COPY --chown=name` gives the name's own group, `--chown=1000` the group of that number (seen on BuildKit), where `chown`
 * leaves the group alone.
 */
const chowned = (owner: string | null): string | null =>
  owner === null || /[:$]/.test(owner) ? owner : /^\d+$/.test(owner) ? `${owner}:${owner}` : `${owner}:`;

/** The WORKDIR that made the folder before anything was written in it. */
const workdirMaking = (folder: string, { index }: Step, steps: readonly Step[]): Step | undefined =>
  steps.find(
    ({ instruction, after, index: at }) =>
      instruction.keyword === 'WORKDIR' && at < index && after.workdir !== null && isWithin(after.workdir, folder),
  );

/**
 * A WORKDIR makes the folder in the runtime stage as well, for root; for whoever USER names it does so only where neither is
 * changed behind it: BuildKit makes the folder, and those around it, for the user in force.
 */
function madeByWorkdir(path: string, { steps, final }: Situation): boolean {
  return steps.some(({ index, instruction, after }) => {
    if (instruction.keyword !== 'WORKDIR' || after.workdir !== path) return false;
    const isRoots = after.user === null || /^(root|0)$/.test(after.user);
    const isLast =
      final === path && !steps.some((later) => later.index > index && later.instruction.keyword === 'USER');
    return isRoots || isLast;
  });
}

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

/** Who owns what a RUN makes: `name:` gives the group of the account along, a number stands for no account to `chown`. */
function ownerOf(
  { before }: Step,
  { steps, accountNumbers }: Pick<Situation, 'steps' | 'accountNumbers'>,
  maker?: CommandFacts | null,
): string | null {
  // `su app -c …` and its like have an account of their own.
  const isOther = maker != null && maker.user !== (before.user ?? 'root');
  const { user, group } = isOther ? { user: maker.user, group: null } : before;
  if (user === null || /^(root|0)$/.test(user)) return group === null || /^(root|0)$/.test(group) ? null : `:${group}`;
  if (group !== null) return `${user}:${group}`;
  const name = /^\d+$/.test(user) ? (accountOf(user, steps) ?? accountNumbers?.[user] ?? null) : user;
  return name === null ? user : `${name}:`;
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
