import type { ImageFacts } from '../image.ts';
import { distributionFacts, systemPath } from './distributions.ts';
import { type ImageFamily, type Sibling, sibling } from './family.ts';
import { jdkPrograms } from './openjdk.ts';
import { redHatFacts } from './red-hat.ts';
import type { Base } from './release.ts';

const SOURCE = 'https://github.com/corretto/corretto-docker';

/** `17`, `17-jdk`, `8-al2023-jre`, `21-al2-native-headful`, `17-alpine3.20-jdk`; Amazon Linux 2022 never left its preview. */
const TAG =
  /^(\d+(?:[.u]\d[\w.]*)?)(-al2-native|-al2023|-al2|-alpine(?:\d+\.\d+)?)?(-jdk|-full|-jre|-headful|-headless)?$/;

/** Java as Amazon's images have it; `release` is al2023 in the tags that name nothing, as far as the table says so. */
export function correttoFacts(base: Base, version: number, kind: string): ImageFacts {
  const jre = /jre|headful|headless/.test(kind);
  const alpine = base.distribution === 'alpine';
  const below = alpine ? distributionFacts(base, true) : redHatFacts('amazonlinux', base.release, SOURCE, '');
  const own =
    version === 8 ? '/usr/lib/jvm/java-1.8.0-amazon-corretto' : `/usr/lib/jvm/java-${version}-amazon-corretto`;
  const home = `${alpine ? '/usr/lib/jvm/default-jvm' : own}${version === 8 && jre ? '/jre' : ''}`;
  return {
    ...below,
    family: 'amazoncorretto',
    slim: alpine,
    env: { PATH: alpine ? `${systemPath}:${home}/bin` : systemPath, LANG: 'C.UTF-8', JAVA_HOME: home },
    programs: [...below.programs, ...(jre ? ['java', 'keytool'] : jdkPrograms)],
    hasCertificates: true,
    toolchain: !jre,
    interpreter: 'java',
    source: SOURCE,
  };
}

/** Java 8 has a JRE; from 11 on, on Amazon Linux, `headful` is all of Java but its compiler and modules. */
export function correttoRuntimes(version: string, suite: string): readonly Sibling[] {
  const major = Number.parseInt(version, 10);
  if (major !== 8 && suite.startsWith('-alpine')) return [];
  return sibling('amazoncorretto', `${version}${suite}${major === 8 ? '-jre' : '-headful'}`);
}

/** https://hub.docker.com/_/amazoncorretto */
export const amazoncorretto: ImageFamily = {
  source: SOURCE,
  redHat: true,
  describe: (tag) => {
    const [, version, suite = '', kind = ''] = TAG.exec(tag.tag) ?? [];
    if (version === undefined) return null;
    const base = suite.startsWith('-al2-native') || suite === '-al2' ? AMAZON_2 : tag.base;
    return base && correttoFacts(base, Number.parseInt(version, 10), kind);
  },
  smaller: (tag) => {
    const [, version, suite = '', kind = ''] = TAG.exec(tag.tag) ?? [];
    // The ones called al2 without `native` have the packages for any Linux, which come in one piece.
    return version === undefined || suite === '-al2' || !/^(-jdk|-full)?$/.test(kind)
      ? []
      : correttoRuntimes(version, suite);
  },
};

const AMAZON_2: Base = { distribution: 'redhat', release: 'amzn2' };
