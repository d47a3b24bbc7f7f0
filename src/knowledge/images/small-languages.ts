import type { ImageFacts } from '../image.ts';
import { table } from '../table.ts';
import { baseOnly } from './base-only.ts';
import { buildpackFacts } from './buildpack-deps.ts';
import { systemPath } from './distributions.ts';
import { temurinFacts } from './eclipse-temurin.ts';
import type { ImageFamily, ReadTag } from './family.ts';
import { languageImage } from './language-image.ts';
import { python } from './python.ts';
import { type Base, baseOf } from './release.ts';

const onDebian = (_: string, { base }: ReadTag): Base => base ?? { distribution: 'debian', release: null };
const onAlpine = (_: string, { base }: ReadTag): Base => base ?? { distribution: 'alpine', release: null };
const SCRIPT = ['docker-entrypoint.sh'];

/** https://hub.docker.com/_/julia */
const julia = baseOnly(
  'julia',
  'https://github.com/docker-library/julia',
  onDebian,
  ['julia', 'curl', 'docker-entrypoint.sh'],
  (_, { last }) => ({
    env: { PATH: `/usr/local/julia/bin:${systemPath}`, JULIA_PATH: '/usr/local/julia' },
    entrypoint: last >= '2019-01' ? SCRIPT : null,
    cmd: ['julia'],
    hasCertificates: true,
  }),
);

const R = 'R Rscript r install.r install2.r installGithub.r gcc g++ gfortran cc make ld wget less'.split(' ');

/** https://hub.docker.com/_/r-base: it follows Debian's testing. */
const rBase = baseOnly(
  'r-base',
  'https://github.com/rocker-org/rocker',
  () => ({ distribution: 'debian', release: null }),
  R,
  () => ({
    env: { PATH: systemPath, LC_ALL: 'en_US.UTF-8', LANG: 'en_US.UTF-8' },
    cmd: ['R'],
    accounts: ['docker'],
    hasCertificates: true,
  }),
);

/** https://hub.docker.com/_/bash */
const bash = baseOnly('bash', 'https://github.com/tianon/docker-bash', onAlpine, ['bash', ...SCRIPT], () => ({
  entrypoint: SCRIPT,
  cmd: ['bash'],
}));

/** https://hub.docker.com/_/swipl */
const swipl = baseOnly('swipl', 'https://github.com/SWI-Prolog/docker-swipl', onDebian, ['swipl'], () => ({
  env: { PATH: systemPath, LANG: 'C.UTF-8' },
  cmd: ['swipl'],
}));

/** What the versions stood on when they were last made; one that moved in its line is only known by the line. */
const MONO = table<string>({
  '5.2': 'jessie',
  '5.4': 'jessie',
  '5.8': 'jessie',
  '5.18': 'stretch',
  '5.20': 'stretch',
  '6.0': 'stretch',
  '6.4': 'stretch',
  '6.6': 'stretch',
  '6.10': 'buster',
  '6.12': 'buster',
});

/** https://hub.docker.com/_/mono: the slim form has the runtime alone, without the libraries that most programs ask for. */
const mono = baseOnly(
  'mono',
  'https://github.com/mono/docker',
  (tag, { version, words }) => {
    if (words.includes('onbuild')) return null;
    const line = version === null || version[1] === null ? null : version.join('.');
    const found = /^(latest|slim|6(-slim)?)$/.test(tag) ? 'buster' : MONO[line ?? ''];
    const base = found === undefined ? null : baseOf(found);
    return base === 'other' ? null : base;
  },
  ['mono'],
  (_, { words, tag }) =>
    tag === 'slim' || words.includes('slim')
      ? {}
      : { programs: ['mono', 'mcs', 'csc', 'xbuild', 'msbuild', 'nuget', 'mkbundle', 'curl', 'gcc', 'ld', 'as'] },
);

/** https://hub.docker.com/_/haxe: on what the images of languages stand on, or on Alpine. */
const haxe: ImageFamily = {
  source: 'https://github.com/HaxeFoundation/docker-library-haxe',
  describe: (tag) => {
    if (tag.words.includes('onbuild')) return null;
    const base = tag.base ?? { distribution: 'debian', release: null };
    const programs = ['haxe', 'haxelib', 'neko'];
    const alpine = base.distribution === 'alpine';
    const below = alpine ? languageImage('haxe', '', base, []) : buildpackFacts(base, 'scm');
    return {
      ...below,
      family: 'haxe',
      env: { PATH: `/usr/local/bin:${systemPath}`, HAXE_STD_PATH: '/usr/local/share/haxe/std' },
      cmd: ['haxe'],
      programs: [...below.programs, ...programs, ...(alpine ? ['curl', 'gcc', 'make'] : [])],
      toolchain: false,
      interpreter: 'haxe',
      source: 'https://github.com/HaxeFoundation/docker-library-haxe',
    };
  },
};

/** https://hub.docker.com/_/hylang: Hy on the slim image of the Python that the tag names. */
const hylang: ImageFamily = {
  source: 'https://github.com/hylang/docker-hylang',
  describe: (tag) => {
    const version = /(?:^|-)python(\d+)\.(\d+)/.exec(tag.tag);
    if (version === null) return null;
    const [, major, minor] = version.map(Number);
    const below = python.describe({ ...tag, tag: 'slim', version: [major as number, minor as number] });
    const source = 'https://github.com/hylang/docker-hylang';
    return below && { ...below, family: 'hylang', cmd: ['hy'], programs: [...below.programs, 'hy', 'hy2py'], source };
  },
};

const GROOVY = '/home/groovy';

/** https://hub.docker.com/_/groovy: on Temurin from 4 on, as an account of its own. */
const groovy: ImageFamily = {
  source: 'https://github.com/groovy/docker-groovy',
  describe: (tag) => {
    const java = /(?:^|-)jdk-?(\d+)/.exec(tag.tag)?.[1];
    if ((tag.version !== null && tag.version[0] < 4) || tag.words.includes('jre')) return null;
    // Of Java 8 the form on Alpine is another vendor's.
    if (tag.words.includes('alpine') && java === '8') return null;
    const base: Base = tag.base ?? { distribution: 'ubuntu', release: null };
    const below = temurinFacts(base, java === undefined ? null : Number(java), false, tag.last);
    const more: Partial<ImageFacts> = {
      env: { ...below.env, GROOVY_HOME: '/opt/groovy' },
      cmd: ['groovysh'],
      user: '1000',
      workdir: GROOVY,
      volumes: [`${GROOVY}/.groovy/grapes`],
      accounts: ['groovy'],
      toolchain: false,
      interpreter: 'groovy',
    };
    const programs = [...below.programs, 'groovy', 'groovyc', 'groovysh', 'git', 'unzip', 'wget'];
    return { ...below, ...more, family: 'groovy', programs, source: 'https://github.com/groovy/docker-groovy' };
  },
};

/** By the name of the official image. */
export const smallLanguages: Readonly<Record<string, ImageFamily>> = {
  julia,
  'r-base': rBase,
  bash,
  swipl,
  mono,
  haxe,
  hylang,
  groovy,
};
