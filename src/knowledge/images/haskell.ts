import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';

const SOURCE = 'https://github.com/haskell/docker-haskell';
const PROGRAMS =
  'ghc ghci cabal stack runghc ghc-pkg gcc g++ cc make ld ar strip git curl gpg xz dpkg-architecture openssl'.split(
    ' ',
  );

/** https://hub.docker.com/_/haskell. PATH has the compiler's full version in it and is therefore not known of `9.10`. */
export const haskell: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const version = /^\d+\.\d+\.\d+/.exec(tag.tag)?.[0];
    // The images of 2014 to 2020 lie elsewhere.
    if (version === undefined || tag.last < '2022-01') return null;
    const below = distributionFacts(tag.base ?? { distribution: 'debian', release: null }, false);
    return {
      ...below,
      family: 'haskell',
      env: { PATH: `/root/.cabal/bin:/root/.local/bin:/opt/ghc/${version}/bin:${systemPath}`, LANG: 'C.UTF-8' },
      // Programs of GHC encode what they print by it.
      programVariables: ['LANG'],
      cmd: ['ghci'],
      programs: PROGRAMS,
      hasCertificates: true,
      toolchainTrees: ['/opt/ghc', '/root/.cabal/packages', '/root/.cabal/store', '/root/.stack'],
      toolchain: true,
      source: SOURCE,
    };
  },
};
