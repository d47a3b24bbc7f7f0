import type { ImageFacts } from '../image.ts';
import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily, Sibling } from './family.ts';
import { jdkPrograms } from './openjdk.ts';
import { redHatFacts } from './red-hat.ts';
import type { Base } from './release.ts';

const SOURCE = 'https://github.com/adoptium/containers';

/** What maven and gradle build on too. */
export function temurinFacts(base: Base, version: number | null, jre: boolean, last: string): ImageFacts {
  const redHat = base.distribution === 'redhat';
  const below = redHat
    ? redHatFacts('ubi', base.release, SOURCE, 'minimal')
    : distributionFacts(base, base.distribution === 'alpine');
  return {
    ...below,
    family: 'eclipse-temurin',
    versionVariables: ['JAVA_VERSION'],
    env: {
      PATH: `/opt/java/openjdk/bin:${systemPath}`,
      JAVA_HOME: '/opt/java/openjdk',
      LANG: 'en_US.UTF-8',
      LANGUAGE: 'en_US:en',
      LC_ALL: 'en_US.UTF-8',
    },
    // It came in August 2023.
    entrypoint: last >= '2023-09' ? ['/__cacert_entrypoint.sh'] : null,
    cmd: jre || (version !== null && version < 9) ? below.cmd : ['jshell'],
    programs: [
      ...below.programs,
      ...(base.distribution === 'alpine' ? [] : redHat ? ['wget', 'openssl'] : ['curl', 'wget', 'gpg', 'openssl']),
      ...(jre ? ['java', 'keytool'] : jdkPrograms),
    ],
    hasCertificates: true,
    hasTimeZones: true,
    toolchain: !jre,
    interpreter: 'java',
    source: SOURCE,
  };
}

/** https://hub.docker.com/_/eclipse-temurin */
export const eclipseTemurin: ImageFamily = {
  source: SOURCE,
  redHat: true,
  describe: (tag) => {
    const base = tag.base ?? { distribution: 'ubuntu', release: null };
    return temurinFacts(base, tag.version?.[0] ?? null, tag.words.includes('jre'), tag.last);
  },
  smaller: (tag) => {
    const match = /^(\d[\w.]*)(?:-jdk)?(-(?!jre)[a-z].*)?$/.exec(tag.tag);
    return match === null ? [] : jreReferences(match[1] ?? '', match[2] ?? '', tag.base);
  },
};

/** In the author's own pinning first; where that stands on an older release by now, the release is named. */
export function jreReferences(version: string, suite: string, base: Base | null): readonly Sibling[] {
  const image = `eclipse-temurin:${version}-jre${suite}`;
  // The plain tags move to newer releases of Ubuntu, never to older ones, and what a JRE runs is linked with none of them.
  const because = suite.startsWith('-alpine')
    ? 'the JRE and JDK images of one Temurin version are made together'
    : 'a plain tag of Temurin moves to newer releases of Ubuntu only, so that the newest one is no older';
  const unrecorded = { current: suite.startsWith('-alpine') ? null : true, because };
  const own: Sibling = { image, orNewer: true, unrecorded };
  if (suite !== '' || base === null || base.distribution !== 'ubuntu' || base.release === null) return [own];
  return [own, { image: `${image}-${base.release}` }];
}
