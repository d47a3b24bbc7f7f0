import { catalogue } from '../diagnostics/catalogue.ts';

const ASSUMPTIONS = new Set(catalogue.filter(({ severity }) => severity === 'assumption').map(({ code }) => code));

/** Why a code is none that `--assume` can take; null where it is one. */
export function wrongAssumption(code: string): string | null {
  if (ASSUMPTIONS.has(code)) return null;
  const known = catalogue.find((entry) => entry.code === code);
  return known === undefined
    ? `there is no code ${code}; dfsplit rules lists them`
    : `${code} ${known.name} is no assumption that could be accepted`;
}
