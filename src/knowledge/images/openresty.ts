import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';

const SOURCE = 'https://github.com/openresty/docker-openresty';
const FOLDERS = ['luajit/bin', 'nginx/sbin', 'bin'].map((folder) => `/usr/local/openresty/${folder}`).join(':');

/** https://hub.docker.com/r/openresty/openresty: a web server with Lua in it, which a container runs. */
export const openresty: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    if (tag.base === null || /windows|valgrind|debug/.test(tag.tag)) return null;
    const below = distributionFacts(tag.base, false);
    return {
      ...below,
      family: 'openresty',
      env: { PATH: `${systemPath}:${FOLDERS}` },
      cmd: ['/usr/local/openresty/bin/openresty', '-g', 'daemon off;'],
      stopSignal: 'SIGQUIT',
      programs: [
        ...below.programs,
        'openresty',
        'nginx',
        'resty',
        'luarocks',
        'luajit',
        'opm',
        'perl',
        'envsubst',
        'curl',
        'make',
        'unzip',
      ],
      hasCertificates: true,
      interpreter: 'lua',
      source: SOURCE,
    };
  },
};
