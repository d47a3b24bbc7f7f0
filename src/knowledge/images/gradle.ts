import { jreReferences, temurinFacts } from './eclipse-temurin.ts';
import type { ImageFamily } from './family.ts';

const SOURCE = 'https://github.com/gradle/docker-gradle';

/** `7.6-jdk17-jammy`, `8-jdk21-alpine`; the ones with another vendor's Java are not known here. */
const TAG = /^(?:\d[\w.]*)(?:-jdk(\d+)?)?(-(?:alpine|focal|jammy|noble|resolute))?$/;

/** https://hub.docker.com/_/gradle: on AdoptOpenJDK and then Temurin since 2020. */
export const gradle: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const match = TAG.exec(tag.tag === 'latest' ? '9' : tag.tag);
    if (match === null || tag.last < '2020-01') return null;
    const version = match[1] === undefined ? null : Number(match[1]);
    const below = temurinFacts(tag.base ?? { distribution: 'ubuntu', release: null }, version, false, tag.last);
    return {
      ...below,
      family: 'gradle',
      env: { ...below.env, GRADLE_HOME: '/opt/gradle' },
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
    return version === undefined ? [] : jreReferences(version, suite, tag.base);
  },
};
