/** Folders that every image of a distribution has: https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html */
const DISTRIBUTIONS = new Set(
  (
    '/ /bin /etc /home /lib /opt /root /sbin /srv /tmp /usr /usr/bin /usr/lib /usr/local /usr/local/bin /usr/local/lib ' +
    '/usr/local/sbin /usr/local/share /usr/sbin /usr/share /var /var/lib /var/log /var/tmp'
  ).split(' '),
);
/** Those of the official images that people copy into: what is copied to one of them lands inside it under its own name. */
const STANDARD = new Set(
  ('/etc/ssl/certs ' + '/go /go/bin /go/src /etc/nginx/conf.d /usr/share/nginx/html /var/www/html /var/www').split(' '),
);

/** True for a folder that is there before the first instruction. */
export function isStandardFolder(path: string): boolean {
  return DISTRIBUTIONS.has(path) || STANDARD.has(path);
}

/** True for a folder in which no package has files of its own. */
export const isScratchFolder = (path: string): boolean => /^\/(var\/)?tmp$/.test(path);

/** True for a folder of every image that a program can run in: to make it again changes nothing. */
export const isDistributionFolder = (path: string): boolean => DISTRIBUTIONS.has(path);

/** Homes of the accounts that every Debian and Ubuntu has: https://salsa.debian.org/debian/base-passwd/-/blob/master/passwd.master */
const DEBIAN_HOMES: Readonly<Record<string, string>> = {
  'www-data': '/var/www',
  nobody: '/nonexistent',
  daemon: '/usr/sbin',
  games: '/usr/games',
  mail: '/var/mail',
  backup: '/var/backups',
  proxy: '/bin',
  man: '/var/cache/man',
  news: '/var/spool/news',
};

/** The home of an account that nobody has to make; null where that is not known. */
export const standardHome = (name: string, distribution: string | null): string | null =>
  /^(debian|ubuntu)$/.test(distribution ?? '') && Object.hasOwn(DEBIAN_HOMES, name)
    ? (DEBIAN_HOMES[name] as string)
    : null;
