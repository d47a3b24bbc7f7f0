import { catalogue } from '../diagnostics/catalogue.ts';
import { imageNames } from '../knowledge/images.ts';
import { suggested } from './suggest.ts';

const ASSUMPTIONS = new Set(catalogue.filter(({ severity }) => severity === 'assumption').map(({ code }) => code));

/** Why a code is none that `--assume` can take; null where it is one. */
export function wrongAssumption(code: string): string | null {
  if (ASSUMPTIONS.has(code)) return null;
  const known = catalogue.find((entry) => entry.code === code);
  return known === undefined
    ? `there is no code ${code}; dfsplit rules lists them`
    : `${code} ${known.name} is no assumption that could be accepted`;
}

const RUNTIMES = ['auto', 'same', 'slim', 'distroless', 'scratch'];

/** The choice of a runtime that a word seems to mean which is neither one nor an image that is known; null where there is none. */
export function meantRuntime(text: string): string | null {
  if (RUNTIMES.includes(text) || imageNames.includes(text) || !/^[A-Za-z]+$/.test(text)) return null;
  // A short name may be near by chance: the first letter is seldom the wrong one.
  const near = RUNTIMES.filter((choice) => choice[0] === text[0]?.toLowerCase());
  return suggested(text.toLowerCase(), near);
}
