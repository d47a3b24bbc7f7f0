import type { ImageFacts } from '../image.ts';
import { jreReferences, temurinFacts } from './eclipse-temurin.ts';
import type { ImageFamily, ReadTag } from './family.ts';
import { openjdk, openjdkRuntimes } from './openjdk.ts';

const SOURCE = 'https://github.com/carlossg/docker-maven';

/** `3.8-openjdk-11-slim`, `3-jdk-8-alpine`, `3.9-eclipse-temurin-17-focal`. */
const TAG = /^(?:\d[\w.]*)(?:-(eclipse-temurin|openjdk|jdk)-(\d+))?(-slim)?(-[a-z].*)?$/;

/** https://hub.docker.com/_/maven */
export const maven: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const below = jdkFacts(tag);
    return (
      below && {
        ...below,
        family: 'maven',
        env: { ...below.env, MAVEN_HOME: '/usr/share/maven', MAVEN_CONFIG: '/root/.m2' },
        entrypoint: ['/usr/local/bin/mvn-entrypoint.sh'],
        cmd: ['mvn'],
        programs: [...new Set([...below.programs, 'curl', 'git', 'mvn'])],
        toolchainTrees: ['/usr/share/maven', '/root/.m2'],
        toolchain: true,
        source: SOURCE,
      }
    );
  },
  smaller: (tag) => {
    const [, vendor, version, slim, suite = ''] = TAG.exec(tag.tag) ?? [];
    if (version === undefined) return [];
    if (vendor === 'eclipse-temurin') return jreReferences(version, suite, tag.base);
    return openjdkRuntimes(version, suite, slim !== undefined);
  },
};

/** Null of vendors that are not known here, and of tags that do not say which Java they have. */
function jdkFacts(tag: ReadTag): ImageFacts | null {
  const match = TAG.exec(tag.tag);
  const [, vendor, version, slim] = match ?? [];
  if (vendor === 'openjdk' || vendor === 'jdk') {
    const words = ['jdk', ...(slim === undefined ? [] : ['slim'])];
    if (Number(version) >= 12 && slim === undefined && tag.base === null) return null;
    const base = tag.base ?? { distribution: 'debian' as const, release: null };
    return openjdk.describe({ ...tag, base, words, version: [Number(version), null] });
  }
  const base = tag.base ?? (vendor === undefined ? null : { distribution: 'ubuntu' as const, release: null });
  if (match === null || base === null || base.distribution === 'debian') return null;
  return temurinFacts(base, version === undefined ? null : Number(version), false, tag.last);
}
