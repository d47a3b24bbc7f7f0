import { UNKNOWN } from './makefile-conditions.ts';
import { foundFiles, type MakeFiles, matching } from './makefile-files.ts';

interface FunctionWorld extends MakeFiles {
  /** The folder that make runs in. */
  readonly folder: string;
}

/** The words of a list; null where the list is not known. */
export const words = (text: string | null): string[] | null =>
  text === null ? null : text.split(/\s+/).filter((word) => word !== '');

/** What `%` of a pattern stands for in a word; null where the word does not match. */
export function stemOf(word: string, pattern: string): string | null {
  const [head = '', tail] = pattern.split('%');
  if (tail === undefined) return word === head ? '' : null;
  if (!word.startsWith(head) || !word.endsWith(tail) || word.length < head.length + tail.length) return null;
  return word.slice(head.length, word.length - tail.length);
}

export function substitute(word: string, pattern: string, replacement: string): string {
  const stem = stemOf(word, pattern);
  return stem === null ? word : replacement.replace('%', stem);
}

/** Arguments of a function, which commas outside of other references set apart. */
function argumentsOf(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    if (one === '(' || one === '{') depth++;
    else if (one === ')' || one === '}') depth--;
    else if (one === ',' && depth === 0) {
      found.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...found, text.slice(start)];
}

/** `$(foreach NAME,LIST,TEXT)` with a text that has no other reference of that name in a function. */
function eachOf(text: string, again: (text: string) => string | null): string | null {
  const [name = '', list = '', ...rest] = argumentsOf(text);
  const each = words(again(list.trim()));
  const body = rest.join(',');
  if (each === null || !/^\w+$/.test(name.trim())) return null;
  const parts = each.map((word) => again(body.replaceAll(`$(${name.trim()})`, word)));
  return parts.includes(null) ? null : parts.join(' ');
}

/** https://www.gnu.org/software/make/manual/html_node/Functions.html; a shell's result is left to the shell. */
export function makeFunction(
  name: string,
  text: string,
  again: (text: string) => string | null,
  world: FunctionWorld,
): string | null {
  if (name === 'shell') {
    const script = again(text)?.trim() ?? null;
    const found = script === null ? null : foundFiles(script, world);
    return script === 'pwd' ? world.folder : (found?.join(' ') ?? `$(${script ?? 'unknown'})`);
  }
  if (name === 'foreach') return eachOf(text, again);
  const args = argumentsOf(text).map((arg) => again(arg.trim()));
  if (args.includes(null)) return null;
  const [a = '', b = '', c = ''] = args as string[];
  const list = (of: string): string[] => words(of) ?? [];
  switch (name) {
    case 'wildcard':
      return list(a)
        .flatMap((glob) => matching(glob, world) ?? [UNKNOWN])
        .join(' ');
    case 'patsubst':
      return list(c)
        .map((word) => substitute(word, a, b))
        .join(' ');
    case 'subst':
      return c.replaceAll(a, b);
    case 'addprefix':
      return list(b)
        .map((word) => a + word)
        .join(' ');
    case 'addsuffix':
      return list(b)
        .map((word) => word + a)
        .join(' ');
    case 'notdir':
      return list(a)
        .map((word) => word.replace(/^.*\//, ''))
        .join(' ');
    case 'dir':
      return list(a)
        .map((word) => (word.includes('/') ? word.slice(0, word.lastIndexOf('/') + 1) : './'))
        .join(' ');
    case 'sort':
      return [...new Set(list(a))].sort().join(' ');
    case 'filter':
      return list(b)
        .filter((word) => list(a).some((pattern) => stemOf(word, pattern) !== null))
        .join(' ');
    case 'firstword':
      return list(a)[0] ?? '';
    case 'lastword':
      return list(a).at(-1) ?? '';
    case 'basename':
      return list(a)
        .map((word) => word.replace(/\.[^./]*$/, ''))
        .join(' ');
    case 'strip':
      return list(a).join(' ');
    case 'filter-out':
      return list(b)
        .filter((word) => !list(a).some((pattern) => stemOf(word, pattern) !== null))
        .join(' ');
    default:
      return null;
  }
}
