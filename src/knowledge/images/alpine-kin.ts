import { distributionFacts } from './distributions.ts';
import type { ImageFamily } from './family.ts';

/** The releases of Alpine by the folders of the sources. */
const RELEASE = /^(2\.[67]|3\.[1-9])$/;

/** An image on Alpine by its tag, with what its Dockerfile adds; `tags` gives the release, null where it is not told. */
function onAlpine(
  family: string,
  source: string,
  tags: RegExp,
  more: Pick<ReturnType<typeof distributionFacts>, 'env' | 'programs'> & { readonly keeps?: true },
): ImageFamily {
  return {
    source,
    describe: ({ tag }) => {
      const release = tag === 'latest' || tag === 'edge' ? null : (tags.exec(tag)?.[1] ?? undefined);
      if (release === undefined) return null;
      const below = distributionFacts({ distribution: 'alpine', release }, true);
      return {
        ...below,
        family,
        env: { ...below.env, ...more.env },
        programs: [...below.programs, ...more.programs],
        ...(more.keeps === true ? { interpreter: family } : {}),
        source,
      };
    },
    documents: (tag) => (tag === 'latest' || tags.test(tag) ? source : null),
  };
}

/** https://hub.docker.com/r/gliderlabs/alpine: Alpine with a script that installs and tidies up. */
export const gliderlabs = onAlpine('gliderlabs', 'https://github.com/gliderlabs/docker-alpine', RELEASE, {
  env: {},
  programs: ['apk-install'],
});

/** https://hub.docker.com/r/frolvlad/alpine-glibc: Alpine with glibc beside musl, which programs from elsewhere are linked with. */
export const alpineGlibc = onAlpine(
  'alpine-glibc',
  'https://github.com/Docker-Hub-frolvlad/docker-alpine-glibc',
  /^(?:alpine-)?(3\.\d+)(?:_glibc-[\d.]+)?$/,
  { env: { LANG: 'C.UTF-8' }, programs: [], keeps: true },
);

const NODE = 'https://github.com/mhart/alpine-node';
const NODE_TAG = /^(?:latest|\d[\d.]*|(?:base|slim)(?:-\d[\d.]*)?)$/;

/**
 * https://hub.docker.com/r/mhart/alpine-node: Node.js on Alpine, of which the tags do not tell the release. The `base` and `slim`
 * images have no package manager; NODE says that native code may not run on them, so that none stands in for a full one.
 */
export const alpineNode: ImageFamily = {
  source: NODE,
  describe: ({ tag }) => {
    if (!NODE_TAG.test(tag)) return null;
    const below = distributionFacts({ distribution: 'alpine', release: null }, true);
    const managers = /^(base|slim)/.test(tag) ? [] : ['npm', 'npx', 'yarn'];
    return {
      ...below,
      family: 'alpine-node',
      programs: [...below.programs, 'node', ...managers],
      interpreter: 'node',
      source: NODE,
    };
  },
  documents: (tag) => (NODE_TAG.test(tag) ? NODE : null),
};
