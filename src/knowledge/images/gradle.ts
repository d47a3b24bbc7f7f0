import type { ImageFacts } from '../image.ts';
import { correttoFacts, correttoRuntimes } from './amazoncorretto.ts';
import { jreReferences, temurinFacts } from './eclipse-temurin.ts';
import type { ImageFamily, ReadTag } from './family.ts';

const SOURCE = 'https://github.com/gradle/docker-gradle';

/** `7.6-jdk17-jammy`, `8-jdk21-alpine`, `8-jdk17-corretto`; GraalVM's images are not known here. */
const TAG = /^(?:\d[\w.]*)(?:-jdk(\d+)?)?(-(?:alpine|focal|jammy|noble|resolute|ubi\d*|corretto(?:-al2023)?))?$/;

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
    const match = TAG.exec(tag.tag === 'latest' ? '9' : tag.tag);
    if (match === null || tag.last < '2020-01') return null;
    const version = match[1] === undefined ? null : Number(match[1]);
    const below = javaFacts(tag, version, match[2] ?? '');
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
    const [, version, suite = ''] = TAG.exec(tag.tag) ?? [];
    if (version === undefined) return [];
    if (suite.startsWith('-corretto')) return correttoRuntimes(version, '-al2023');
    const minimal = tag.base?.distribution === 'redhat' ? `-ubi${tag.base.release?.slice(2)}-minimal` : suite;
    return jreReferences(version, minimal, tag.base);
  },
};
