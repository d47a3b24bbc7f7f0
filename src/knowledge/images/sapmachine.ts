import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily, Sibling } from './family.ts';
import { jdkPrograms } from './openjdk.ts';

const SOURCE = 'https://github.com/SAP/SapMachine-infrastructure/tree/master/dockerfiles';

/** `17`, `21-jdk`, `17-jdk-headless-ubuntu-22.04`, `21-jre-alpine-3.21`; the first images named no kind and had a JDK. */
const TAG = /^(\d[\d.]*)(?:-(jdk|jre)(-headless)?)?(-ubuntu(?:-[a-z]+|-\d\d\.\d\d)?|-alpine(?:-\d+\.\d+)?)?$/;

/** A headless JRE lacks what draws, and a headless JDK does so as well. */
export function sapmachineRuntimes(version: string, headless = '', suite = ''): readonly Sibling[] {
  const because =
    'a plain tag of SapMachine moves to newer releases of Ubuntu only, so that the newest one is no older';
  const unrecorded = { current: true, because };
  const image = `sapmachine:${version}-jre${headless}${suite}`;
  return [suite === '' ? { image, orNewer: true, unrecorded } : { image }];
}

/** https://hub.docker.com/_/sapmachine */
export const sapmachine: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const [, version, kind, , suite = ''] = TAG.exec(tag.tag) ?? [];
    if (version === undefined || tag.base?.distribution === 'debian') return null;
    const alpine = suite.startsWith('-alpine');
    const below = distributionFacts(tag.base ?? { distribution: alpine ? 'alpine' : 'ubuntu', release: null }, alpine);
    const major = Number.parseInt(version, 10);
    const jre = kind === 'jre';
    const home = alpine
      ? `/usr/lib/jvm/java-${major}-sapmachine-${jre ? 'jre' : 'jdk'}`
      : `/usr/lib/jvm/sapmachine-${major}`;
    return {
      ...below,
      family: 'sapmachine',
      env: { PATH: systemPath, JAVA_HOME: home },
      cmd: jre ? (alpine ? ['sh'] : ['bash']) : ['jshell'],
      programs: [...below.programs, ...(jre ? ['java', 'keytool'] : jdkPrograms)],
      toolchain: !jre,
      interpreter: 'java',
      source: SOURCE,
    };
  },
  smaller: (tag) => {
    const [, version, kind, headless = '', suite = ''] = TAG.exec(tag.tag) ?? [];
    return version === undefined || kind === 'jre' ? [] : sapmachineRuntimes(version, headless, suite);
  },
};
