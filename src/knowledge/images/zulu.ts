import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { jdkPrograms } from './openjdk.ts';

const SOURCE = 'https://github.com/zulu-openjdk/zulu-openjdk';

/** `17`, `17-latest`, `17.0.9-17.46`, `17-jre`, `17-jre-headless-latest`, `8u392-8.74-jre`. */
const TAG = /^(\d+)((?:u\d+|\.[.\d]*)?(?:-\d[\d.]*)?)(-jre(?:-headless)?)?(-latest)?$/;
/** The versions of Java that have a JRE in every one of the distributions. */
const WITH_RUNTIME = new Set('8 11 13 15 17 18 19 20 21 22 23 24'.split(' '));

/** The release moves with time and no tag names it. */
function zulu(repository: string, distribution: 'ubuntu' | 'debian' | 'alpine'): ImageFamily {
  const below = distributionFacts({ distribution, release: null }, distribution === 'debian');
  return {
    source: SOURCE,
    describe: ({ tag }) => {
      const [, major, precise, jre] = TAG.exec(tag) ?? [];
      if (major === undefined) return null;
      return {
        ...below,
        family: 'zulu',
        env: {
          PATH: systemPath,
          LANG: 'en_US.UTF-8',
          ...(precise === '' ? { JAVA_HOME: `/usr/lib/jvm/zulu${major}` } : {}),
        },
        programs: [...below.programs, ...(jre === undefined ? jdkPrograms : ['java', 'keytool'])],
        hasCertificates: true,
        hasTimeZones: true,
        toolchain: jre === undefined,
        interpreter: 'java',
        source: SOURCE,
      };
    },
    documents: (tag) => (/^\d+((-jre(-headless)?)?-latest)?$/.test(tag) ? SOURCE : null),
    smaller: ({ tag }) => {
      const [, major = '', precise, jre] = TAG.exec(tag) ?? [];
      if (precise !== '' || jre !== undefined || !WITH_RUNTIME.has(major)) return [];
      const because = 'the JDK and the JRE of one version of Zulu are made together, on one release';
      return [{ image: `${repository}:${major}-jre-latest`, unrecorded: { current: null, because } }];
    },
  };
}

/** https://hub.docker.com/r/azul/zulu-openjdk and its kin, by their full names. */
export const zuluFamilies: Readonly<Record<string, ImageFamily>> = {
  'azul/zulu-openjdk': zulu('azul/zulu-openjdk', 'ubuntu'),
  'azul/zulu-openjdk-debian': zulu('azul/zulu-openjdk-debian', 'debian'),
  'azul/zulu-openjdk-alpine': zulu('azul/zulu-openjdk-alpine', 'alpine'),
};
