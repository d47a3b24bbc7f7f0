import { type ImageFamily, sibling } from './family.ts';
import { redHatFacts } from './red-hat.ts';

const SOURCE = 'https://github.com/sclorg/s2i-nodejs-container';
const HOME = '/opt/app-root/src';
/** Each with a minimal form, by the Dockerfiles of SOURCE. */
const VERSIONS = ['ubi8 14 16 18 20 22', 'ubi9 16 18 20 22', 'ubi10 22'];

/** `ubi9/nodejs-20`, on the image for building from source, and `ubi9/nodejs-20-minimal`, on ubi-minimal. */
function nodejs(registry: string, ubi: string, version: string, minimal: boolean): ImageFamily {
  const below = redHatFacts('ubi-nodejs', `el${ubi.slice(3)}`, SOURCE, minimal ? 'minimal' : '');
  const own = `${HOME}/node_modules/.bin/:${HOME}/.npm-global/bin/`;
  const programs = ['node', 'npm', 'npx', 'nodemon', 'tar', 'find', 'which'];
  const full = ['make', 'gcc', 'g++', 'cc', 'ld', 'git', 'rsync', 'unzip', 'xz', 'gettext'];
  return {
    source: SOURCE,
    redHat: true,
    describe: () => ({
      ...below,
      env: {
        PATH: minimal ? `${own}:${below.env.PATH}` : `${own}:${HOME}/bin:/opt/app-root/bin:${below.env.PATH}`,
        HOME,
        APP_ROOT: '/opt/app-root',
        NODEJS_VERSION: version,
        NPM_CONFIG_PREFIX: `${HOME}/.npm-global`,
        NPM_RUN: 'start',
      },
      workdir: HOME,
      user: '1001',
      entrypoint: minimal ? null : ['container-entrypoint'],
      cmd: minimal ? below.cmd : ['/bin/sh', '-c', '$STI_SCRIPTS_PATH/usage'],
      exposes: ['8080'],
      programs: [...below.programs, ...programs, ...(minimal ? [] : full)],
      accounts: minimal ? [] : ['default'],
      interpreter: 'node',
      source: SOURCE,
    }),
    documents: (tag) => (/^(latest|1)$/.test(tag) ? SOURCE : null),
    smaller: (tag) =>
      minimal
        ? []
        : sibling(`${registry}/${ubi}/nodejs-${version}-minimal`, tag.tag).map((one) => ({
            ...one,
            leaves: 'the entry of user 1001 in /etc/passwd, and the locales',
          })),
  };
}

/** https://catalog.redhat.com/software/containers/ubi9/nodejs-20 and its kin, by their full names. */
export const ubiNodejsFamilies: Readonly<Record<string, ImageFamily>> = Object.fromEntries(
  ['registry.access.redhat.com', 'registry.redhat.io'].flatMap((registry) =>
    VERSIONS.flatMap((line) => {
      const [ubi = '', ...versions] = line.split(' ');
      return versions.flatMap((version) =>
        [false, true].map((minimal): [string, ImageFamily] => [
          `${registry}/${ubi}/nodejs-${version}${minimal ? '-minimal' : ''}`,
          nodejs(registry, ubi, version, minimal),
        ]),
      );
    }),
  ),
);
