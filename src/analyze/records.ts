import type { BuildEffect, Linkage } from '../knowledge/ecosystem.ts';
import { isDistributionFolder, isScratchFolder } from '../knowledge/standard-folders.ts';
import { baseName, isWithin, parentFolder, resolvePath } from '../syntax/paths.ts';
import type { Mapping } from './image-files.ts';
import { knownFolders } from './known-folders.ts';
import { type Links, realPath } from './links.ts';
import { presence, type Removal, removedBy } from './removals.ts';
import type { CommandFacts } from './shell-world.ts';
import type { Step, Understanding } from './understand.ts';

export type RecordClass =
  | 'artifact'
  | 'program-folder'
  /** An artifact that was made again somewhere else. */
  | 'superseded'
  | 'dependencies'
  | 'in-place'
  | 'context'
  | 'data'
  | 'cache'
  | 'toolchain'
  | 'intermediate';

/** A path that a step leaves behind in the image. */
export interface WriteRecord {
  readonly path: string;
  readonly tree: boolean;
  readonly class: RecordClass;
  readonly step: Step;
  readonly command: CommandFacts | null;
  readonly linkage: Linkage | null;
  /** For `context`: what lies there. */
  readonly mapping: Mapping | null;
  /** For `context`: the file is not in the build context that was read. */
  readonly missing: boolean;
  /** Its place in the history: what is removed later may be meant. */
  readonly order: number;
}

/** Owner and mode that a command gives to a path. */
export interface Ownership {
  readonly path: string;
  readonly owner: string | null;
  readonly mode: string | null;
  readonly recursive: boolean;
  /** What lies in the folder is meant, not the folder itself. */
  readonly inside: boolean;
  readonly step: Step;
  readonly command: CommandFacts;
  /** Its place in the history. */
  readonly order: number;
}

/** What the stage leaves in its file system on top of the base image. */
export interface StageFiles {
  readonly records: readonly WriteRecord[];
  /** The same with what is deleted or moved away again. */
  readonly history: readonly WriteRecord[];
  readonly ownerships: readonly Ownership[];
  readonly removals: readonly Removal[];
  readonly links: Links;
  /** Folders that are made or entered for certain. */
  readonly folders: ReadonlySet<string>;
  /** Paths whose place cannot be told, with the command. */
  readonly unknown: readonly {
    readonly step: Step;
    readonly command: CommandFacts | null;
    readonly why: string;
    /** Its place in the history. */
    readonly order: number;
  }[];
}

/** Folders in which images leave nothing that their facts do not tell. */
const OWN_PARENTS: ReadonlySet<string> = new Set(['/', '/opt', '/srv']);

/** True for a path in a toolchain that the file itself put there. */
export function isInToolchain(path: string, records: readonly WriteRecord[]): boolean {
  return records.some((record) => record.class === 'toolchain' && isWithin(path, record.path));
}

/** `ADD sources.tar.gz /tmp/`, `rm -rf /tmp/*`: of what lay there nothing is left that anybody looks for. */
const isEmptied = ({ path, tree }: WriteRecord, removal: Removal): boolean =>
  tree && isScratchFolder(path) && removal.path === `${path}/*`;

/** Walks the steps and notes what is written, moved and deleted. */
export function stageFiles({ steps, image }: Understanding): StageFiles {
  let records: WriteRecord[] = [];
  const history: WriteRecord[] = [];
  const ownerships: Ownership[] = [];
  const unknown: { step: Step; command: CommandFacts | null; why: string; order: number }[] = [];
  const removals: Removal[] = [];
  // Counts what is written, known or not: a removal means what was there before it.
  let clock = 0;
  const links = new Map(Object.entries(image?.links ?? {}));
  // Those that are there for certain: what is named through them lies behind them.
  const sure = new Map(links);
  const placeOf = (path: string): string => realPath(path, sure);
  const made = new Set<string>();
  const folders = knownFolders();
  /** A folder that is moved to a place where nothing is takes its name, with a slash behind it or without. */
  const renames = (from: string, to: string): boolean => {
    const [source, place] = [from, to].map((path) => path.replace(/(?<=.)\/$/, '')) as [string, string];
    const isFolder = from.endsWith('/') || records.some((record) => record.tree && record.path === source);
    return (
      isFolder &&
      OWN_PARENTS.has(parentFolder(place)) &&
      folders.state(place) === 'gone' &&
      !records.some((record) => isWithin(record.path, place)) &&
      image !== null &&
      ![...image.toolchainTrees, ...image.volumes, image.workdir].some((path) => isWithin(path, place))
    );
  };
  const target = (from: string, to: string): string =>
    (to.endsWith('/') && !renames(from, to)) ||
    folders.state(to) === 'there' ||
    records.some((record) => record.tree && record.path === to) ||
    (records.some((record) => record.class === 'context' && isWithin(record.path, to)) && to !== from)
      ? resolvePath(to, baseName(from.replace(/\/$/, '')))
      : to.replace(/(?<=.)\/$/, '');
  for (const step of steps) {
    for (const { workdir } of [step.before, step.after])
      if (workdir !== null) for (const set of [folders, made]) set.add(workdir);
    const add = (
      path: string,
      tree: boolean,
      kind: RecordClass,
      command: CommandFacts | null,
      linkage: Linkage | null = null,
      mapping: Mapping | null = null,
    ): void => {
      const record = {
        path: placeOf(path.replace(/(?<=.)\/$/, '')),
        tree,
        class: kind,
        step,
        command,
        linkage,
        mapping,
        missing: mapping?.kind === 'file' && mapping.missing,
        order: clock++,
      };
      records.push(record);
      history.push(record);
    };
    const remove = (effect: BuildEffect, certain: boolean): void => {
      const removed = removedBy(effect);
      if (removed === null) return;
      const removal = { certain, before: clock, ...removed, path: placeOf(removed.path) };
      removals.push(removal);
      folders.remove(removal);
      for (const set of [made, sure])
        for (const path of set.keys()) if (presence(path, -1, [removal]) !== 'there') set.delete(path);
      if (!certain || removal.thins !== null) return;
      // What an earlier layer holds weighs on, whoever deletes it.
      records = records.filter(
        (record) =>
          (record.class === 'cache' && record.step !== step) ||
          (presence(record.path, record.order, [removal]) !== 'gone' && !isEmptied(record, removal)),
      );
    };
    if (step.copy !== null) {
      const { mappings, from, target: to, files } = step.copy;
      if (from === null && mappings !== null)
        for (const mapping of mappings) add(mapping.path, mapping.kind === 'folder', 'context', null, null, mapping);
      else if (files !== undefined) for (const path of files) add(path, false, 'context', null);
      else if (to !== null) add(to, true, 'context', null);
      else unknown.push({ step, command: null, why: 'where it copies to is not known', order: clock++ });
    }
    for (const command of step.commands) {
      for (const effect of command.effects) {
        switch (effect.kind) {
          case 'artifact':
            add(effect.path, effect.tree, 'artifact', command, effect.linkage);
            break;
          case 'program-folder':
            add(effect.path, true, 'program-folder', command, effect.linkage);
            break;
          case 'supersedes':
            records = records.map((record) =>
              record.path === effect.path && /^(artifact|in-place|data)$/.test(record.class)
                ? { ...record, class: 'superseded' }
                : record,
            );
            break;
          case 'program-data':
            add(effect.path, true, 'data', command);
            break;
          case 'dependencies':
            add(effect.path, true, 'dependencies', command);
            break;
          case 'cache':
          case 'toolchain':
          case 'intermediate':
            add(effect.path, true, effect.kind, command);
            break;
          case 'builds-in-place':
            add(effect.folder, true, 'in-place', command);
            break;
          case 'writes':
            add(effect.path, effect.tree, 'data', command);
            break;
          case 'makes-folder':
            folders.add(effect.path);
            if (isDistributionFolder(effect.path)) break;
            if (command.certain) made.add(effect.path);
            add(effect.path, false, 'data', command);
            break;
          case 'links': {
            const path = placeOf(target(effect.target, effect.path));
            links.set(path, resolvePath(parentFolder(path), effect.target));
            if (command.certain) sure.set(path, links.get(path) as string);
            else sure.delete(path);
            add(path, false, isInToolchain(links.get(path) as string, records) ? 'toolchain' : 'data', command);
            break;
          }
          case 'copies':
          case 'moves': {
            const from = effect.from.replace(/\/$/, '');
            const to = target(effect.from, effect.to);
            const source =
              records.findLast((record) => record.path === from) ??
              records.findLast((record) => record.class === 'artifact' && record.tree && isWithin(from, record.path));
            add(
              to,
              // Where the folder may be gone, one of two places is meant: both are below it.
              source?.path !== from || source.tree || made.has(from) || folders.state(effect.to) === 'maybe',
              source?.class === 'artifact' || (source?.class === 'toolchain' && source.path === from)
                ? source.class
                : 'data',
              command,
              source?.linkage ?? null,
            );
            remove(effect, command.certain);
            break;
          }
          case 'deletes':
          case 'thins':
            remove(effect, command.certain);
            break;
          case 'owns':
            ownerships.push({
              path: placeOf(effect.path),
              owner: effect.owner,
              mode: effect.mode,
              recursive: effect.recursive,
              inside: effect.inside ?? false,
              step,
              command,
              order: clock++,
            });
            break;
          case 'unknown':
            unknown.push({ step, command, why: effect.why, order: clock++ });
            break;
        }
      }
    }
  }
  return { records, history, ownerships, removals, links, folders: made, unknown };
}
