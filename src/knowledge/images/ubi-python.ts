import { type ImageFamily, sibling } from './family.ts';
import { redHatFacts } from './red-hat.ts';

const SOURCE = 'https://github.com/sclorg/s2i-python-container';
const ROOT = '/opt/app-root';
const HOME = `${ROOT}/src`;
/** By the Dockerfiles of SOURCE; a `+` has a minimal form as well, a `-` that alone. */
const VERSIONS = ['ubi8 36 38 39+ 311+ 312+', 'ubi9 39 311 312+ 314+', 'ubi10 312- 314-'];

/** `ubi9/python-312`, on the image for building from source, and `ubi9/python-312-minimal`, on ubi-minimal. */
function python(registry: string, ubi: string, version: string, minimal: boolean, smaller: boolean): ImageFamily {
  const below = redHatFacts('ubi-python', `el${ubi.slice(3)}`, SOURCE, minimal ? 'minimal' : '');
  const full = ['make', 'gcc', 'g++', 'cc', 'ld', 'git', 'rsync', 'unzip', 'xz', 'gettext', 'httpd', 'npm', 'node'];
  const bin = minimal ? `${ROOT}/bin:${HOME}/bin:${HOME}/.local/bin` : `${HOME}/.local/bin/:${HOME}/bin:${ROOT}/bin`;
  return {
    source: SOURCE,
    redHat: true,
    describe: () => ({
      ...below,
      env: {
        PATH: `${bin}:${below.env.PATH}`,
        HOME,
        APP_ROOT: ROOT,
        PYTHON_VERSION: version.replace(/^3/, '3.'),
        PYTHONUNBUFFERED: '1',
        PYTHONIOENCODING: 'UTF-8',
        LC_ALL: 'en_US.UTF-8',
        LANG: 'en_US.UTF-8',
        PIP_NO_CACHE_DIR: 'off',
        BASH_ENV: `${ROOT}/bin/activate`,
        ENV: `${ROOT}/bin/activate`,
        PROMPT_COMMAND: `. ${ROOT}/bin/activate`,
      },
      workdir: HOME,
      user: '1001',
      entrypoint: minimal ? null : ['container-entrypoint'],
      cmd: ['/bin/sh', '-c', '$STI_SCRIPTS_PATH/usage'],
      exposes: ['8080'],
      programs: [...below.programs, 'python', 'python3', 'pip', 'pip3', 'find', ...(minimal ? [] : full)],
      accounts: minimal ? [] : ['default'],
      interpreter: 'python',
      environment: ROOT,
      source: SOURCE,
    }),
    documents: (tag) => (/^(latest|1)$/.test(tag) ? SOURCE : null),
    smaller: (tag) =>
      smaller
        ? sibling(`${registry}/${ubi}/python-${version}-minimal`, tag.tag).map((one) => ({
            ...one,
            leaves:
              'the entry of user 1001 in /etc/passwd, the web server, and the libraries that packages may be linked with',
          }))
        : [],
  };
}

/** https://catalog.redhat.com/software/containers/ubi9/python-312 and its kin, by their full names. */
export const ubiPythonFamilies: Readonly<Record<string, ImageFamily>> = Object.fromEntries(
  ['registry.access.redhat.com', 'registry.redhat.io'].flatMap((registry) =>
    VERSIONS.flatMap((line) => {
      const [ubi = '', ...versions] = line.split(' ');
      return versions.flatMap((word) => {
        const version = word.replace(/\D/, '');
        const name = `${registry}/${ubi}/python-${version}`;
        const hasMinimal = word !== version;
        const forms = [...(word.endsWith('-') ? [] : [false]), ...(hasMinimal ? [true] : [])];
        return forms.map((minimal): [string, ImageFamily] => [
          minimal ? `${name}-minimal` : name,
          python(registry, ubi, version, minimal, hasMinimal && !minimal),
        ]);
      });
    }),
  ),
);
