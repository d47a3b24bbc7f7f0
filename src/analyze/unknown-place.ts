import type { BuildEffect } from '../knowledge/ecosystem.ts';

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
