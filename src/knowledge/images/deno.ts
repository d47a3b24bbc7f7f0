import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';

const SOURCE = 'https://github.com/denoland/deno_docker';

/** https://hub.docker.com/r/denoland/deno: made FROM debian:stable-slim or alpine:latest of its day, which no tag names. */
export const deno: ImageFamily = {
  source: SOURCE,
  describe: ({ tag }) => {
    if (/distroless|bin/.test(tag)) return null;
    const distribution = tag.includes('alpine') ? 'alpine' : tag.includes('ubuntu') ? 'ubuntu' : 'debian';
    const below = distributionFacts({ distribution, release: null }, true);
    return {
      ...below,
      family: 'deno',
      env: { PATH: systemPath, DENO_DIR: '/deno-dir/', DENO_INSTALL_ROOT: '/usr/local' },
      entrypoint: ['/tini', '--', 'docker-entrypoint.sh'],
      cmd: ['eval', "console.log('Welcome to Deno!')"],
      programs: [...below.programs, 'deno', 'tini'],
      accounts: ['deno'],
      hasCertificates: distribution === 'alpine',
      interpreter: 'deno',
      source: SOURCE,
    };
  },
};
