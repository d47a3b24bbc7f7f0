import type { Tree } from './image.ts';
import { lookUp } from './lookup.ts';

/** A line of /etc/passwd. */
export interface Account {
  readonly name: string;
  readonly id: string;
  readonly group: string;
  readonly home: string;
  readonly shell: string;
}

export function accountsOf(tree: Tree): readonly Account[] {
  return lines(tree, '/etc/passwd').map(([name = '', , id = '', group = '', , home = '', shell = '']) => ({
    name,
    id,
    group,
    home,
    shell,
  }));
}

const groupsOf = (tree: Tree): ReadonlyMap<string, string> =>
  new Map(lines(tree, '/etc/group').map(([name = '', , id = '']) => [name, id]));

/** What an image calls the numbers that own its files. */
export interface OwnerNames {
  readonly users: ReadonlyMap<number, string>;
  readonly groups: ReadonlyMap<number, string>;
}

export function ownerNames(tree: Tree): OwnerNames {
  return {
    users: new Map(accountsOf(tree).map(({ name, id }) => [Number(id), name])),
    groups: new Map([...groupsOf(tree)].map(([name, id]) => [Number(id), name])),
  };
}

const lines = (tree: Tree, path: string): string[][] =>
  (lookUp(tree, path)?.text ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':'));

/** Whom USER means. */
export interface ResolvedUser {
  /** `uid:gid` */
  readonly ids: string;
  /** null where the account list does not tell. */
  readonly home: string | null;
}

/** USER as the engine reads it; null where a name in it does not exist. */
export function resolveUser(tree: Tree, user: string): ResolvedUser | null {
  const [name = '', groupName = ''] = (user === '' ? 'root' : user).split(':');
  const numeric = (text: string): boolean => /^\d+$/.test(text);
  const account = accountsOf(tree).find((one) => one.name === name || one.id === name);
  // Every container has root, an account list or not.
  if (account === undefined && !numeric(name) && name !== 'root') return null;
  const id = account?.id ?? (name === 'root' ? '0' : name);
  const stated = numeric(groupName) ? groupName : groupsOf(tree).get(groupName);
  const group = groupName === '' ? (account?.group ?? '0') : stated;
  return group === undefined ? null : { ids: `${id}:${group}`, home: account?.home ?? null };
}
