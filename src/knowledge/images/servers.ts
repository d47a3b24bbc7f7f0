import type { ImageFacts } from '../image.ts';
import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily, ReadTag } from './family.ts';

/** A server on the distribution that the tag names, on a slim Debian otherwise; `more` is what its image sets. */
function server(
  name: string,
  docs: string,
  programs: readonly string[],
  more: (tag: ReadTag, alpine: boolean) => Partial<ImageFacts>,
): ImageFamily {
  return {
    source: docs,
    describe: (tag) => {
      const base = tag.base ?? { distribution: 'debian' as const, release: null };
      const below = distributionFacts(base, true);
      return {
        ...below,
        family: name,
        interpreter: name,
        source: docs,
        ...more(tag, base.distribution === 'alpine'),
        programs: [...below.programs, ...programs],
      };
    },
  };
}

const PREFIX = '/usr/local/apache2';

/** https://hub.docker.com/_/httpd */
export const httpd = server('httpd', 'https://github.com/docker-library/httpd', ['httpd', 'httpd-foreground'], () => ({
  env: { PATH: `${PREFIX}/bin:${systemPath}`, HTTPD_PREFIX: PREFIX },
  workdir: PREFIX,
  cmd: ['httpd-foreground'],
  exposes: ['80'],
  stopSignal: 'SIGWINCH',
}));

/** https://hub.docker.com/_/redis */
export const redis = server(
  'redis',
  'https://github.com/redis/docker-library-redis',
  ['redis-server', 'redis-cli', 'docker-entrypoint.sh'],
  () => ({
    workdir: '/data',
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['redis-server'],
    volumes: ['/data'],
    exposes: ['6379'],
    accounts: ['redis'],
  }),
);

/** https://hub.docker.com/_/postgres: from 18 on, the data lie in a folder of the version. */
export const postgres = server(
  'postgres',
  'https://github.com/docker-library/postgres',
  ['postgres', 'psql', 'pg_isready', 'docker-entrypoint.sh'],
  (tag, alpine) => {
    const major = tag.version?.[0] ?? null;
    const number = major !== null && major < 10 ? `${major}.${tag.version?.[1] ?? 0}` : `${major}`;
    const own = alpine || major === null ? '' : `:/usr/lib/postgresql/${number}/bin`;
    const old = major !== null && major < 18;
    const data = old ? '/var/lib/postgresql/data' : null;
    return {
      env: {
        PATH: `${systemPath}${own}`,
        LANG: 'en_US.utf8',
        ...(data !== null ? { PGDATA: data } : major === null ? {} : { PGDATA: `/var/lib/postgresql/${major}/docker` }),
      },
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['postgres'],
      volumes: [data ?? '/var/lib/postgresql'],
      exposes: ['5432'],
      stopSignal: 'SIGINT',
      accounts: ['postgres'],
    };
  },
);
