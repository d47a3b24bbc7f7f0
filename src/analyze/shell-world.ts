import type { BuildEffect, Ecosystem, ImageFiles } from '../knowledge/ecosystem.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import type { Span } from '../syntax/document.ts';
import { resolvePath } from '../syntax/paths.ts';
import type { ShellNode, ShellRedirect, ShellWord } from '../syntax/shell.ts';
import { wordValue } from '../syntax/shell-value.ts';

/** One command of a RUN with what the knowledge says of it. */
export interface CommandFacts {
  /** In the original text. */
  readonly span: Span;
  readonly argv: readonly (string | null)[];
  /** The words of `argv` in the original text. */
  readonly words: readonly Span[];
  readonly cwd: string | null;
  /** It always runs; false below `||`, `if`, loops. */
  readonly certain: boolean;
  readonly effects: readonly BuildEffect[];
  /** The knowledge entry. */
  readonly entry: string;
  readonly says: string;
  readonly ecosystem: Ecosystem | null;
  /** Its place in the flat list of the RUN; null where it stands inside something else. */
  readonly top: number | null;
}

/** What the walk needs of its surroundings. */
export interface ShellWorld {
  readonly lookup: (name: string) => string | null | undefined;
  readonly cwd: string | null;
  readonly home: string;
  readonly user: string;
  readonly image: ImageFacts | null;
  readonly files: ImageFiles;
  readonly memory: Map<string, string>;
  /** From an offset of the script to the original text. */
  readonly at: (offset: number) => number;
}

/** Shells that a script may be handed to. */
export const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);

/** What changes while a script is walked. */
export interface Scope {
  cwd: string | null;
  readonly variables: Map<string, string | null>;
  readonly certain: boolean;
  readonly depth: number;
}

/** Walks a node of a script and adds its commands; handed down, so that a call can read the script that it runs. */
export type Walk = (
  node: ShellNode,
  world: ShellWorld,
  scope: Scope,
  found: CommandFacts[],
  tops: readonly ShellNode[],
) => void;

/** The value of a word; null where it is not known. */
export function value(word: ShellWord, world: ShellWorld, scope: Scope): string | null {
  const text = wordValue(word, (name) =>
    scope.variables.has(name)
      ? scope.variables.get(name)
      : name === 'PWD'
        ? scope.cwd
        : name === 'HOME'
          ? world.home
          : world.lookup(name),
  );
  if (text === null) {
    if (/^\$\(pwd\)|^`pwd`/.test(word.raw) && scope.cwd !== null)
      return scope.cwd + word.raw.replace(/^\$\(pwd\)|^`pwd`/, '');
    return null;
  }
  return /^~(\/|$)/.test(word.raw) ? world.home + text.slice(1) : text;
}

/** Files written by `>` and `>>`; null where the name is not known. */
export function redirectTargets(list: readonly ShellRedirect[], world: ShellWorld, scope: Scope): (string | null)[] {
  return list
    .filter((redirect) => /^(&?>>?|>\|)$/.test(redirect.operator) && redirect.target !== null)
    .map((redirect) => value(redirect.target as ShellWord, world, scope))
    .filter((target) => target === null || !/^(\/dev\/|&?\d$)/.test(target));
}

/** The effect of writing a file. */
export function written(path: string | null, scope: Scope): BuildEffect {
  if (path === null || (scope.cwd === null && !path.startsWith('/')))
    return { kind: 'unknown', why: 'the file it writes is not known' };
  return { kind: 'writes', path: resolvePath(scope.cwd ?? '/', path), tree: false };
}
