import type { ImageFacts } from '../image.ts';
import { correttoFacts, correttoRuntimes } from './amazoncorretto.ts';
import { jreReferences, temurinFacts } from './eclipse-temurin.ts';
import type { ImageFamily, ReadTag } from './family.ts';

const SOURCE = 'https://github.com/gradle/docker-gradle';

/** `7.6-jdk17-jammy`, `8-jdk21-alpine`, `jdk17` of the newest Gradle, `8-jdk17-corretto`; GraalVM's images are not known here. */
const TAG =
  /^(?:\d[\w.]*(?:-jdk(?<java>\d+)?)?|jdk(?<newest>\d+))(?<suite>-(?:alpine|focal|jammy|noble|resolute|ubi\d*|corretto(?:-al2023)?))?$/;

/** The version of Java that a tag names, and the words behind it; null where the tag has another shape. */
function readParts(tag: string): { readonly version: string | undefined; readonly suite: string } | null {
  const parts = TAG.exec(tag)?.groups;
  return parts === undefined ? null : { version: parts.java ?? parts.newest, suite: parts.suite ?? '' };
}

/** Null where it is not recorded which Java the image has, or which release it stands on. */
function javaFacts(tag: ReadTag, version: number | null, suite: string): ImageFacts | null {
  if (!suite.startsWith('-corretto') && !suite.startsWith('-ubi'))
    return temurinFacts(tag.base ?? { distribution: 'ubuntu', release: null }, version, false, tag.last);
  if (tag.base === null) return null;
  if (suite.startsWith('-ubi')) return temurinFacts(tag.base, version, false, tag.last);
  return version === null ? null : correttoFacts(tag.base, version, '');
}

/** https://hub.docker.com/_/gradle: on AdoptOpenJDK and then Temurin since 2020. */
export const gradle: ImageFamily = {
  source: SOURCE,
  redHat: true,
  describe: (tag) => {
    const parts = readParts(tag.tag === 'latest' ? '9' : tag.tag);
    if (parts === null || tag.last < '2020-01') return null;
    const version = parts.version === undefined ? null : Number(parts.version);
    const below = javaFacts(tag, version, parts.suite);
    if (below === null) return null;
    return {
      ...below,
      family: 'gradle',
      env: { ...below.env, GRADLE_HOME: '/opt/gradle' },
      versionVariables: [...(below.versionVariables ?? []), 'GRADLE_VERSION'],
      workdir: '/home/gradle',
      cmd: ['gradle'],
      volumes: ['/home/gradle/.gradle'],
      programs: [...new Set([...below.programs, 'git', 'hg', 'ssh', 'unzip', 'wget', 'gradle'])],
      accounts: ['gradle'],
      toolchainTrees: ['/opt/gradle', '/home/gradle/.gradle', '/root/.gradle'],
      toolchain: true,
      source: SOURCE,
    };
  },
  smaller: (tag) => {
    const { version, suite } = readParts(tag.tag) ?? {};
    if (version === undefined || suite === undefined) return [];
    if (suite.startsWith('-corretto')) return correttoRuntimes(version, '-al2023');
    const minimal = tag.base?.distribution === 'redhat' ? `-ubi${tag.base.release?.slice(2)}-minimal` : suite;
    return jreReferences(version, minimal, tag.base);
  },
};
