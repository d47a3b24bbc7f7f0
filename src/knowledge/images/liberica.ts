import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { jdkPrograms } from './openjdk.ts';

const SOURCE = 'https://github.com/bell-sw/Liberica/tree/master/docker/repos';

/** Versions that the lists of tags have for the JDK and for the JRE alike. */
const TAGS = new Set(
  'latest 8 11 15 16 17 18 19 20 21 22 23 24 25 26 11.0.23 11.0.24 11.0.25 11.0.26 11.0.27 11.0.28 17.0.11 17.0.12 17.0.13 17.0.14 17.0.15 17.0.16'.split(
    ' ',
  ),
);

/**
 * The folder of Java carries the whole version in its name, which a tag may leave open: JAVA_HOME and its part of PATH are
 * not stated. The release moves with time.
 */
function liberica(kind: 'jdk' | 'jre', suite: string): ImageFamily {
  const alpine = suite !== 'debian';
  const below = distributionFacts({ distribution: alpine ? 'alpine' : 'debian', release: null }, false);
  return {
    source: SOURCE,
    describe: ({ tag }) =>
      /^(latest|\d[\du.]*(-\d+)?)$/.test(tag)
        ? {
            ...below,
            family: 'liberica',
            env: {
              PATH: systemPath,
              LANG: 'en_US.UTF-8',
              LANGUAGE: alpine ? 'en_US.UTF-8:en' : 'en_US:en',
            },
            programs: [
              ...below.programs,
              ...(alpine ? [] : ['curl']),
              ...(kind === 'jdk' ? jdkPrograms : ['java', 'keytool']),
            ],
            hasCertificates: true,
            toolchain: kind === 'jdk',
            interpreter: 'java',
            source: SOURCE,
          }
        : null,
    documents: (tag) => (TAGS.has(tag) ? SOURCE : null),
    smaller: ({ tag }) => {
      if (kind === 'jre') return [];
      const because = 'the JDK and the JRE of one version of Liberica are made together, on one release';
      return [{ image: `bellsoft/liberica-openjre-${suite}:${tag}`, unrecorded: { current: null, because } }];
    },
  };
}

/** https://hub.docker.com/r/bellsoft/liberica-openjdk-debian and its kin, by their full names. */
export const libericaFamilies: Readonly<Record<string, ImageFamily>> = Object.fromEntries(
  (['jdk', 'jre'] as const).flatMap((kind) =>
    ['debian', 'alpine', 'alpine-musl'].map((suite) => [
      `bellsoft/liberica-open${kind}-${suite}`,
      liberica(kind, suite),
    ]),
  ),
);
