import type { ImageFacts } from '../image.ts';
import { systemPath } from './distributions.ts';
import { debianReleases } from './release.ts';

const SOURCE = 'https://github.com/GoogleContainerTools/distroless';

/** The releases whose images are, or were, published under a name with the number in it. */
const NUMBERS = [11, 12, 13];

/** `gcr.io/distroless/static-debian12:nonroot` and its kin of compiled languages; null of any other name. */
export function distrolessFacts(name: string, tag: string | null): ImageFacts | null {
  const match = /^gcr\.io\/distroless\/(static|base-nossl|base|cc)(?:-debian(\d+))?$/.exec(name);
  if (match === null || (match[2] !== undefined && !NUMBERS.includes(Number(match[2])))) return null;
  if (!/^(latest|nonroot|debug|debug-nonroot)$/.test(tag ?? 'latest')) return null;
  const [, kind] = match;
  const debug = tag?.startsWith('debug') === true;
  const nonroot = tag?.endsWith('nonroot') === true;
  return {
    family: 'distroless',
    distribution: null,
    release: match[2] === undefined ? null : (debianReleases[Number(match[2]) - 6] ?? null),
    libc: kind === 'static' ? null : 'glibc',
    slim: true,
    env: {
      PATH: debug ? `${systemPath}:/busybox` : systemPath,
      SSL_CERT_FILE: '/etc/ssl/certs/ca-certificates.crt',
    },
    workdir: nonroot ? '/home/nonroot' : '/',
    user: nonroot ? '65532' : 'root',
    entrypoint: debug ? ['/busybox/sh'] : null,
    cmd: null,
    volumes: [],
    exposes: [],
    stopSignal: null,
    programs: [],
    // The debug variants have one at /busybox/sh, which is not where RUN and the shell form look.
    shell: false,
    accounts: ['nobody', 'nonroot'],
    hasCertificates: true,
    hasTimeZones: true,
    // https://github.com/GoogleContainerTools/distroless/blob/main/static/static.bzl
    hasServices: true,
    toolchainTrees: [],
    toolchain: false,
    interpreter: null,
    source: SOURCE,
  };
}

/** The image with nothing in it: https://hub.docker.com/_/scratch */
export const scratchFacts: ImageFacts = {
  family: 'scratch',
  distribution: null,
  release: null,
  libc: null,
  slim: true,
  // The engine sets this PATH where the image sets none.
  env: {},
  workdir: '/',
  user: 'root',
  entrypoint: null,
  cmd: null,
  volumes: [],
  exposes: [],
  stopSignal: null,
  programs: [],
  shell: false,
  accounts: [],
  hasCertificates: false,
  hasTimeZones: false,
  toolchainTrees: [],
  toolchain: false,
  interpreter: null,
  source: 'https://hub.docker.com/_/scratch',
};
