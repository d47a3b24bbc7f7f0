import type { ImageFacts } from '../image.ts';
import { distributionFacts, systemPath } from './distributions.ts';
import { jreReferences, temurinFacts } from './eclipse-temurin.ts';
import type { ImageFamily, ReadTag } from './family.ts';
import { jdkPrograms, openjdk, openjdkRuntimes } from './openjdk.ts';
import type { Base } from './release.ts';

const SOURCE = 'https://github.com/Quantisan/docker-clojure';

/** `temurin-17-lein-2.11.2-jammy`, `openjdk-11-tools-deps-slim-bullseye`, `lein-2.8.1-alpine`. */
const TAG = /^(?:(openjdk|temurin)-(\d+)-)?(lein|tools-deps|boot)(?:-\d[\w.]*)?(-slim)?(-[a-z]+[\d.]*)?$/;

/** Before they named a Java, the images stood on openjdk 8. */
const UNNAMED_UNTIL = '2019-01';

function javaFacts(tag: ReadTag, vendor: string | undefined, version: number): ImageFacts | null {
  if (vendor !== 'temurin') {
    const words = ['jdk', ...(tag.tag.includes('slim') ? ['slim'] : [])];
    return openjdk.describe({ ...tag, words, version: [version, null] });
  }
  if (tag.base === null) return null;
  if (tag.base.distribution !== 'debian') return temurinFacts(tag.base, version, false, '2023-01');
  return copiedFacts(tag.base, tag.tag.includes('slim'));
}

/** Java is copied from Temurin's image onto Debian. */
function copiedFacts(base: Base, slim: boolean): ImageFacts {
  const below = distributionFacts(base, slim);
  const env = { PATH: `/opt/java/openjdk/bin:${systemPath}`, JAVA_HOME: '/opt/java/openjdk' };
  return { ...below, env, programs: [...below.programs, ...jdkPrograms], interpreter: 'java' };
}

const COMMAND_LINE = ['clojure', 'clj', 'rlwrap'];

/** The image without a tag has both tools. */
function latestFacts(): ImageFacts {
  const below = copiedFacts({ distribution: 'debian', release: null }, false);
  return withTools(below, ['lein', ...COMMAND_LINE], ['entrypoint'], ['-M', '--repl']);
}

function withTools(
  below: ImageFacts,
  tools: readonly string[],
  entrypoint: ImageFacts['entrypoint'],
  cmd: readonly string[],
): ImageFacts {
  return {
    ...below,
    family: 'clojure',
    workdir: '/tmp',
    entrypoint,
    cmd,
    programs: [...new Set([...below.programs, ...tools, 'make', 'git'])],
    toolchainTrees: ['/root/.m2', '/root/.lein', '/usr/share/java', '/usr/local/lib/clojure'],
    toolchain: true,
    source: SOURCE,
  };
}

/** https://hub.docker.com/_/clojure */
export const clojure: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    if (tag.tag === 'latest') return latestFacts();
    const [, vendor, version, tool] = TAG.exec(tag.tag) ?? [];
    if (tool === undefined || (vendor === undefined && tag.last >= UNNAMED_UNTIL)) return null;
    const below = javaFacts(tag, vendor, Number(version ?? 8));
    const own = tool === 'lein' ? ['lein'] : tool === 'boot' ? ['boot'] : COMMAND_LINE;
    const entrypoint = tag.last >= '2021-09' ? ['entrypoint'] : null;
    return below && withTools(below, own, entrypoint, tool === 'lein' ? ['lein', 'repl'] : [tool]);
  },
  smaller: (tag) => {
    const [, vendor, version, tool, slim, suite = ''] = TAG.exec(tag.tag) ?? [];
    if (tool === undefined) return [];
    if (vendor !== 'temurin') return openjdkRuntimes(version ?? '8', suite, slim !== undefined);
    return tag.base?.distribution === 'debian' ? [] : jreReferences(version ?? '', suite, tag.base);
  },
};
