import type { ImageFacts } from '../image.ts';
import { correttoFacts } from './amazoncorretto.ts';
import { temurinFacts } from './eclipse-temurin.ts';
import { type ImageFamily, type ReadTag, sibling } from './family.ts';
import { openjdk } from './openjdk.ts';

const SOURCE = 'https://github.com/docker-library/tomcat';
const HOME = '/usr/local/tomcat';

/** `10-jdk17`, `9.0-jre11-temurin-jammy`, `8.5-jdk8-openjdk-slim`, `9-jdk11-corretto`. */
const TAG = /^(\d[\w.-]*?)-(jdk|jre)(\d+)(?:-(temurin|openjdk|corretto))?(-slim)?(-[a-z]+[\d.]*)?$/;

/** Null where the vendor or the release is not recorded. */
function javaFacts(tag: ReadTag): ImageFacts | null {
  const [, , kind = '', version, vendor, slim] = TAG.exec(tag.tag) ?? [];
  if (version === undefined) return null;
  if (tag.base === null)
    return vendor === undefined && isOldDebian(tag) ? openjdkFacts(tag, kind, version, slim) : null;
  if (vendor === 'corretto')
    return tag.base.distribution === 'redhat' ? correttoFacts(tag.base, Number(version), '') : null;
  if (tag.base.distribution === 'ubuntu') return temurinFacts(tag.base, Number(version), kind === 'jre', tag.last);
  if (tag.base.distribution === 'redhat') return null;
  return openjdkFacts(tag, kind, version, slim);
}

function openjdkFacts(tag: ReadTag, kind: string, version: string, slim: string | undefined): ImageFacts | null {
  const words = [kind, ...(slim === undefined ? [] : ['slim'])];
  return openjdk.describe({ ...tag, words, version: [Number(version), null] });
}

/** Until the summer of 2019, what names no distribution stood on the openjdk image of that day, which was Debian's. */
const isOldDebian = ({ known, last }: ReadTag): boolean => known && last < '2019-07';

/** https://hub.docker.com/_/tomcat: Tomcat is copied from the image with a JDK into the one with a JRE. */
export const tomcat: ImageFamily = {
  source: SOURCE,
  redHat: true,
  describe: (tag) => {
    const below = javaFacts(tag);
    return (
      below && {
        ...below,
        family: 'tomcat',
        env: {
          ...below.env,
          PATH: `${HOME}/bin:${below.env.PATH}`,
          CATALINA_HOME: HOME,
          TOMCAT_NATIVE_LIBDIR: `${HOME}/native-jni-lib`,
          LD_LIBRARY_PATH: `${HOME}/native-jni-lib`,
        },
        workdir: HOME,
        // What the images of Java bring along is taken away again.
        entrypoint: null,
        cmd: ['catalina.sh', 'run'],
        exposes: ['8080'],
        programs: [...below.programs, 'catalina.sh', 'startup.sh', 'shutdown.sh', 'version.sh'],
        source: SOURCE,
      }
    );
  },
  smaller: (tag) => {
    const [, version, kind] = TAG.exec(tag.tag) ?? [];
    return kind !== 'jdk' ? [] : sibling('tomcat', tag.tag.replace(`${version}-jdk`, `${version}-jre`));
  },
};
