import { baseOnly } from './base-only.ts';
import { systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';

const ROOT = '/opt/conda';
const LANG = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
const PROGRAMS = ['conda', 'python', 'python3', 'pip', 'git', 'wget', 'bzip2', 'bunzip2'];

/** `4.5.4`, `24.5.0-0`: until the summer of 2019, tini started what CMD says. */
const hasTini = (tag: string): boolean => /^4\.[0-6](\.|-|$)/.test(tag);

/** As far as the history of the sources tells. */
const debianOf = (tag: string): string | null =>
  /^24\.[345]\./.test(tag) ? 'bookworm' : /^4\.(7\.12|[89]\.)/.test(tag) ? 'buster' : null;
const ubuntuOf = (tag: string): string | null =>
  /^(4|22|23|24\.[1-9])\./.test(tag) ? 'focal' : /^(25\.([3-9]|1\d)|26)\./.test(tag) ? 'noble' : null;

/** https://hub.docker.com/r/continuumio/miniconda3: conda and its own environment below /opt/conda, on a Debian. */
const anaconda = baseOnly(
  'conda',
  'https://github.com/ContinuumIO/docker-images',
  (tag) => (/alpine|centos|ubi|amazon|^[123]\./.test(tag) ? null : { distribution: 'debian', release: debianOf(tag) }),
  [...PROGRAMS, 'hg', 'svn', 'ssh', 'ps'],
  (tag) => ({
    env: { PATH: `${ROOT}/bin:${systemPath}`, ...LANG },
    entrypoint: hasTini(tag) ? ['/usr/bin/tini', '--'] : null,
    cmd: ['/bin/bash'],
    hasCertificates: true,
  }),
);

/** https://github.com/conda-forge/miniforge-images: the same of conda-forge, on an Ubuntu. */
const miniforge = baseOnly(
  'conda',
  'https://github.com/conda-forge/miniforge-images',
  (tag) => ({ distribution: 'ubuntu', release: ubuntuOf(tag) }),
  [...PROGRAMS, 'mamba', 'tini'],
  () => ({
    env: { PATH: `${ROOT}/bin:${systemPath}`, ...LANG, CONDA_DIR: ROOT },
    entrypoint: ['tini', '--'],
    cmd: ['/bin/bash'],
    hasCertificates: true,
  }),
);

/** `1.5.8`, `2.0-jammy`, `latest`, `1.5.8-bookworm-slim`, `alpine`: since 1.0 as an account with this name. */
const MICROMAMBA =
  /^(?:latest|[12](?:\.\d+){0,2})?-?(?:(?:bullseye|bookworm|trixie)(?:-slim)?|focal|jammy|noble|alpine)?$/;

/** https://micromamba-docker.readthedocs.io: the folder of the environments is there, and empty. */
const micromamba = baseOnly(
  'micromamba',
  'https://github.com/mamba-org/micromamba-docker',
  (tag, { base }) => (MICROMAMBA.test(tag) ? (base ?? { distribution: 'debian', release: null }) : null),
  ['micromamba', 'bash'],
  () => ({
    env: { PATH: systemPath, ...LANG, ENV_NAME: 'base', MAMBA_ROOT_PREFIX: ROOT, MAMBA_USER: 'mambauser' },
    user: 'mambauser',
    workdir: '/tmp',
    entrypoint: ['/usr/local/bin/_entrypoint.sh'],
    cmd: ['/bin/bash'],
    accounts: ['mambauser'],
    hasCertificates: true,
  }),
);

/** By the full name. */
export const condaFamilies: Readonly<Record<string, ImageFamily>> = {
  'continuumio/miniconda3': anaconda,
  'continuumio/anaconda3': anaconda,
  'continuumio/miniconda': anaconda,
  'continuumio/anaconda': anaconda,
  'mambaorg/micromamba': micromamba,
  'condaforge/miniforge3': miniforge,
  'condaforge/mambaforge': miniforge,
  'condaforge/mambaforge-pypy3': miniforge,
  'condaforge/miniforge-pypy3': miniforge,
};
