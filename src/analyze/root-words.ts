import type { ShellWord } from '../syntax/shell.ts';
import { isShell } from '../syntax/shell-name.ts';
import { behindWrapper } from './wrappers.ts';

/** What stands in a word behind a folder that is not known: `"$(dirname "$0")/lib.sh"`. */
export function behindFolder({ raw }: ShellWord): string | undefined {
  const word = raw.endsWith('"') ? raw.slice(0, -1) : raw;
  const at = Math.max(word.lastIndexOf(')'), word.lastIndexOf('}'));
  const rest = at < 0 ? /^"?\$\w+(\/.*)$/s.exec(word)?.[1] : word.slice(at + 1);
  return rest !== undefined && /^\/[\w./-]+$/.test(rest) ? rest.slice(1) : undefined;
}

/** The folder in which a pattern looks: `build/libs/*.jar`; a word without one as it is. */
export function withoutPattern(word: string): string {
  const at = word.search(/[*?[]/);
  return at < 0 ? word : word.slice(0, Math.max(word.lastIndexOf('/', at), 0)) || (word.startsWith('/') ? '/' : '.');
}

/** Builtins of a shell whose words are numbers, and no files. */
export const NUMBERED = /^(exit|return|shift|break|continue|wait)$/;

/** Words of the shell itself, which are no programs. */
export const BUILT_IN = /^(exec|command|builtin)$/;

/** Nothing but programs that run what they are given: `tini --`, `gosu app`. */
export function onlyWraps(words: readonly string[]): boolean {
  const at = words.length === 0 ? 0 : behindWrapper(words);
  if (at === null) return words.every(isShell);
  return at >= words.length || onlyWraps(words.slice(at));
}

/** Words that the shell answers itself, among them those that `compgen -b` of bash prints. */
export const SHELL_WORDS = new Set(
  `exec [[ function cd export set echo test [ true false : exit trap wait eval source . shift unset local return read printf
  command type umask ulimit break continue alias bg bind builtin caller compgen compopt complete declare dirs disown enable fc fg
  getopts hash help history jobs let logout mapfile popd pushd readarray readonly shopt suspend times typeset unalias`.split(
    /\s+/,
  ),
);
