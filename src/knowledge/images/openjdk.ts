import type { ImageFacts } from '../image.ts';
import { buildpackFacts } from './buildpack-deps.ts';
import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily, Sibling } from './family.ts';
import { redHatFacts } from './red-hat.ts';
import type { Base } from './release.ts';

const SOURCE = 'https://github.com/docker-library/openjdk';
/** https://docs.oracle.com/en/java/javase/21/docs/specs/man/ */
export const jdkPrograms =
  'java javac jar jarsigner javadoc keytool jlink jdeps javap jcmd jdb jdeprscan jfr jhsdb jinfo jmap jmod jps jrunscript jshell jstack jstat'.split(
    ' ',
  );

/** On Oracle Linux from 12 on: always a JDK of https://jdk.java.net/. */
function oracleFacts(base: Base, version: number): ImageFacts {
  const home = `/usr/java/openjdk-${version}`;
  const below = redHatFacts('openjdk', base.release, SOURCE, 'minimal');
  return {
    ...below,
    env: { PATH: `${home}/bin:${systemPath}`, LANG: 'C.UTF-8', JAVA_HOME: home },
    versionVariables: ['JAVA_VERSION'],
    cmd: ['jshell'],
    programs: [...below.programs, ...jdkPrograms, 'objdump', 'ld', 'as', 'strip'],
    toolchain: true,
    interpreter: 'java',
  };
}

/** https://hub.docker.com/_/openjdk */
export const openjdk: ImageFamily = {
  source: SOURCE,
  redHat: true,
  describe: (tag) => {
    const version = tag.version?.[0] ?? null;
    // From 12 on, a tag that names no suite stands on Oracle Linux, which the table then says.
    if (version === null || (version >= 12 && tag.base === null)) return null;
    if (tag.base?.distribution === 'redhat') return version >= 12 ? oracleFacts(tag.base, version) : null;
    const base = tag.base ?? { distribution: 'debian', release: null };
    const alpine = base.distribution === 'alpine';
    const jre = tag.words.includes('jre');
    const slim = alpine || tag.words.includes('slim');
    const below = slim ? distributionFacts(base, true) : buildpackFacts(base, jre ? 'curl' : 'scm');
    const home = javaHome(version, alpine, jre, tag.last);
    const bin = alpine && version <= 8 ? `${systemPath}:${home.path}` : `${home.path}:${systemPath}`;
    return {
      ...below,
      family: 'openjdk',
      env: { PATH: home.path === '' ? systemPath : bin, LANG: 'C.UTF-8', JAVA_HOME: home.variable },
      versionVariables: ['JAVA_VERSION'],
      cmd: version >= 9 && !jre ? ['jshell'] : below.cmd,
      programs: [...below.programs, ...(jre ? ['java', 'keytool'] : jdkPrograms)],
      hasCertificates: true,
      toolchain: !jre,
      interpreter: 'java',
      source: SOURCE,
    };
  },
  smaller: (tag) => {
    const match = /^(\d[\w.]*)(?:-jdk)?(?:-slim)?(-[a-z]+[\d.]*)?$/.exec(tag.tag);
    if (match === null || tag.words.includes('jre')) return [];
    const [, version, suite = ''] = match;
    return openjdkRuntimes(version ?? '', suite, tag.words.includes('slim'));
  },
};

/**
 * The table closes the openjdk images of 8 and 11 on their last release, which every image made from them is not past.
 * A slim one is headless: fonts and what draws are only missing where they were missing before.
 */
export function openjdkRuntimes(version: string, suite: string, slim: boolean): readonly Sibling[] {
  const unrecorded = { current: false, because: `is the last openjdk image of Java ${version}` };
  return (slim ? ['-jre-slim', '-jre'] : ['-jre']).map((kind) => ({
    image: `openjdk:${version}${kind}${suite}`,
    orNewer: true,
    unrecorded,
  }));
}

/** The archives of May 2019 and later replaced the packages of the distribution. */
function javaHome(version: number, alpine: boolean, jre: boolean, last: string): { variable: string; path: string } {
  if (alpine && version <= 8) {
    const root = `/usr/lib/jvm/java-1.${version}-openjdk`;
    return { variable: jre ? `${root}/jre` : root, path: `${root}/jre/bin:${root}/bin` };
  }
  const own = alpine ? `/opt/openjdk-${version}` : `/usr/local/openjdk-${version}`;
  if (alpine || last >= '2019-06') return { variable: own, path: `${own}/bin` };
  return { variable: '/docker-java-home', path: '' };
}
