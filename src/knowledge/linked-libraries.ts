import type { BuildEffect } from './ecosystem.ts';
import { table } from './table.ts';

/**
 * What the linker knows as `-lNAME`: the package of the library, or where its name depends on the release, the development package that
 * has the file `libNAME.so`: https://packages.debian.org/#search_contents
 */
const LIBRARIES = table<string>({
  archive: 'libarchive-dev',
  asound: 'libasound2-dev',
  bz2: 'libbz2-1.0',
  crypto: 'libssl-dev',
  curl: 'libcurl4-openssl-dev',
  'dbus-1': 'libdbus-1-3',
  event: 'libevent-dev',
  expat: 'libexpat1',
  ffi: 'libffi-dev',
  fontconfig: 'libfontconfig1',
  freetype: 'libfreetype6',
  geos_c: 'libgeos-dev',
  gmp: 'libgmp10',
  icudata: 'libicu-dev',
  icui18n: 'libicu-dev',
  icuuc: 'libicu-dev',
  ldap: 'libldap2-dev',
  lzma: 'liblzma5',
  magic: 'libmagic-dev',
  mariadb: 'libmariadb3',
  mysqlclient: 'libmariadb3',
  odbc: 'unixodbc-dev',
  png: 'libpng-dev',
  pq: 'libpq5',
  readline: 'libreadline-dev',
  sasl2: 'libsasl2-2',
  seccomp: 'libseccomp2',
  snappy: 'libsnappy1v5',
  sodium: 'libsodium-dev',
  sqlite3: 'libsqlite3-0',
  ssl: 'libssl-dev',
  tiff: 'libtiff-dev',
  udev: 'libudev1',
  'usb-1.0': 'libusb-1.0-0',
  uuid: 'libuuid1',
  webp: 'libwebp-dev',
  xml2: 'libxml2',
  xslt: 'libxslt1.1',
  yaml: 'libyaml-dev',
  z: 'zlib1g',
  zmq: 'libzmq5',
  zstd: 'libzstd1',
});
/** Those of the C library and of the compiler. */
const OWN = /^(c|m|dl|rt|pthread|util|gcc_s|gcc|stdc\+\+)$/;

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
