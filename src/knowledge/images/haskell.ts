import type { ImageFacts } from '../image.ts';
import { table } from '../table.ts';
import { buildpackFacts } from './buildpack-deps.ts';
import { distributionFacts, systemPath } from './distributions.ts';
import { type ImageFamily, sibling, slimBeforeSuite } from './family.ts';
import type { Base } from './release.ts';
import { tagInfo } from './tag-table.ts';

const SOURCE = 'https://github.com/haskell/docker-haskell';
const PROGRAMS =
  'ghc ghci cabal stack runghc ghc-pkg gcc g++ cc make ld ar strip git curl gpg xz dpkg-architecture openssl'.split(
    ' ',
  );

const OLD_PROGRAMS = 'ghc ghci cabal stack runghc ghc-pkg gcc g++ cc ld ar strip gpg'.split(' ');

/**
 * The images of 2015 to 2020, by library/haskell of the list of official images: the release and what is on PATH before
 * and behind the compiler. `stack` has a folder of its own there except in the oldest ones.
 */
const OLD = table<string>({
  '7.8.4': 'jessie cabal/1.22 happy/1.19.4 alex/3.1.3',
  '7.10.1': 'jessie cabal/1.22 happy/1.19.5 alex/3.1.4',
  '7.10.2': 'jessie cabal/1.22 happy/1.19.5 alex/3.1.4',
  '7.10.3': 'jessie cabal/1.22 happy/1.19.5 alex/3.1.4',
  '8.0.1': 'jessie cabal/1.24 happy/1.19.5 alex/3.1.7',
  '8.0.2': 'jessie cabal/1.24 happy/1.19.5 alex/3.1.7',
  '8.2.1': 'jessie cabal/2.0 happy/1.19.5 alex/3.1.7',
  '8.2.2': 'stretch cabal/2.2',
  '8.4.3': 'stretch cabal/2.2',
  '8.4.4': 'stretch cabal/2.4',
  '8.6.2': 'stretch cabal/2.4',
  '8.6.3': 'stretch cabal/2.4',
  '8.8.1': 'stretch cabal/3.0',
});
/** The release that a tag without the last number stopped at. */
const LAST = table<string>({
  '7': '7.10.3',
  '7.8': '7.8.4',
  '7.10': '7.10.3',
  '8.0': '8.0.2',
  '8.2': '8.2.2',
  '8.4': '8.4.4',
});

function oldFacts(tag: string): ImageFacts | null {
  const version = LAST[tag] ?? tag;
  const [release, cabal, ...tools] = OLD[version]?.split(' ') ?? [];
  if (release === undefined) return null;
  const local = /^7\.(8|10\.[12]$)/.test(version) ? [] : ['/root/.local/bin'];
  const opt = [cabal, `ghc/${version}`, ...tools].map((tool) => `/opt/${tool}/bin`);
  const below = distributionFacts({ distribution: 'debian', release }, false);
  return haskellFacts(
    below,
    ['/root/.cabal/bin', ...local, ...opt],
    [...OLD_PROGRAMS, ...(release === 'stretch' ? ['git', 'make', 'xz'] : [])],
  );
}

function haskellFacts(below: ImageFacts, path: readonly string[], programs: readonly string[]): ImageFacts {
  return {
    ...below,
    family: 'haskell',
    env: { PATH: [...path, systemPath].join(':'), LANG: 'C.UTF-8' },
    // Programs of GHC encode what they print by it.
    programVariables: ['LANG'],
    cmd: ['ghci'],
    programs,
    hasCertificates: true,
    toolchainTrees: ['/opt/ghc', '/root/.cabal/packages', '/root/.cabal/store', '/root/.stack'],
    toolchain: true,
    source: SOURCE,
  };
}

/** GHC never had more than this many releases of one minor version. */
const MOST_PATCHES = 20;

/** PATH has the compiler's full version in it. `9.4` is the newest `9.4.N` of the table that was made as long as itself. */
function compilerOf(tag: string, last: string): string | undefined {
  const [version = ''] = /^\d+\.\d+(\.\d+)?(?=-|$)/.exec(tag) ?? [];
  if (/^\d+\.\d+\.\d+$/.test(version)) return version;
  const patches = Array.from({ length: MOST_PATCHES }, (_, patch) => `${version}.${patch + 1}`);
  return version === '' ? undefined : patches.findLast((patch) => tagInfo('haskell', patch)?.last === last);
}

/** https://hub.docker.com/_/haskell */
export const haskell: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const version = compilerOf(tag.tag, tag.last);
    if (version === undefined || tag.last < '2022-01') return tag.known ? oldFacts(tag.tag) : null;
    const base: Base = tag.base ?? { distribution: 'debian', release: null };
    const below = tag.words.includes('slim') ? distributionFacts(base, false) : buildpackFacts(base, 'full');
    const path = ['/root/.cabal/bin', '/root/.local/bin', `/opt/ghc/${version}/bin`];
    const packages = ['ca-certificates', 'libgmp10', 'libnuma1', 'netbase', 'zlib1g'];
    return { ...haskellFacts(below, path, [...new Set([...below.programs, ...PROGRAMS])]), packages };
  },
  // Without profiling libraries and documentation, with what GHC's programs need of the system.
  smaller: (tag) => sibling('haskell', slimBeforeSuite(tag.tag)),
};
