import type { BuildEffect } from '../knowledge/ecosystem.ts';
import { matchesGlob } from '../syntax/expand.ts';
import { isWithin } from '../syntax/paths.ts';

/** A path that a command takes away: a name, a pattern with `*` or `?`, or some of what lies below a folder. */
export interface Removal {
  readonly path: string;
  /** Of a folder, some files below it; null: the path itself. `any` is a pattern over their names. */
  readonly thins: readonly string[] | null;
  /** false: it may or may not happen. */
  readonly certain: boolean;
  /** What was written before this many records were there can be meant. */
  readonly before: number;
}

/** What an effect takes away, null where it takes nothing; `rm -rf folder/*` leaves the folder. */
export function removedBy(effect: BuildEffect): Pick<Removal, 'path' | 'thins'> | null {
  const whole = (path: string): string => path.replace(/(?<=.)\/$/, '');
  if (effect.kind === 'moves') return { path: whole(effect.from), thins: null };
  if (effect.kind === 'deletes') return { path: whole(effect.path), thins: null };
  return effect.kind === 'thins' ? { path: whole(effect.path), thins: effect.names ?? ['*'] } : null;
}

export type Presence = 'there' | 'maybe' | 'gone';

/** Whether a path written as record number `order` is still there behind all removals. */
export function presence(path: string, order: number, removals: readonly Removal[]): Presence {
  let found: Presence = 'there';
  for (const removal of removals) {
    if (removal.before <= order || !isMeant(path, removal)) continue;
    if (removal.certain && removal.thins === null && !/\[/.test(removal.path)) return 'gone';
    found = 'maybe';
  }
  return found;
}

function isMeant(path: string, { path: removed, thins }: Removal): boolean {
  if (thins === null) return isMatched(path, removed);
  if (path === removed || !isWithin(path, removed)) return false;
  // A folder that is found goes with all that is in it.
  const names = path.slice(removed === '/' ? 1 : removed.length + 1).split('/');
  return names.some((name) => thins.some((pattern) => /\[/.test(pattern) || matchesGlob(name, pattern)));
}

/** True where the path, or a folder it lies in, is what the pattern names. Brackets may mean any name. */
function isMatched(path: string, pattern: string): boolean {
  if (!/[*?[]/.test(pattern)) return isWithin(path, pattern);
  const wanted = pattern.split('/');
  const names = path.split('/');
  return (
    names.length >= wanted.length &&
    wanted.every((part, index) => {
      const name = names[index] ?? '';
      // A leading dot is matched by a dot alone.
      if (name.startsWith('.') && !part.startsWith('.')) return false;
      return /\[/.test(part) || matchesGlob(name, part);
    })
  );
}
