import type { ImageFacts } from '../image.ts';
import { systemPath } from './distributions.ts';
import { atLeast, type ImageFamily, type ReadTag } from './family.ts';
import { php } from './php.ts';

const HTML = '/var/www/html';
const OWN = ['docker-entrypoint.sh'];

/** An application on the image of PHP of the kind that its tag names, of `kind` otherwise; `sets` is null of tags left alone. */
function application(
  family: string,
  source: string,
  sets: (tag: ReadTag) => (Partial<ImageFacts> & { readonly brings?: readonly string[] }) | null,
  kind = 'apache',
): ImageFamily {
  return {
    source,
    describe: (tag) => {
      const named = tag.words.some((word) => /^(fpm|cli)$/.test(word));
      // Of the applications, one alone has images of its command line: they stand on Alpine.
      const alpine = kind === 'alpine' || tag.words.includes('cli');
      const base = alpine ? { distribution: 'alpine' as const, release: null } : tag.base;
      const below = php.describe({ ...tag, base, words: named ? tag.words : [...tag.words, kind] });
      const own = sets(tag);
      if (below === null || own === null) return null;
      const { brings = [], ...more } = own;
      return {
        ...below,
        family,
        source,
        ...more,
        env: { ...below.env, ...more.env },
        programs: [...below.programs, ...brings],
      };
    },
  };
}

/** Until 8.9.3 and 9.0.3 of August 2020, Drupal lay in the folder of the server. */
const MOVED = /^(8\.9|9\.0)\.[0-2]\b/;
const isOldDrupal = (tag: ReadTag): boolean =>
  tag.version !== null &&
  (tag.version[0] < 8 || (tag.version[0] === 8 && tag.version[1] !== null)) &&
  !atLeast(tag, 8, 9);

/** https://hub.docker.com/_/drupal */
const drupal = application('drupal', 'https://github.com/docker-library/drupal', (tag) => {
  if (MOVED.test(tag.tag)) return null;
  if (isOldDrupal(tag)) return { workdir: HTML };
  const home = '/opt/drupal';
  return {
    workdir: home,
    env: { PATH: `${systemPath}:${home}/vendor/bin`, COMPOSER_ALLOW_SUPERUSER: '1' },
    brings: ['composer'],
  };
});

/** https://hub.docker.com/_/wordpress: of its command line, the image runs as the server's user. */
const wordpress = application('wordpress', 'https://github.com/docker-library/wordpress', ({ words }) => {
  const cli = words.includes('cli');
  const more = { workdir: HTML, volumes: [HTML], entrypoint: OWN };
  return cli ? { ...more, user: 'www-data', cmd: ['wp', 'shell'], brings: ['wp', 'bash', 'mysql'] } : more;
});

const atRoot = { volumes: [HTML], entrypoint: ['/entrypoint.sh'] };

/** https://hub.docker.com/_/joomla */
const joomla = application('joomla', 'https://github.com/joomla-docker/docker-joomla', () => atRoot);

/** https://hub.docker.com/_/nextcloud */
const nextcloud = application('nextcloud', 'https://github.com/nextcloud/docker', () => atRoot);

/** https://hub.docker.com/_/matomo */
const matomo = application('matomo', 'https://github.com/matomo-org/docker', () => atRoot);

/** https://hub.docker.com/_/mediawiki: it starts what PHP's own image starts. */
const mediawiki = application('mediawiki', 'https://github.com/wikimedia/mediawiki-docker', (tag) =>
  atLeast(tag, 1, 27) ? { brings: ['git', 'python3', 'convert', 'rsvg-convert'] } : null,
);

/** https://hub.docker.com/_/phpmyadmin */
const phpmyadmin = application('phpmyadmin', 'https://github.com/phpmyadmin/docker', () => ({
  entrypoint: ['/docker-entrypoint.sh'],
}));

/** `1-php8.3`, `php8.5-alpine`, `1.2.5-php8.3-bookworm`; the builder has the toolchain of Go, and compiles another program. */
const FRANKENPHP = /^(?:latest|(?:\d[\d.]*-?)?(?:php\d[\d.]*)?)(?:-(?:alpine|bookworm|trixie))?$/;

/** https://frankenphp.dev/docs/docker/: the script of PHP's image starts the server with what CMD says. */
export const frankenphp = application(
  'frankenphp',
  'https://github.com/php/frankenphp',
  (tag) =>
    FRANKENPHP.test(tag.tag)
      ? {
          workdir: '/app',
          cmd: ['--config', '/etc/frankenphp/Caddyfile', '--adapter', 'caddyfile'],
          exposes: ['80', '443', '443/udp', '2019'],
          env: { GODEBUG: 'cgocheck=0', XDG_CONFIG_HOME: '/config', XDG_DATA_HOME: '/data' },
          brings: ['frankenphp', 'install-php-extensions'],
        }
      : null,
  'cli',
);

const COMPOSER = 'bash git hg svn ssh patch make unzip zip tini composer'.split(' ');

/** https://hub.docker.com/_/composer: on the Alpine of PHP's image of the day; before 1.6 its folders were others. */
const composer = application(
  'composer',
  'https://github.com/composer/docker',
  (tag) =>
    atLeast(tag, 1, 6) && tag.last >= '2018-01'
      ? {
          workdir: '/app',
          entrypoint: ['/docker-entrypoint.sh'],
          cmd: ['composer'],
          env: { COMPOSER_ALLOW_SUPERUSER: '1', COMPOSER_HOME: '/tmp' },
          brings: COMPOSER,
        }
      : null,
  'alpine',
);

/** https://hub.docker.com/_/adminer: its own script in front of the one of PHP, and an account of its own. */
const adminer = application(
  'adminer',
  'https://github.com/TimWolla/docker-adminer',
  ({ words }) => ({
    workdir: HTML,
    user: 'adminer',
    entrypoint: ['entrypoint.sh', 'docker-php-entrypoint'],
    ...(words.includes('fastcgi')
      ? { cmd: ['php-fpm'] }
      : { cmd: ['php', '-S', '[::]:8080', '-t', HTML], exposes: ['8080'], stopSignal: 'SIGINT' }),
  }),
  'alpine',
);

/** By the name of the official image. */
export const phpApplications: Readonly<Record<string, ImageFamily>> = {
  drupal,
  wordpress,
  joomla,
  nextcloud,
  matomo,
  mediawiki,
  phpmyadmin,
  composer,
  adminer,
};
