import type { BuildEffect } from './ecosystem.ts';
import { table } from './table.ts';

/**
 * What the linker knows as `-lNAME`: the package of the library, or where its name depends on the release, the development package that
 * has the file `libNAME.so`: https://packages.debian.org/#search_contents
 */
const LIBRARIES = table<string>({
  archive: 'libarchive-dev',
  asound: 'libasound2-dev',
  brotlidec: 'libbrotli-dev',
  brotlienc: 'libbrotli-dev',
  bz2: 'libbz2-1.0',
  cairo: 'libcairo2',
  crypto: 'libssl-dev',
  curl: 'libcurl4-openssl-dev',
  curses: 'libncurses-dev',
  db: 'libdb-dev',
  'dbus-1': 'libdbus-1-3',
  event: 'libevent-dev',
  event_core: 'libevent-dev',
  event_extra: 'libevent-dev',
  event_openssl: 'libevent-dev',
  event_pthreads: 'libevent-dev',
  exif: 'libexif-dev',
  expat: 'libexpat1',
  exslt: 'libxslt1.1',
  ffi: 'libffi-dev',
  fontconfig: 'libfontconfig1',
  form: 'libncurses-dev',
  formw: 'libncurses-dev',
  freetype: 'libfreetype6',
  gdbm: 'libgdbm-dev',
  'gdk_pixbuf-2.0': 'libgdk-pixbuf-2.0-dev',
  geos_c: 'libgeos-dev',
  'gio-2.0': 'libglib2.0-dev',
  'glib-2.0': 'libglib2.0-dev',
  'gmodule-2.0': 'libglib2.0-dev',
  gmp: 'libgmp10',
  gmpxx: 'libgmp-dev',
  'gobject-2.0': 'libglib2.0-dev',
  gssapi_krb5: 'libkrb5-dev',
  'gthread-2.0': 'libglib2.0-dev',
  history: 'libreadline-dev',
  icudata: 'libicu-dev',
  icui18n: 'libicu-dev',
  icuio: 'libicu-dev',
  icuuc: 'libicu-dev',
  jpeg: 'libjpeg-dev',
  k5crypto: 'libkrb5-dev',
  krb5: 'libkrb5-dev',
  lcms2: 'liblcms2-2',
  ldap: 'libldap2-dev',
  lzma: 'liblzma5',
  magic: 'libmagic-dev',
  'MagickCore-6.Q16': 'libmagickcore-dev',
  'MagickWand-6.Q16': 'libmagickwand-dev',
  mariadb: 'libmariadb3',
  maxminddb: 'libmaxminddb0',
  menu: 'libncurses-dev',
  menuw: 'libncurses-dev',
  mysqlclient: 'libmariadb3',
  ncurses: 'libncurses-dev',
  ncursesw: 'libncurses-dev',
  odbc: 'unixodbc-dev',
  openjp2: 'libopenjp2-7',
  panel: 'libncurses-dev',
  panelw: 'libncurses-dev',
  'pcre2-8': 'libpcre2-8-0',
  'pixman-1': 'libpixman-1-0',
  png: 'libpng-dev',
  png16: 'libpng-dev',
  pq: 'libpq5',
  readline: 'libreadline-dev',
  'rsvg-2': 'librsvg2-2',
  sasl2: 'libsasl2-2',
  seccomp: 'libseccomp2',
  snappy: 'libsnappy1v5',
  sodium: 'libsodium-dev',
  sqlite3: 'libsqlite3-0',
  ssl: 'libssl-dev',
  tiff: 'libtiff-dev',
  tinfo: 'libncurses-dev',
  udev: 'libudev1',
  'usb-1.0': 'libusb-1.0-0',
  uuid: 'libuuid1',
  vips: 'libvips-dev',
  webp: 'libwebp-dev',
  webpdemux: 'libwebp-dev',
  webpmux: 'libwebp-dev',
  X11: 'libx11-6',
  Xext: 'libxext6',
  xml2: 'libxml2',
  xslt: 'libxslt1.1',
  yaml: 'libyaml-dev',
  z: 'zlib1g',
  zmq: 'libzmq5',
  zstd: 'libzstd1',
});
/** The libraries behind modules of pkg-config, by the `.pc` files of the same packages. */
const MODULES = table<string>({
  cairo: 'cairo',
  expat: 'expat',
  fontconfig: 'fontconfig',
  freetype2: 'freetype',
  'gio-2.0': 'gio-2.0',
  'glib-2.0': 'glib-2.0',
  gmp: 'gmp',
  'gobject-2.0': 'gobject-2.0',
  'icu-i18n': 'icui18n',
  'icu-uc': 'icuuc',
  lcms2: 'lcms2',
  libarchive: 'archive',
  libcrypto: 'crypto',
  libcurl: 'curl',
  libevent: 'event',
  libexif: 'exif',
  libffi: 'ffi',
  libjpeg: 'jpeg',
  liblzma: 'lzma',
  libmariadb: 'mariadb',
  libpng: 'png',
  libpq: 'pq',
  'librsvg-2.0': 'rsvg-2',
  libsodium: 'sodium',
  libssl: 'ssl',
  libwebp: 'webp',
  'libxml-2.0': 'xml2',
  libxslt: 'xslt',
  libzmq: 'zmq',
  libzstd: 'zstd',
  ncurses: 'ncurses',
  ncursesw: 'ncursesw',
  openssl: 'ssl',
  readline: 'readline',
  sqlite3: 'sqlite3',
  uuid: 'uuid',
  vips: 'vips',
  'yaml-0.1': 'yaml',
  zlib: 'z',
});

/** What the linker calls the library of a module; null where nobody told it. */
export const linkedByModule = (module: string): string | null =>
  Object.hasOwn(MODULES, module) ? (MODULES[module] ?? null) : null;

/** Those of the C library and of the compiler. */
const OWN = /^(c|m|dl|rt|pthread|util|gcc_s|gcc|stdc\+\+)$/;

/** The package of a library by the name that the linker knows; undefined where nobody told it. */
export const libraryNamed = (name: string): string | undefined =>
  Object.hasOwn(LIBRARIES, name) ? LIBRARIES[name] : undefined;

/** What a program that is linked with these libraries needs of the system; null stands for one that is looked up when it is built. */
export function linkEffects(linked: readonly (string | null)[], what: string): BuildEffect[] {
  const names = [...new Set(linked)].filter((name) => name === null || !OWN.test(name));
  const packages = names.flatMap((name) => (name !== null && LIBRARIES[name] !== undefined ? [LIBRARIES[name]] : []));
  return [
    ...(packages.length > 0
      ? [{ kind: 'needs-libraries', packages: [...new Set(packages)], because: what } as const]
      : []),
    ...(packages.length < names.length ? [{ kind: 'native-code', what: `what ${what} links` } as const] : []),
  ];
}
