import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { jdkPrograms } from './openjdk.ts';
import { ubuntuReleases } from './release.ts';

const SOURCE = 'https://github.com/ibmruntimes/semeru-containers';

/** `open-17-jdk-jammy`, `open-21.0.4_7-jre-noble`; without a suite they stand on whatever Ubuntu was newest. */
const TAG = /^open-((?:jdk-)?\d[\w.]*)-(jdk|jre)(?:-([a-z]+))?$/;

/** https://hub.docker.com/_/ibm-semeru-runtimes: every release of Java is published with a JDK and a JRE. */
export const semeru: ImageFamily = {
  source: SOURCE,
  describe: ({ tag }) => {
    const [, , kind, suite] = TAG.exec(tag) ?? [];
    if (kind === undefined || (suite !== undefined && !ubuntuReleases.includes(suite))) return null;
    const below = distributionFacts({ distribution: 'ubuntu', release: suite ?? null }, false);
    return {
      ...below,
      family: 'ibm-semeru-runtimes',
      versionVariables: ['JAVA_VERSION'],
      env: {
        PATH: `/opt/java/openjdk/bin:${systemPath}`,
        JAVA_HOME: '/opt/java/openjdk',
        LANG: 'en_US.UTF-8',
        LANGUAGE: 'en_US:en',
        LC_ALL: 'en_US.UTF-8',
      },
      programs: [...below.programs, 'curl', ...(kind === 'jre' ? ['java', 'keytool'] : jdkPrograms)],
      hasCertificates: true,
      hasTimeZones: true,
      toolchain: kind === 'jdk',
      interpreter: 'java',
      source: SOURCE,
    };
  },
  documents: (tag) => (TAG.test(tag) ? SOURCE : null),
  smaller: ({ tag }) => {
    const [, version, kind, suite] = TAG.exec(tag) ?? [];
    const because = 'the JDK and the JRE of one version and suite are made together';
    return kind !== 'jdk'
      ? []
      : [
          {
            image: `ibm-semeru-runtimes:open-${version}-jre${suite === undefined ? '' : `-${suite}`}`,
            unrecorded: { current: null, because },
          },
        ];
  },
};
