/**
 * Headers without a connection of their own: those of POSIX and of the kernel
 * (https://pubs.opengroup.org/onlinepubs/9799919799/idx/headers.html), and those of libraries whose packages in bookworm
 * need no package of OpenSSL, GnuTLS, NSS, Mbed TLS or curl, the packages they need in turn included
 * (`apt-cache depends --recurse`, https://packages.debian.org/bookworm/libs/).
 */
const PLAIN_FILES = new Set(
  (
    'aio argz assert complex cpio ctype dirent dlfcn endian errno error execinfo fcntl features fenv float fmtmsg fnmatch ftw ' +
    'getopt glob grp iconv ifaddrs inttypes iso646 langinfo libgen libintl limits link locale malloc math memory mntent ' +
    'monetary ndbm netdb nl_types obstack poll pthread pty pwd regex sched search semaphore setjmp shadow signal spawn ' +
    'stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string strings stropts syscall sysexits syslog ' +
    'tar termios tgmath threads time trace uchar ucontext ulimit unistd utime utmpx wchar wctype wordexp ' +
    'archive archive_entry argon2 bzlib curses elf ev expat ffi fftw3 form ft2build gelf gmp gmpxx jansson jpeglib libelf lz4 ' +
    'lz4frame lz4hc lzma magic menu mpfr ncurses oniguruma panel pcre pcre2 png pugixml qrencode seccomp snappy sodium sqlite3 ' +
    'term tiffio tinyxml2 uv xxhash yaml zconf zlib zstd'
  ).split(' '),
);
const PLAIN_FOLDERS = new Set(
  (
    'arpa asm asm-generic bits cjson editline fmt freetype gsl json-c leveldb libxml linux ncursesw net netinet nlohmann ' +
    'readline spdlog sys uuid yaml-cpp'
  ).split(' '),
);
/** Of Boost only what speaks over the network takes TLS: https://www.boost.org/doc/libs/release/doc/html/boost_asio/overview/ssl.html */
const NETWORK_OF_BOOST = /^boost\/(asio|beast|mysql|redis|process|compute|mpi)\b/;
const NAMES_A_STORE = /\/etc\/ssl|\/etc\/pki|ca-certificates|SSL_CERT_|\bdlopen\s*\(/;

function isPlain(header: string): boolean {
  const folder = header.slice(0, Math.max(header.indexOf('/'), 0));
  if (folder === '') return !header.includes('.') || PLAIN_FILES.has(header.replace(/\.h(pp)?$/, ''));
  return folder === 'boost' ? !NETWORK_OF_BOOST.test(header) : PLAIN_FOLDERS.has(folder);
}

/** C and C++ sources name a store of certificates, or include a library that may ask for one. */
export const mayAskForCertificates = (text: string, headers: readonly string[]): boolean =>
  NAMES_A_STORE.test(text) || !headers.every(isPlain);
