import { temurinFacts } from './eclipse-temurin.ts';
import { type ImageFamily, sibling } from './family.ts';
import type { Base } from './release.ts';

const SOURCE = 'https://github.com/AdoptOpenJDK/openjdk-docker';

/** `latest`, `jdk-11.0.11_9`, `alpine`, `jdk-11.0.11_9-alpine`; the JRE: `jre`, `alpine-jre`, `jre-11.0.11_9-alpine`. */
const TAG = /^(?:(latest|jre|ubuntu|ubuntu-jre)|(alpine|alpine-jre)|(?:jdk|jre)-?[\w.]+(?:-b\d+)?(-alpine|-ubuntu)?)$/;

/** The JRE of the same build and distribution, in the words of the table of tags in SOURCE. */
function jreOf(tag: string): string | null {
  if (!TAG.test(tag) || tag.includes('jre')) return null;
  return tag === 'latest' ? 'jre' : tag.startsWith('jdk') ? tag.replace('jdk', 'jre') : `${tag}-jre`;
}

/** The plain tags stood on this when the last of them were made, in 2021; 9 to 13 were closed before. */
const LAST = /^(8|11|14|15|16)$/;

function builds(version: string): ImageFamily {
  return {
    source: SOURCE,
    describe: ({ tag }) => {
      const match = TAG.exec(tag);
      if (match === null) return null;
      const alpine = match[2] !== undefined || match[3] === '-alpine';
      const release = match[1] !== undefined ? (LAST.test(version) ? 'focal' : 'bionic') : null;
      const base: Base = alpine ? { distribution: 'alpine', release: null } : { distribution: 'ubuntu', release };
      const facts = temurinFacts(base, Number(version), tag.includes('jre'), '2021-07');
      return { ...facts, family: 'adoptopenjdk', entrypoint: null, source: SOURCE };
    },
    smaller: ({ tag }) => {
      const because = 'the JDK and JRE images of one build are made together';
      const found = sibling(`adoptopenjdk/openjdk${version}`, jreOf(tag));
      return found.map((one) => ({ ...one, unrecorded: { current: null, because } }));
    },
    documents: (tag) => (TAG.test(tag) ? SOURCE : null),
  };
}

/** https://hub.docker.com/u/adoptopenjdk: one repository a version. */
export const adoptopenjdkBuilds: Readonly<Record<string, ImageFamily>> = Object.fromEntries(
  ['8', '9', '10', '11', '12', '13', '14', '15', '16'].map((version) => [
    `adoptopenjdk/openjdk${version}`,
    builds(version),
  ]),
);
