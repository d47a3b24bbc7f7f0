import { isStandardFolder } from '../knowledge/standard-folders.ts';
import { type Presence, presence, type Removal } from './removals.ts';

/** The folders that are there: what is copied to one of them lands inside it, and anywhere else it takes the name. */
export interface KnownFolders {
  readonly add: (path: string) => void;
  readonly remove: (removal: Removal) => void;
  /** `gone` of what no step is known to have made, too. */
  readonly state: (path: string) => Presence;
}

export function knownFolders(): KnownFolders {
  const made = new Map<string, Presence>();
  const removals: Removal[] = [];
  return {
    add: (path) => made.set(path, 'there'),
    remove: (removal) => {
      removals.push(removal);
      for (const [path, was] of made) {
        const left = presence(path, -1, [removal]);
        if (left !== 'there') made.set(path, was === 'gone' ? was : left);
      }
    },
    state: (path) => made.get(path) ?? (isStandardFolder(path) ? presence(path, -1, removals) : 'gone'),
  };
}
