import { systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { jdkPrograms } from './openjdk.ts';
import { redHatFacts } from './red-hat.ts';

const SOURCE = 'https://github.com/rh-openjdk/redhat-openjdk-containers';
/** Each with a form for running alone, by the descriptors in the branches of SOURCE. */
const VERSIONS = ['ubi8 8 11 17 21', 'ubi9 11 17 21'];

/** `ubi9/openjdk-17`, with the JDK and Maven, and `ubi9/openjdk-17-runtime`, with the JRE; both on ubi-minimal. */
function ubiOpenjdk(name: string, ubi: string, runtime: boolean): ImageFamily {
  const below = redHatFacts('ubi-openjdk', `el${ubi.slice(3)}`, SOURCE, 'minimal');
  const home = ubi === 'ubi8' ? '/home/jboss' : '/home/default';
  return {
    source: SOURCE,
    redHat: true,
    describe: () => ({
      ...below,
      env: { PATH: runtime ? systemPath : `${systemPath}:/usr/local/s2i`, HOME: home },
      workdir: home,
      user: '185',
      cmd: [runtime ? '/opt/jboss/container/java/run/run-java.sh' : '/usr/local/s2i/run'],
      exposes: ['8080', '8443'],
      programs: [
        ...below.programs,
        'tar',
        'useradd',
        'groupadd',
        ...(runtime ? ['java', 'keytool'] : [...jdkPrograms, 'mvn', 'rsync']),
      ],
      accounts: [ubi === 'ubi8' ? 'jboss' : 'default'],
      hasTimeZones: true,
      toolchain: !runtime,
      interpreter: 'java',
      source: SOURCE,
    }),
    documents: (tag) => (/^(latest|1\.\d\d)$/.test(tag) ? SOURCE : null),
    smaller: ({ tag }) => (runtime ? [] : [{ image: `${name}-runtime:${tag}` }]),
  };
}

/** https://catalog.redhat.com/software/containers/ubi9/openjdk-17 and its kin, by their full names. */
export const ubiOpenjdkFamilies: Readonly<Record<string, ImageFamily>> = Object.fromEntries(
  ['registry.access.redhat.com', 'registry.redhat.io'].flatMap((registry) =>
    VERSIONS.flatMap((line) => {
      const [ubi = '', ...versions] = line.split(' ');
      return versions.flatMap((version) => {
        const name = `${registry}/${ubi}/openjdk-${version}`;
        return [false, true].map((runtime): [string, ImageFamily] => [
          runtime ? `${name}-runtime` : name,
          ubiOpenjdk(name, ubi, runtime),
        ]);
      });
    }),
  ),
);
