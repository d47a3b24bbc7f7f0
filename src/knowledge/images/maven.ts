import type { ImageFacts } from '../image.ts';
import { table } from '../table.ts';
import { correttoFacts, correttoRuntimes } from './amazoncorretto.ts';
import { jreReferences, temurinFacts } from './eclipse-temurin.ts';
import { type ImageFamily, type ReadTag, sibling } from './family.ts';
import { openjdk, openjdkRuntimes } from './openjdk.ts';
import { type Base, baseOf } from './release.ts';
import { sapmachine, sapmachineRuntimes } from './sapmachine.ts';
import { semeru } from './semeru.ts';
import { tagInfo } from './tag-table.ts';

const SOURCE = 'https://github.com/carlossg/docker-maven';

/** `3.8-openjdk-11-slim`, `3-jdk-8-alpine`, `3.9-eclipse-temurin-17-focal`, `3-amazoncorretto-21-al2023`. */
const TAG =
  /^(?:\d[\w.]*)(?:-(eclipse-temurin|openjdk|jdk|amazoncorretto|sapmachine|ibm-semeru)-(\d+))?(-slim)?(-[a-z].*)?$/;

/** What tags that name no Java had when they were last made, by library/maven of the list of official images. */
const UNNAMED = table<string>({
  'jdk-7': '3.2 3.2.5 3.3.1',
  'jdk-8': '3.3 3.3.3 3.3.9 3.5 3.5.0 3.5.2 3.5.3 3.5.4',
  'jdk-11': '3.6.0 3.6.1 3.6.2',
  'eclipse-temurin-17': '3.8.5 3.8.6 3.8.7 3.9.0',
  'eclipse-temurin-20': '3.9.1 3.9.2 3.9.3',
  'eclipse-temurin-21': '3.8 3.8.8 3.9.4 3.9.5 3.9.6 3.9.7 3.9.8 3.9.9 3.9.10',
  'eclipse-temurin-25': '3.9.11 3.9.12 3.9.13 3.9.14',
  'eclipse-temurin-26': '3.9.15 3.9.16 3.9 3 latest',
});

/** A tag with the Java that it stands for. */
function named(tag: string): string {
  const java = Object.keys(UNNAMED).find((one) => UNNAMED[one]?.split(' ').includes(tag));
  return java === undefined ? tag : `${tag === 'latest' ? '3' : tag}-${java}`;
}

/** https://hub.docker.com/_/maven */
export const maven: ImageFamily = {
  source: SOURCE,
  redHat: true,
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
    const [, vendor, version, slim, suite = ''] = TAG.exec(named(tag.tag)) ?? [];
    if (version === undefined) return [];
    if (vendor === 'eclipse-temurin') return jreReferences(version, suite, tag.base);
    if (vendor === 'amazoncorretto') return correttoRuntimes(version, suite);
    if (vendor === 'sapmachine') return sapmachineRuntimes(version);
    if (vendor === 'ibm-semeru') return sibling('ibm-semeru-runtimes', `open-${version}-jre${suite}`);
    // From 12 on there is no JRE: the JDK alone is what is smaller.
    if (Number(version) >= 12 && suite === '') return sibling('openjdk', openjdkTag(version, slim));
    return openjdkRuntimes(version, suite, slim !== undefined);
  },
};

const openjdkTag = (version: string, slim: string | undefined): string => `${version}${slim ?? ''}`;

/**
 * What the openjdk image stood on that was closed in the same month, with which this one was made to its end. From 17 on it
 * stood on nothing else all its life.
 */
function openjdkBase(version: string, slim: string | undefined, last: string): Base | null {
  const below = tagInfo('openjdk', openjdkTag(version, slim));
  const same = below?.last === last || Number(version) >= 17;
  const base = same && below !== null && below.release !== null ? baseOf(below.release) : null;
  return base === 'other' ? null : base;
}

/** Null of vendors that are not known here, and of tags that do not say which Java they have. */
function jdkFacts(tag: ReadTag): ImageFacts | null {
  const match = TAG.exec(named(tag.tag));
  const [, vendor, version, slim, suite = ''] = match ?? [];
  if (vendor === 'amazoncorretto') {
    const alpine = suite === '-alpine' ? { distribution: 'alpine' as const, release: null } : null;
    const base = tag.base ?? alpine;
    return base === null || base.distribution === 'debian' ? null : correttoFacts(base, Number(version), '');
  }
  if (vendor === 'sapmachine') return sapmachine.describe({ ...tag, tag: `${version}` });
  if (vendor === 'ibm-semeru') return semeru.describe({ ...tag, tag: `open-${version}-jdk${suite}` });
  if (vendor === 'openjdk' || vendor === 'jdk') {
    const words = ['jdk', ...(slim === undefined ? [] : ['slim'])];
    const below = Number(version) >= 12 && suite === '' ? openjdkBase(`${version}`, slim, tag.last) : null;
    if (Number(version) >= 12 && slim === undefined && tag.base === null && below === null) return null;
    const base = tag.base ?? below ?? { distribution: 'debian' as const, release: null };
    return openjdk.describe({ ...tag, base, words, version: [Number(version), null] });
  }
  const base = tag.base ?? (vendor === undefined ? null : { distribution: 'ubuntu' as const, release: null });
  if (match === null || base === null || base.distribution === 'debian' || base.distribution === 'redhat') return null;
  return temurinFacts(base, version === undefined ? null : Number(version), false, tag.last);
}
