import { parentFolder, resolvePath } from '../syntax/paths.ts';
import type { ShellNode, ShellScript, ShellWord, WordPart } from '../syntax/shell.ts';
import { wordValue } from '../syntax/shell-value.ts';
import { commandsOf } from '../syntax/walk-shell.ts';

/** What each variable of a script may stand for, as the words of its values. */
export type Meanings = ReadonlyMap<string, readonly (readonly ShellWord[])[]>;

const DEFAULT = /^:?[-=]$/;
const DECLARES = new Set(['export', 'local', 'readonly', 'declare', 'typeset']);

/** The value of `NAME=value` among the words of `export`. */
function assigned({ parts, ...word }: ShellWord): { readonly name: string; readonly value: ShellWord } | null {
  const [first, ...rest] = parts;
  const [head, name] = (first?.kind === 'text' ? /^(\w+)=/.exec(first.value) : null) ?? [];
  if (first?.kind !== 'text' || head === undefined || name === undefined) return null;
  return { name, value: { ...word, parts: [{ ...first, value: first.value.slice(head.length) }, ...rest] } };
}

/** All values that a script gives its variables, wherever it does: in branches, by default, as arrays. */
export function meaningsOf(body: ShellNode): Meanings {
  const found = new Map<string, (readonly ShellWord[])[]>();
  const add = (name: string, words: readonly ShellWord[]): void => {
    found.set(name, [...(found.get(name) ?? []), words]);
  };
  const look = (word: ShellWord): void => {
    for (const part of word.parts)
      if (part.kind === 'variable' && part.operand !== null && DEFAULT.test(part.operator ?? ''))
        add(part.name, [part.operand]);
  };
  for (const node of commandsOf(body)) {
    for (const { name, value, elements, append } of node.assignments) {
      if (value !== null) look(value);
      if (!append && (value !== null || elements !== null)) add(name, elements ?? (value === null ? [] : [value]));
    }
    for (const word of node.words) look(word);
    if (DECLARES.has(node.words[0]?.raw ?? ''))
      for (const word of node.words.slice(1)) {
        const one = assigned(word);
        if (one !== null) add(one.name, [one.value]);
      }
  }
  return found;
}

/** What a word may stand for that is one variable: `$X`, `"${X:-y}"`, `"${X[@]}"`. */
export function meantBy({ raw, parts }: ShellWord, meanings: Meanings): readonly (readonly ShellWord[])[] {
  const [part] = parts;
  const array = /^"?\$\{(\w+)\[[@*]\]\}"?$/.exec(raw)?.[1];
  const name = array ?? (part?.kind === 'variable' && parts.length === 1 ? part.name : undefined);
  return name === undefined ? [] : (meanings.get(name) ?? []);
}

/** What `$(command -v curl)` and `$(which curl)` print, but for the folder. */
export function locatedProgram({ body }: ShellScript): string | null {
  const words = body?.kind === 'command' ? body.words.map((word) => wordValue(word, () => null)) : [];
  const name = words.at(-1) ?? null;
  return /^(command -v|which|type -[pP]) [^ ]+$/.test(words.join(' ')) ? name : null;
}

/** The folders whose files a script goes through: `for part in /entry.d/*.sh`, `run-parts /entry.d`, `find /entry.d`. */
export function visitedFolders(body: ShellNode, folder: string, value: (word: ShellWord) => string | null): string[] {
  const loops: ShellWord[] = [];
  const visit = (at: unknown): void => {
    if (Array.isArray(at)) for (const one of at) visit(one);
    else if (typeof at === 'object' && at !== null) {
      const node = at as { kind?: unknown; items?: readonly ShellWord[] | null };
      const isGlob = (part: WordPart): boolean => part.kind === 'glob';
      if (node.kind === 'for') loops.push(...(node.items ?? []).filter(({ parts }) => parts?.some(isGlob)));
      for (const one of Object.values(at)) visit(one);
    }
  };
  visit(body);
  const named = [...commandsOf(body)].flatMap(({ words: [program, ...words] }) =>
    /^(run-parts|find)$/.test(program?.raw ?? '') ? words.filter(({ raw }) => !raw.startsWith('-')) : [],
  );
  return [
    ...loops.flatMap((word) => [parentFolder(resolvePath(folder, value(word) ?? '/'))]),
    ...named.flatMap((word) => [resolvePath(folder, value(word) ?? '/')]),
  ].filter((path) => path !== '/');
}
