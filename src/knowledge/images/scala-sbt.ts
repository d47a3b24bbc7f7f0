import type { ImageFacts } from '../image.ts';
import { eclipseTemurin, jreReferences } from './eclipse-temurin.ts';
import type { ImageFamily, ReadTag } from './family.ts';
import { openjdk, openjdkRuntimes } from './openjdk.ts';
import { readTag } from './read-tag.ts';

const SOURCE = 'https://github.com/sbt/docker-sbt';

/** `eclipse-temurin-21.0.6_7_1.10.11_2.13.16`, `eclipse-temurin-jammy-17.0.10_7_1.9.9_3.4.0`: Java, sbt, Scala. */
const TEMURIN =
  /^eclipse-temurin-(?:(focal|jammy|noble|alpine)-)?(\d[\d.]*_\d+|8u\d+-b\d+)_\d+\.\d+(?:\.\d+)?_\d+\.\d+\.\d+$/;
/** `8u242_1.3.8_2.13.1`, `11.0.14.1_1.6.2_2.13.8`, on the openjdk images of Debian. */
const OPENJDK = /^(?:openjdk-)?(8u\d+|11[\d.]*)_\d+\.\d+\.\d+_\d+\.\d+\.\d+$/;

function withSbt(below: ImageFacts | null): ImageFacts | null {
  return (
    below && {
      ...below,
      family: 'scala-sbt',
      workdir: '/root',
      cmd: ['sbt'],
      programs: [...new Set([...below.programs, 'curl', 'git', 'rpm', 'sbt', 'scala', 'scalac'])],
      accounts: ['sbtuser'],
      toolchainTrees: [
        '/usr/share/sbt',
        '/usr/share/scala',
        '/root/.sbt',
        '/root/.ivy2',
        '/root/.cache',
        '/home/sbtuser',
      ],
      toolchain: true,
      source: SOURCE,
    }
  );
}

/** The tag of the image underneath, which the README gives to the build as BASE_IMAGE_TAG. */
function baseTag(tag: string): ReadTag | null {
  const [, suite, version] = TEMURIN.exec(tag) ?? [];
  return version === undefined
    ? null
    : readTag('eclipse-temurin', `${version}-jdk${suite === undefined ? '' : `-${suite}`}`);
}

const temurin: ImageFamily = {
  source: SOURCE,
  describe: ({ tag }) => {
    const base = baseTag(tag);
    return base && withSbt(eclipseTemurin.describe(base));
  },
  smaller: ({ tag }) => {
    const [, suite, version = ''] = TEMURIN.exec(tag) ?? [];
    const base = baseTag(tag);
    return base === null ? [] : jreReferences(version, suite === undefined ? '' : `-${suite}`, base.base);
  },
  documents: (tag) => (baseTag(tag)?.known ? SOURCE : null),
};

/** Whether the image underneath was Debian's stretch or buster is not recorded: the JRE of the same update is on buster. */
const older: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const version = OPENJDK.exec(tag.tag)?.[1];
    if (version === undefined) return null;
    const major = version.startsWith('8') ? 8 : 11;
    const facts = withSbt(openjdk.describe({ ...tag, tag: `${version}-jdk`, words: ['jdk'], version: [major, null] }));
    return facts && { ...facts, release: null };
  },
  smaller: ({ tag }) => {
    const version = OPENJDK.exec(tag)?.[1];
    return version === undefined ? [] : openjdkRuntimes(version, '', false);
  },
  documents: (tag) => (OPENJDK.test(tag) ? SOURCE : null),
};

/** https://hub.docker.com/r/sbtscala/scala-sbt and https://hub.docker.com/r/hseeberger/scala-sbt, its former name. */
export const scalaSbtFamilies: Readonly<Record<string, ImageFamily>> = {
  'sbtscala/scala-sbt': {
    ...temurin,
    describe: (tag) => temurin.describe(tag) ?? older.describe(tag),
    smaller: (tag) => [...(temurin.smaller?.(tag) ?? []), ...(older.smaller?.(tag) ?? [])],
    documents: (tag) => temurin.documents?.(tag) ?? older.documents?.(tag) ?? null,
  },
  'hseeberger/scala-sbt': older,
};
