import { temurinFacts } from './eclipse-temurin.ts';
import type { ImageFamily } from './family.ts';

const SOURCE = 'https://github.com/AdoptOpenJDK/openjdk-docker';

/** `11-jdk-hotspot`, `8-hotspot-bionic`; the virtual machine is named in every tag of the JRE. */
const TAG = /^(\d[\w.]*)(-jdk|-jre)?(?:-(hotspot|openj9))(-bionic|-focal)?$/;

/** https://hub.docker.com/_/adoptopenjdk: what eclipse-temurin was until 2021. */
export const adoptopenjdk: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const match = TAG.exec(tag.tag);
    if (match === null || tag.base?.distribution !== 'ubuntu') return null;
    const facts = temurinFacts(tag.base, Number.parseInt(match[1] as string, 10), match[2] === '-jre', tag.last);
    return { ...facts, family: 'adoptopenjdk', entrypoint: null, source: SOURCE };
  },
  smaller: (tag) => {
    const [, version, kind, machine, suite = ''] = TAG.exec(tag.tag) ?? [];
    return version === undefined || kind === '-jre'
      ? []
      : [{ image: `adoptopenjdk:${version}-jre-${machine}${suite}`, orNewer: true }];
  },
};
