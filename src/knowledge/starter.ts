import type { ImageFiles } from './ecosystem.ts';

export type Words = readonly (string | null)[];

/** What a program is told to start: words of their own, or the text of a script; null where that cannot be read. */
export type Start = { readonly argv: Words } | { readonly script: string } | null;

/** A program, or a word of the shell, that starts other programs. */
export interface Starter {
  readonly programs: readonly string[];
  readonly docs: string;
  readonly starts: (argv: Words, folder: string, files: ImageFiles) => readonly Start[];
  /** Its name is a word of its own in other programs' calls too: `find`, `watch`. */
  readonly everyday?: true;
  /** It may start others that are not told here: modules of a server, an application in it. */
  readonly partly?: true;
  /** The program that hands it files with more of them while the image is built. */
  readonly fedBy?: string;
}

/** The words behind the flags and `operands` words of the program's own. */
export function wordsBehind(argv: Words, valueFlags: RegExp, operands = 0): readonly Start[] {
  let at = 1;
  for (; at < argv.length && /^-./.test(argv[at] ?? ''); at++) if (valueFlags.test(argv[at] as string)) at++;
  const rest = argv.slice(at + operands);
  return rest.length === 0 ? [] : [{ argv: rest }];
}

/** The value of a flag, in the word itself or in the next one. */
export function flagValue(argv: Words, ...names: readonly string[]): string | null {
  for (const [index, word] of argv.entries()) {
    if (names.includes(word ?? '')) return argv[index + 1] ?? null;
    const joined = names.find((name) => word?.startsWith(name.startsWith('--') ? `${name}=` : name));
    if (joined !== undefined) return (word as string).slice(joined.length).replace(/^=/, '');
  }
  return null;
}
