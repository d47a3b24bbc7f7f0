import { baseOnly } from './base-only.ts';
import { type Base, baseOf } from './release.ts';

/** `stretch`, `noble-non-free`; the tags with a number of their own (`nd90`) are left alone. */
function release(tag: string): Base | null {
  if (tag === 'latest' || tag === 'non-free') return { distribution: 'debian', release: null };
  const found = baseOf(tag.replace(/-non-free$/, ''));
  return found === null || found === 'other' || found.release === null || found.distribution === 'alpine'
    ? null
    : found;
}

/** https://hub.docker.com/_/neurodebian: a distribution with a repository of research software beside its own. */
export const neurodebian = baseOnly('neurodebian', 'https://github.com/neurodebian/dockerfiles', release, ['gpg']);
