import { busyboxPrograms } from '../essential.ts';
import type { ImageFacts } from '../image.ts';
import { systemPath } from './distributions.ts';
import { type ImageFamily, sibling } from './family.ts';

/** Each image's folder has its whole configuration and its packages. */
const SOURCE = 'https://github.com/chainguard-images/images';
const COMPILERS = ['gcc', 'g++', 'cc', 'c++', 'cpp', 'ld', 'as', 'ar', 'strip', 'make'];

/** Of the public registry only these tags are published: the image itself, and the one with a shell, apk and compilers. */
function chainguard(name: string, programs: readonly string[], more: Partial<ImageFacts>): ImageFamily {
  return {
    source: `${SOURCE}/tree/main/images/${name}`,
    describe: ({ tag }) => {
      if (tag !== 'latest' && tag !== 'latest-dev') return null;
      const dev = tag === 'latest-dev';
      return {
        family: 'chainguard',
        distribution: 'wolfi',
        release: null,
        libc: 'glibc',
        slim: true,
        env: { PATH: systemPath },
        workdir: '/',
        user: '65532',
        entrypoint: null,
        cmd: null,
        volumes: [],
        exposes: [],
        stopSignal: null,
        shell: true,
        accounts: ['nonroot'],
        hasCertificates: true,
        hasTimeZones: false,
        toolchainTrees: [],
        toolchain: false,
        interpreter: null,
        source: SOURCE,
        ...more,
        programs: [...busyboxPrograms, ...programs, ...(dev ? ['apk', 'bash', 'git', ...COMPILERS] : [])],
      };
    },
    documents: (tag) => (/^latest(-dev)?$/.test(tag) ? SOURCE : null),
  };
}

const because = 'both forms of an image are made together';

/** https://images.chainguard.dev/directory: images that are rebuilt every day, of which those without a shell are left out. */
export const chainguardFamilies: Readonly<Record<string, ImageFamily>> = {
  'cgr.dev/chainguard/wolfi-base': chainguard('wolfi-base', ['apk'], { user: 'root', cmd: ['/bin/sh', '-l'] }),
  'cgr.dev/chainguard/go': chainguard('go', ['go', 'gofmt', 'git', ...COMPILERS], {
    user: 'root',
    entrypoint: ['/usr/bin/go'],
    cmd: ['help'],
    env: {
      PATH: systemPath,
      GODEBUG: 'tarinsecurepath=0,zipinsecurepath=0',
      GOTOOLCHAIN: 'local+auto',
    },
    programVariables: ['GODEBUG'],
    toolchain: true,
  }),
  'cgr.dev/chainguard/rust': chainguard('rust', ['cargo', 'rustc', ...COMPILERS], {
    workdir: '/work',
    entrypoint: ['/usr/bin/rustc'],
    cmd: ['--help'],
    toolchain: true,
  }),
  'cgr.dev/chainguard/gcc-glibc': chainguard('gcc-glibc', COMPILERS, {
    user: 'root',
    workdir: '/work',
    entrypoint: ['/usr/bin/gcc'],
    cmd: ['--help'],
    toolchain: true,
  }),
  'cgr.dev/chainguard/node': {
    ...chainguard('node', ['node', 'npm', 'npx', 'dumb-init'], {
      workdir: '/app',
      entrypoint: ['/usr/bin/node'],
      cmd: ['--help'],
      accounts: ['node'],
      env: { PATH: systemPath, NPM_CONFIG_UPDATE_NOTIFIER: 'false' },
      interpreter: 'node',
    }),
    smaller: ({ tag }) =>
      tag === 'latest-dev'
        ? sibling('cgr.dev/chainguard/node', 'latest').map((one) => ({
            ...one,
            unrecorded: { current: null, because },
          }))
        : [],
  },
};
