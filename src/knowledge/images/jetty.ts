import type { ImageFacts } from '../image.ts';
import { correttoFacts } from './amazoncorretto.ts';
import { temurinFacts } from './eclipse-temurin.ts';
import type { ImageFamily, ReadTag } from './family.ts';
import { openjdk } from './openjdk.ts';
import { tagInfo } from './tag-table.ts';

const SOURCE = 'https://github.com/jetty/jetty.docker';
const HOME = '/usr/local/jetty';

/** `12.0-jdk17`, `9.4-jre11-slim`, `12-jdk21-alpine-eclipse-temurin`, `12.0-jdk17-al2023-amazoncorretto`. */
const TAG = /^(\d[\d.]*)-(jdk|jre)(\d+)(-slim)?(-alpine|-al2023)?(?:-(eclipse-temurin|openjdk|amazoncorretto))?$/;
const VENDORS = ['eclipse-temurin', 'openjdk', 'amazoncorretto'];

/** A tag without a vendor is the one with a vendor that was made as long. */
function vendorOf({ tag, last }: ReadTag): string | null {
  const [, , , , , , stated] = TAG.exec(tag) ?? [];
  if (stated !== undefined) return stated;
  return VENDORS.find((vendor) => tagInfo('jetty', `${tag}-${vendor}`)?.last === last) ?? null;
}

/** Null where the vendor or what it stands on is not recorded. */
function javaFacts(tag: ReadTag): ImageFacts | null {
  const [, , kind, number, slim, suite] = TAG.exec(tag.tag) ?? [];
  const vendor = vendorOf(tag);
  if (number === undefined || vendor === null) return null;
  const version = Number(number);
  const alpine = { distribution: 'alpine' as const, release: null };
  if (vendor === 'amazoncorretto')
    return suite === '-al2023' ? correttoFacts({ distribution: 'redhat', release: 'al2023' }, version, '') : null;
  if (vendor === 'eclipse-temurin') {
    const base = suite === '-alpine' ? alpine : { distribution: 'ubuntu' as const, release: null };
    return temurinFacts(base, version, kind === 'jre', tag.last);
  }
  const base = suite === '-alpine' ? alpine : { distribution: 'debian' as const, release: null };
  const words = [`${kind}`, ...(slim === undefined ? [] : ['slim'])];
  return openjdk.describe({ ...tag, base, words, version: [version, null] });
}

/** https://hub.docker.com/_/jetty: the server in the image of a JDK or of a JRE. */
export const jetty: ImageFamily = {
  source: SOURCE,
  redHat: true,
  describe: (tag) => {
    const below = javaFacts(tag);
    return (
      below && {
        ...below,
        family: 'jetty',
        env: {
          ...below.env,
          PATH: `${HOME}/bin:${below.env.PATH}`,
          JETTY_HOME: HOME,
          JETTY_BASE: '/var/lib/jetty',
          TMPDIR: '/tmp/jetty',
        },
        workdir: '/var/lib/jetty',
        user: 'jetty',
        entrypoint: ['/docker-entrypoint.sh'],
        cmd: ['java', '-jar', `${HOME}/start.jar`],
        exposes: ['8080'],
        accounts: ['jetty'],
        source: SOURCE,
      }
    );
  },
  smaller: (tag) => {
    const [, version, kind] = TAG.exec(tag.tag) ?? [];
    const jre = tag.tag.replace(`${version}-jdk`, `${version}-jre`);
    if (kind !== 'jdk' || tagInfo('jetty', jre)?.last !== tag.last) return [];
    const because = 'the images with the JDK and the JRE of one version were made together for as long';
    return [{ image: `jetty:${jre}`, unrecorded: { current: null, because } }];
  },
};
