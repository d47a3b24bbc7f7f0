import { distributionFacts } from './distributions.ts';
import type { ImageFamily } from './family.ts';

const SOURCE = 'https://github.com/nginx/docker-nginx';

/** https://hub.docker.com/_/nginx */
export const nginx: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const base = tag.base ?? { distribution: 'debian', release: null };
    const below = distributionFacts(base, true);
    return {
      ...below,
      family: 'nginx',
      entrypoint: tag.last >= '2020-06' ? ['/docker-entrypoint.sh'] : null,
      cmd: ['nginx', '-g', 'daemon off;'],
      exposes: ['80'],
      stopSignal: tag.last >= '2020-12' ? 'SIGQUIT' : 'SIGTERM',
      programs: [...below.programs, 'nginx', 'envsubst'],
      accounts: ['nginx'],
      hasCertificates: below.hasCertificates || base.distribution === 'debian',
      hasTimeZones: true,
      interpreter: 'nginx',
      // https://github.com/nginx/pkg-oss/blob/master/debian/nginx.rules.in, https://github.com/nginx/pkg-oss/blob/master/alpine/APKBUILD-base.in
      links: { '/etc/nginx/modules': '/usr/lib/nginx/modules' },
      source: SOURCE,
    };
  },
};
