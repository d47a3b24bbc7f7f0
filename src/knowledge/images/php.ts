import { distributionFacts } from './distributions.ts';
import type { ImageFamily } from './family.ts';

const SOURCE = 'https://github.com/docker-library/php';
const BUILD = ['autoconf', 'file', 'gcc', 'g++', 'cc', 'c++', 'make', 'pkg-config', 're2c', 'ld', 'ar', 'strip'];
const PHP = ['php', 'phpize', 'php-config', 'pecl', 'pear', 'phar', 'docker-php-ext-install', 'docker-php-ext-enable'];

/** https://hub.docker.com/_/php: there is no slim variant; all of them keep a C compiler. */
export const php: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    if (tag.words.includes('onbuild')) return null;
    const base = tag.base ?? { distribution: 'debian', release: null };
    const alpine = base.distribution === 'alpine';
    const kind = tag.words.includes('apache') ? 'apache' : tag.words.includes('fpm') ? 'fpm' : 'cli';
    const below = distributionFacts(base, true);
    const common = {
      ...below,
      family: 'php',
      env: {
        ...below.env,
        PHP_INI_DIR: '/usr/local/etc/php',
        PHPIZE_DEPS: `autoconf dpkg-dev ${alpine ? 'dpkg ' : ''}file g++ gcc libc-dev make ${alpine ? 'pkgconf' : 'pkg-config'} re2c`,
        ...(kind === 'apache' ? { APACHE_CONFDIR: '/etc/apache2', APACHE_ENVVARS: '/etc/apache2/envvars' } : {}),
      },
      entrypoint: tag.last >= '2017-01' ? ['docker-php-entrypoint'] : null,
      programs: [...below.programs, ...BUILD, 'curl', 'xz', ...(alpine ? ['openssl'] : []), ...PHP],
      accounts: alpine ? ['www-data'] : [],
      hasCertificates: true,
      interpreter: 'php',
      source: SOURCE,
    };
    if (kind === 'cli') return { ...common, cmd: ['php', '-a'] };
    const workdir = '/var/www/html';
    if (kind === 'fpm') {
      return {
        ...common,
        workdir,
        cmd: ['php-fpm'],
        exposes: ['9000'],
        stopSignal: tag.last >= '2019-05' ? 'SIGQUIT' : null,
      };
    }
    return {
      ...common,
      workdir,
      cmd: ['apache2-foreground'],
      exposes: ['80'],
      stopSignal: tag.last >= '2017-06' ? 'SIGWINCH' : null,
    };
  },
};
