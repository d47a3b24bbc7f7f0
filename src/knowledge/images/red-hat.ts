import { fullRedHatPrograms } from '../essential.ts';
import type { ImageFacts } from '../image.ts';
import { systemPath } from './distributions.ts';
import { type ImageFamily, type ReadTag, sibling } from './family.ts';

/** The package manager of a release: yum until EL 7 and Amazon Linux 2, dnf with yum as its other name since then. */
const managers = (release: string | null): readonly string[] =>
  release === null ? ['yum'] : /^(el[67]|amzn2)$/.test(release) ? ['yum', 'rpm'] : ['dnf', 'yum', 'rpm'];

/** A distribution's own image: a shell, the package manager, curl and the CA certificates that these need. */
export function redHatFacts(family: string, release: string | null, source: string, kind: string): ImageFacts {
  const micro = kind === 'micro';
  const programs = kind === 'minimal' ? ['microdnf', 'rpm'] : [...managers(release), ...fullRedHatPrograms];
  return {
    family,
    distribution: 'redhat',
    release,
    libc: 'glibc',
    slim: kind !== '',
    env: { PATH: systemPath },
    workdir: '/',
    user: 'root',
    entrypoint: null,
    cmd: ['/bin/bash'],
    volumes: [],
    exposes: [],
    stopSignal: null,
    programs: micro ? [] : [...programs, 'curl'],
    shell: true,
    accounts: [],
    hasCertificates: !micro,
    hasTimeZones: false,
    toolchainTrees: [],
    toolchain: false,
    interpreter: null,
    source,
  };
}

/** `7`, `7.9.2009`, `centos7`, `stream9`, `8-minimal`, `9-slim`. */
function enterpriseRelease(tag: ReadTag): string | null {
  const major = /^(?:centos|stream)?(\d+)/.exec(tag.tag)?.[1];
  return major === undefined || Number(major) > 10 ? null : `el${major}`;
}

function enterprise(family: string): ImageFamily {
  const source = `https://hub.docker.com/_/${family}`;
  return {
    source,
    redHat: true,
    describe: (tag) => {
      const kind = tag.words.includes('minimal') || tag.words.includes('slim') ? 'minimal' : '';
      return redHatFacts(family, enterpriseRelease(tag), source, kind);
    },
  };
}

/** https://docs.fedoraproject.org/en-US/containers/ */
const fedora: ImageFamily = {
  source: 'https://hub.docker.com/_/fedora',
  redHat: true,
  describe: (tag) =>
    redHatFacts('fedora', 'fedora', 'https://hub.docker.com/_/fedora', tag.words.includes('minimal') ? 'minimal' : ''),
};

/** https://docs.aws.amazon.com/linux/al2023/ug/base-container.html */
const amazonlinux: ImageFamily = {
  source: 'https://hub.docker.com/_/amazonlinux',
  redHat: true,
  describe: (tag) => {
    const release =
      /^2023/.test(tag.tag) || tag.tag === 'latest' ? 'al2023' : /^2(\.|-|$)/.test(tag.tag) ? 'amzn2' : null;
    const kind = tag.words.includes('minimal') ? 'minimal' : '';
    return redHatFacts('amazonlinux', release, 'https://hub.docker.com/_/amazonlinux', kind);
  },
};

/** By the name of the official image. */
export const redHatFamilies: Readonly<Record<string, ImageFamily>> = {
  centos: enterprise('centos'),
  rockylinux: enterprise('rockylinux'),
  almalinux: enterprise('almalinux'),
  oraclelinux: enterprise('oraclelinux'),
  fedora,
  amazonlinux,
};

/** The same images in the registries of their makers, by the names that their documentation gives. */
export const redHatMirrors: Readonly<Record<string, ImageFamily>> = {
  // https://docs.aws.amazon.com/linux/al2023/ug/base-container.html
  'public.ecr.aws/amazonlinux/amazonlinux': amazonlinux,
  // https://www.centos.org/centos-stream/
  'quay.io/centos/centos': enterprise('centos'),
  'registry.centos.org/centos/centos': enterprise('centos'),
  // https://hub.docker.com/r/rockylinux/rockylinux
  'rockylinux/rockylinux': enterprise('rockylinux'),
  'quay.io/rockylinux/rockylinux': enterprise('rockylinux'),
  // https://docs.fedoraproject.org/en-US/containers/
  'registry.fedoraproject.org/fedora': fedora,
  'quay.io/fedora/fedora': fedora,
};

const UBI = 'https://catalog.redhat.com/software/base-images';

/** `ubi9`, `ubi9/ubi-minimal`, `ubi8-micro`: the release stands in the name. */
function ubi(name: string, release: string, kind: string): ImageFamily {
  return {
    source: UBI,
    redHat: true,
    describe: () => redHatFacts('ubi', release, UBI, kind),
    // Of the forms of one release, the tags without a build number are the same.
    documents: (tag) => (/^(latest|\d+\.\d+)$/.test(tag) ? UBI : null),
    smaller: ({ tag }) =>
      kind !== '' ? [] : sibling(`${name}-minimal`, tag).map((one) => ({ ...one, leaves: 'the time zones' })),
  };
}

/** Red Hat's universal base images, and CentOS Stream, by their full names. */
export const ubiFamilies: Readonly<Record<string, ImageFamily>> = Object.fromEntries(
  ['registry.access.redhat.com', 'registry.redhat.io'].flatMap((registry) =>
    ['8', '9', '10'].flatMap((version) =>
      ['', 'minimal', 'micro'].flatMap((kind) => {
        const tail = kind === '' ? '' : `-${kind}`;
        return [`${registry}/ubi${version}${tail}`, `${registry}/ubi${version}/ubi${tail}`].map(
          (name) => [name, ubi(name, `el${version}`, kind)] as const,
        );
      }),
    ),
  ),
);
