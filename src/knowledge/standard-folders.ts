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

/** True for a folder of every image that a program can run in: to make it again changes nothing. */
export const isDistributionFolder = (path: string): boolean => DISTRIBUTIONS.has(path);
