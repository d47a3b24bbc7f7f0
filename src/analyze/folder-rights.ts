import type { BuildEffect } from '../knowledge/ecosystem.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import { isDistributionFolder } from '../knowledge/standard-folders.ts';
import { isWithin } from '../syntax/paths.ts';
import { accountOf } from './homes.ts';
import type { Ownership, StageFiles, WriteRecord } from './records.ts';
import { presence, type Removal } from './removals.ts';
import type { CommandFacts } from './shell-world.ts';
import type { Step } from './understand.ts';

/** Whose a folder is and who may what in it. */
export interface Rights {
  /** As `chown` takes it; null for root's. */
  readonly owner: string | null;
  /** What `chmod` is told one after the other; none for 0755. */
  readonly modes: readonly string[];
}

/** The rights of a folder where the build stage ends. */
export interface FolderRights {
  readonly rights: Rights;
  /** Those it would have if only the commands had run that run again in the runtime stage. */
  readonly again: Rights;
  /** The last command that gave it an owner meant all that lies in it as well. */
  readonly ownsAll: boolean;
  /** The same of its mode. */
  readonly modesAll: boolean;
  /** A command set its owner or mode. */
  readonly isSet: boolean;
}

/** What happens to the folders of the build stage, in the order of the file. */
type Event =
  | { readonly kind: 'enters'; readonly step: Step; readonly folder: string }
  | { readonly kind: 'copies' | 'writes'; readonly record: WriteRecord }
  | { readonly kind: 'sets'; readonly ownership: Ownership }
  | { readonly kind: 'removes'; readonly removal: Removal };

export interface RightsSource {
  readonly files: StageFiles;
  /** The steps of the build stage. */
  readonly steps: readonly Step[];
  readonly accountNumbers: ImageFacts['accountNumbers'];
  /** The folder lies in what that step copies from the build context; null where the context does not tell. */
  readonly isCopied: (folder: string, step: Step) => boolean | null;
}

/** What is asked of one folder. */
export interface RightsQuery {
  readonly path: string;
  /** The command that sets rights runs again in the runtime stage, and means this folder there. */
  readonly isAgain: (ownership: Ownership) => boolean;
  /** The runtime stage makes it for root, whoever made it in the build stage. */
  readonly isRoots: boolean;
  /** Where nothing in the file is known to make it: the step that wrote what is carried, if any. */
  readonly writer: Step | undefined;
  /** A folder that only lies around what is carried is not asked for the flags of a COPY of all around it. */
  readonly ignoresTrees: boolean;
}

const ROOTS: Rights = { owner: null, modes: [] };

/** Reads the file once; what comes back plays it for one folder. */
export function playRights(source: RightsSource): (query: RightsQuery) => FolderRights {
  const events = eventsOf(source);
  return (query) => played(events, source, query);
}

function eventsOf({ files, steps }: RightsSource): Event[] {
  const timed: { readonly order: number; readonly rank: number; readonly event: Event; readonly step: Step | null }[] =
    [
      ...files.removals.map((removal) => ({
        order: removal.before,
        rank: 0,
        event: { kind: 'removes', removal } as const,
        step: null,
      })),
      ...files.ownerships.map((ownership) => ({
        order: ownership.order,
        rank: 1,
        event: { kind: 'sets', ownership } as const,
        step: ownership.step,
      })),
      ...files.history.map((record) => ({
        order: record.order,
        rank: 1,
        event: { kind: record.step.copy === null ? 'writes' : 'copies', record } as const,
        step: record.step,
      })),
    ];
  timed.sort((a, b) => a.order - b.order || a.rank - b.rank);
  const entered = steps.filter(({ instruction, after }) => instruction.keyword === 'WORKDIR' && after.workdir !== null);
  const events: Event[] = [];
  let next = 0;
  const enter = (before: number): void => {
    for (; next < entered.length && (entered[next] as Step).index < before; next++) {
      const step = entered[next] as Step;
      events.push({ kind: 'enters', step, folder: step.after.workdir as string });
    }
  };
  const isBuilt = new Set(steps);
  for (const { event, step } of timed) {
    if (step !== null && !isBuilt.has(step)) continue;
    if (step !== null) enter(step.index);
    events.push(event);
  }
  enter(Number.POSITIVE_INFINITY);
  return events;
}

function played(events: readonly Event[], source: RightsSource, query: RightsQuery): FolderRights {
  const { path, isAgain, isRoots, writer, ignoresTrees } = query;
  const isMaker = (event: Event): boolean =>
    (event.kind === 'enters' && isWithin(event.folder, path)) ||
    ((event.kind === 'writes' || event.kind === 'copies') && isWithin(event.record.path, path)) ||
    (event.kind === 'copies' && covers(event.record, path, source) !== false) ||
    (event.kind === 'writes' && takenFrom(event.record, path) !== null);
  // Folders of every image are there, as root's; what else nothing makes is the image's, or whoever wrote there made it.
  const isOthers = !events.some(isMaker);
  let there = isDistributionFolder(path) || (isOthers && writer === undefined);
  let rights = ROOTS;
  let again = ROOTS;
  let ownsAll = false;
  let modesAll = false;
  let isSet = false;
  const make = (made: Rights): void => {
    there = true;
    rights = made;
    again = isRoots ? ROOTS : made;
  };
  for (const event of events) {
    if (event.kind === 'enters') {
      if (!there && isWithin(event.folder, path)) make({ owner: ownerOf(event.step, source), modes: [] });
    } else if (event.kind === 'removes') {
      if (event.removal.certain && presence(path, -1, [event.removal]) === 'gone') there = false;
    } else if (event.kind === 'sets') {
      const { owner, mode, recursive, inside, ...own } = event.ownership;
      const meant = own.path.replace(/(?<=.)\/$/, '');
      const isItself = meant === path && !inside;
      if (isOthers && !there && writer !== undefined && own.step.index >= writer.index)
        make(madeBy(writer, path, source));
      if (!isItself && !(recursive && there && path !== meant && isWithin(path, meant))) continue;
      there = true;
      isSet = true;
      rights = withRights(rights, owner, mode);
      if (owner !== null) ownsAll = recursive;
      if (mode !== null) modesAll = recursive;
      if (isAgain(event.ownership)) again = withRights(again, owner, mode);
    } else if (event.kind === 'copies') {
      const { record } = event;
      const { copy } = record.step;
      const flags = { owner: chowned(copy?.owner ?? null), modes: copy?.mode == null ? [] : [copy.mode] };
      const covered = covers(record, path, source);
      if (covered === true && (there ? !ignoresTrees : true)) make(ignoresTrees ? ROOTS : flags);
      else if (!there && covered === null) make(ignoresTrees ? ROOTS : flags);
      else if (!there && isWithin(record.path, path)) make(flags);
    } else if (!there) {
      const { record } = event;
      const from = takenFrom(record, path);
      if (from !== null) make(transferred(from, record, event, events, source));
      else if (isWithin(record.path, path)) make({ owner: ownerOf(record.step, source, record.command), modes: [] });
    }
  }
  if (isOthers && !there && writer !== undefined) make(madeBy(writer, path, source));
  return { rights, again, ownsAll, modesAll, isSet };
}

/** The rights of what a step wrote that is not told to make the folder. */
function madeBy(step: Step, path: string, source: RightsSource): Rights {
  if (step.copy === null) return { owner: ownerOf(step, source), modes: [] };
  const { target, owner, mode } = step.copy;
  return target !== null && isWithin(path, target)
    ? { owner: chowned(owner), modes: mode === null ? [] : [mode] }
    : ROOTS;
}

/**
 * Whether a COPY of a folder brings this one along, below its target; null where that cannot be told. BuildKit gives a folder
 * that is there already to the owner of the COPY as well, but not the target itself.
 */
function covers({ path: at, tree, step }: WriteRecord, path: string, { isCopied }: RightsSource): boolean | null {
  if (!tree || path === at || !isWithin(path, at)) return false;
  return isCopied(path, step);
}

type Transfer = Extract<BuildEffect, { kind: 'copies' | 'moves' }>;

/** Where the folder was before `mv` or `cp` put it, or what it lies in, there. */
function takenFrom({ path: to, command }: WriteRecord, path: string): { effect: Transfer; from: string } | null {
  if (command === null || !isWithin(path, to)) return null;
  const name = to.slice(to.lastIndexOf('/') + 1);
  const effect = command.effects.find(
    (one): one is Transfer =>
      (one.kind === 'copies' || one.kind === 'moves') &&
      (isWithin(to, one.to.replace(/(?<=.)\/$/, '')) || one.to.endsWith(`/${name}`)),
  );
  return effect === undefined ? null : { effect, from: effect.from.replace(/(?<=.)\/$/, '') + path.slice(to.length) };
}

/** `mv` keeps owner and mode, `cp` the mode alone, unless it is told to keep both. */
function transferred(
  { effect, from }: { readonly effect: Transfer; readonly from: string },
  { step, command }: WriteRecord,
  event: Event,
  events: readonly Event[],
  source: RightsSource,
): Rights {
  const before = events.slice(0, events.indexOf(event));
  const query = { path: from, isAgain: () => false, isRoots: false, writer: undefined, ignoresTrees: false };
  const { rights } = played(before, source, query);
  return effect.kind === 'moves' || effect.keepsOwner === true
    ? rights
    : { owner: ownerOf(step, source, command), modes: rights.modes };
}

function withRights({ owner: old, modes }: Rights, owner: string | null, mode: string | null): Rights {
  return { owner: mergedOwner(old, owner), modes: mode === null ? modes : withMode(modes, mode) };
}

const isNumber = (mode: string): boolean => /^[0-7]+$/.test(mode);

/** A number replaces what was set before; what is told in letters adds to it. */
function withMode(modes: readonly string[], mode: string): readonly string[] {
  if (isNumber(mode)) return /^0?[0-7]{3,4}$/.test(mode) ? [mode] : modes;
  return !/[rwxst]/.test(mode) || modes.at(-1) === mode ? modes : [...modes, mode];
}

/** What `chmod` is told on top of the first of two, so that the second comes out; letters are told together. */
export function modesOnTop(first: readonly string[], second: readonly string[]): readonly string[] {
  const isBegun = first.every((mode, index) => mode === second[index]);
  const told: string[] = [];
  for (const mode of isBegun ? second.slice(first.length) : second) {
    const last = told.at(-1);
    if (last === undefined || isNumber(last)) told.push(mode);
    else told[told.length - 1] = `${last},${mode}`;
  }
  return told;
}

/** `chgrp` behind `chown` changes the group alone, and the other way round. */
function mergedOwner(old: string | null, next: string | null): string | null {
  if (old === null || next === null) return next ?? old;
  const [user = '', group] = old.split(':');
  if (next.startsWith(':')) return `${user}${next}`;
  return next.includes(':') || group === undefined ? next : `${next}:${group}`;
}

/**
 * `COPY --chown=name` gives the name's own group, `--chown=1000` the group of that number (seen on BuildKit), where `chown`
 * leaves the group alone.
 */
const chowned = (owner: string | null): string | null =>
  owner === null || /[:$]/.test(owner) ? owner : /^\d+$/.test(owner) ? `${owner}:${owner}` : `${owner}:`;

/** Who owns what a RUN makes: `name:` gives the group of the account along, a number stands for no account to `chown`. */
function ownerOf(
  { before }: Step,
  { steps, accountNumbers }: Pick<RightsSource, 'steps' | 'accountNumbers'>,
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
