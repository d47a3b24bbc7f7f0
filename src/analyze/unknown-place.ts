import type { BuildEffect } from '../knowledge/ecosystem.ts';
import { isStandardFolder } from '../knowledge/standard-folders.ts';
import { baseName, isWithin, resolvePath } from '../syntax/paths.ts';

/** Options by which tools are told where to write: a value that is not known may lead anywhere. */
const PLACE =
  /^(--(exec-)?prefix|--(?!cache)\w*(-?dir|directory|root)|--(build|local-bin)-path|--out(put)?([-_][-\w]*)?|--dest(ination)?|-DCMAKE_INSTALL_\w+)$/i;
/** The same in short, of tools that build. */
const SHORT = /^-[oC]$/;

/** A word with what it is spelled like in the file. */
interface Spelled {
  readonly value: string | null;
  readonly raw: string;
}

/** The option whose value, a place, is not known; null where there is none. */
export function unknownPlace(words: readonly Spelled[], builds: boolean): string | null {
  const isPlace = (name: string | null | undefined): boolean =>
    name != null && (PLACE.test(name) || (builds && SHORT.test(name)));
  for (const [index, { value, raw }] of words.entries()) {
    if (value !== null) continue;
    const name = /^["']?(-[\w-]+)=/.exec(raw)?.[1] ?? words[index - 1]?.value;
    if (isPlace(name)) return name as string;
  }
  return null;
}

/** What a command does, where it may do it somewhere else. */
export function withUnknownPlace(effects: readonly BuildEffect[], option: string | null): readonly BuildEffect[] {
  const told = effects.some(({ kind }) => kind === 'unknown') || effects.every(({ kind }) => kind === 'checks');
  return option === null || told
    ? effects
    : [...effects, { kind: 'unknown', why: `the value of ${option} is not known`, outside: true }];
}

/** The folder of a path that ends in a value which is not known, `"/etc/$name"`; null where it may lie anywhere. */
export function openFolder(raw: string): string | null {
  const known = /^["']?(\/[\w@%+:,./-]*)["']?[$`]/.exec(raw)?.[1];
  return known === undefined ? null : resolvePath('/', known.slice(0, known.lastIndexOf('/') + 1));
}

/** What follows from writing a file of unknown name there; null where it is as good as writing where the command runs. */
export function writtenBelow(folder: string, cwd: string | null): BuildEffect | null {
  if (isWithin(folder, '/tmp') || isWithin(folder, '/var/tmp') || (cwd !== null && isWithin(folder, cwd))) return null;
  return isStandardFolder(folder)
    ? { kind: 'unknown', why: `what it writes into ${folder} is not known`, outside: true }
    : { kind: 'writes', path: folder, tree: true };
}

/** All their operands are written, or the last one is. */
const MAKERS = /^(mkdir|touch|tee|truncate)$/;
const TAKERS = /^(cp|mv|ln|install|rsync)$/;

/** What a command does of which an operand is known to lie in a folder, but not by its name. */
export function withOpenOperands(
  effects: readonly BuildEffect[],
  [program, ...operands]: readonly Spelled[],
  cwd: string | null,
): readonly BuildEffect[] {
  const name = baseName(program?.value ?? '');
  const targets = MAKERS.test(name) ? operands : TAKERS.test(name) ? operands.slice(-1) : [];
  const folders = targets.flatMap(({ value, raw }) => (value === null ? [openFolder(raw)] : []));
  if (folders.length === 0 || folders.includes(null)) return effects;
  const below = (folders as string[]).map((folder) => writtenBelow(folder, cwd));
  // What is copied under a name that is not known may lie anywhere around it.
  const read: readonly BuildEffect[] = TAKERS.test(name) ? [{ kind: 'reads', path: '.', tree: true }] : [];
  return below.includes(null)
    ? effects
    : [...effects.filter(({ kind }) => kind !== 'unknown'), ...read, ...(below as BuildEffect[])];
}
