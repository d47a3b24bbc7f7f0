import type { Distribution, ImageFacts } from './image.ts';

/**
 * Programs that every image of a distribution has, its slim form included.
 * Debian and Ubuntu: packages of priority required and essential: https://www.debian.org/doc/debian-policy/ch-binary.html#essential-packages
 * Alpine: busybox and apk: https://www.busybox.net/downloads/BusyBox.html
 */
const SHARED =
  'sh ls cat cp mv rm mkdir rmdir ln chmod chown chgrp touch echo printf test [ true false pwd env id whoami sleep date kill head tail sort uniq cut tr wc tee grep egrep fgrep sed awk find xargs tar gzip gunzip zcat basename dirname readlink realpath stat du df sync mktemp seq expr nproc uname hostname md5sum sha256sum sha1sum sha512sum base64 od dd install nohup timeout yes mount umount su login passwd su getopt mkfifo mknod chroot stty tty which nice renice diff cmp install cksum comm expand fold join logname nl paste split sum tac truncate tsort unexpand unlink';
const DEBIAN =
  'ionice taskset chrt setarch linux32 linux64 unshare nsenter prlimit mountpoint findmnt lscpu lsblk ipcs whereis sha224sum sha384sum clear reset tput tset infocmp tic dpkg-query dpkg-deb dpkg-divert dpkg-reconfigure dpkg-statoverride apt-config gpasswd chsh newusers dmesg dnsdomainname domainname more killall5 bash dash perl dpkg apt-get apt apt-cache apt-key apt-mark useradd groupadd usermod groupmod userdel groupdel adduser addgroup chpasswd chage ldconfig update-alternatives start-stop-daemon run-parts runuser setpriv setsid flock logger script debconf-set-selections tempfile ldd getent iconv locale getconf mawk pidof service invoke-rc.d update-rc.d nologin arch b2sum chcon csplit dircolors dir factor fmt groups hostid link numfmt pathchk pinky pr printenv ptx runcon shred shuf stdbuf users vdir who zgrep zless bashbug';
const ALPINE =
  'ash apk time uptime adduser addgroup deluser delgroup wget vi nc netstat ping ps top free pgrep pkill killall unzip bunzip2 bzip2 xz unxz less more ip ifconfig route nslookup traceroute crond crontab httpd syslogd getent ldd ldconfig iconv ldd sysctl watch lsof strings pidof printenv arch setsid flock logger run-parts';

/** What bash, coreutils, rpm and their kin bring, UBI's micro form apart: https://catalog.redhat.com/software/base-images */
const REDHAT = 'bash rpm getent iconv locale ldd ldconfig runuser arch b2sum chcon factor fmt getconf';
/** What the minimal forms of Red Hat's kin leave out, as far as Debian and Alpine always have it. */
const NOT_MINIMAL =
  'find xargs tar gzip gunzip zcat hostname mount umount su login passwd getopt which renice diff cmp'.split(' ');

const words = (text: string): ReadonlySet<string> => new Set(`${SHARED} ${text}`.split(' '));
const debian = words(DEBIAN);
const alpine = words(ALPINE);
const redhat = new Set([...words(REDHAT)].filter((name) => !NOT_MINIMAL.includes(name)));

/** What busybox brings to an image that is not Alpine. */
export const busyboxPrograms: readonly string[] = [...alpine].filter((name) => !/^(apk|bash)$/.test(name));

/** Programs of a full image of Red Hat's kin that its minimal form lacks. */
export const fullRedHatPrograms: readonly string[] = NOT_MINIMAL;

/** Programs that apt brought along until Debian 13, whose images lack them. */
const UNTIL_TRIXIE = new Set(['adduser', 'addgroup', 'apt-key']);
const SINCE_TRIXIE = new Set(['trixie', 'forky', 'sid']);

/** True for a program that every image of the distribution's release has, without installing anything. */
export function isEssential(
  { distribution, release }: Pick<ImageFacts, 'distribution' | 'release'>,
  program: string,
): boolean {
  if (distribution === 'alpine') return alpine.has(program);
  if (distribution === 'redhat') return redhat.has(program);
  // An image of Wolfi may have nothing but its own program: its facts tell.
  if (distribution === 'wolfi') return false;
  if (UNTIL_TRIXIE.has(program) && SINCE_TRIXIE.has(release ?? '')) return false;
  return distribution !== null && debian.has(program);
}

/** The package of a program that full images have and slim ones lack; null where that is not known. */
export function packageOf(distribution: Distribution, program: string): string | null {
  if (distribution === 'redhat' || distribution === 'wolfi') return null;
  const shared: Readonly<Record<string, string>> = {
    curl: 'curl',
    wget: 'wget',
    git: 'git',
    unzip: 'unzip',
    openssl: 'openssl',
    bash: 'bash',
    tini: 'tini',
    'dumb-init': 'dumb-init',
    make: 'make',
    hg: 'mercurial',
    svn: 'subversion',
    'update-ca-certificates': 'ca-certificates',
    patch: 'patch',
  };
  const own: Readonly<Record<string, string>> =
    distribution === 'alpine'
      ? { ssh: 'openssh-client', python3: 'python3', ps: 'procps' }
      : {
          ssh: 'openssh-client',
          scp: 'openssh-client',
          sftp: 'openssh-client',
          'ssh-keygen': 'openssh-client',
          'ssh-keyscan': 'openssh-client',
          python3: 'python3',
          ps: 'procps',
          pgrep: 'procps',
          pkill: 'procps',
          top: 'procps',
          free: 'procps',
          c_rehash: 'openssl',
          gpg: 'gnupg',
          xz: 'xz-utils',
          unxz: 'xz-utils',
          bzip2: 'bzip2',
          bunzip2: 'bzip2',
          file: 'file',
          convert: 'imagemagick',
          identify: 'imagemagick',
          mogrify: 'imagemagick',
          netstat: 'net-tools',
          mysql: 'default-mysql-client',
          psql: 'postgresql-client',
          pg_isready: 'postgresql-client',
          nc: 'netcat-openbsd',
          ping: 'iputils-ping',
          envsubst: 'gettext-base',
          adduser: 'adduser',
          addgroup: 'adduser',
        };
  return own[program] ?? shared[program] ?? null;
}

/** Packages that a program starts or reads when it talks to servers, and that its own package only recommends. */
const COMPANIONS: Readonly<Record<string, readonly string[]>> = {
  git: ['ca-certificates', 'openssh-client'],
  curl: ['ca-certificates'],
  wget: ['ca-certificates'],
};

/** What has to come along with a package for its programs to do what they did in the full image. */
export function companionsOf(name: string): readonly string[] {
  return COMPANIONS[name] ?? [];
}

/**
 * The package of a tool that no image has and that a package may have brought along unseen: what leaves may be what brought it.
 * https://packages.debian.org/stable/libcap2-bin
 */
export function unseenPackage(distribution: Distribution | null, program: string): string | null {
  const isDebian = distribution === 'debian' || distribution === 'ubuntu';
  return isDebian && /^[gs]etcap$/.test(program) ? 'libcap2-bin' : null;
}

/** Programs that a script of the distribution starts and that its package does not depend on. */
const STARTS: Readonly<Record<string, readonly string[]>> = {
  'apt-key': ['gpg'],
  'add-apt-repository': ['gpg'],
};

/** The program itself and what it cannot do without. */
export function withStarted(program: string): readonly string[] {
  return [program, ...(STARTS[program] ?? [])];
}

/** What tar hands an archive to, by a flag or its letter and by the endings of names: https://www.gnu.org/software/tar/manual/html_node/gzip.html */
const DECOMPRESSORS: readonly (readonly [program: string, letter: string, endings: RegExp])[] = [
  ['xz', 'J', /\.(tar\.xz|txz)$/],
  ['bzip2', 'j', /\.(tar\.bz2|tbz2?)$/],
  ['zstd', '', /\.(tar\.zst|tzst)$/],
];

/** The programs that a call of tar starts to unpack or pack. */
export function decompressorsOf(argv: readonly (string | null)[]): readonly string[] {
  if (!/(^|\/)tar$/.test(argv[0] ?? '')) return [];
  const words = argv.slice(1).filter((word) => word !== null);
  // Letters stand together, in the first word without a dash as well: `tar xJf`.
  const letters = words.filter((word, at) => /^-?[A-Za-z]+$/.test(word) && (at === 0 || word.startsWith('-'))).join('');
  return DECOMPRESSORS.flatMap(([program, letter, endings]) =>
    (letter !== '' && letters.includes(letter)) || words.some((word) => word === `--${program}` || endings.test(word))
      ? [program]
      : [],
  );
}
