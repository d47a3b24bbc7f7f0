import type { BuildEffect, ToolCall } from '../ecosystem.ts';
import { hasDevelopmentLibraries } from '../images/buildpack-deps.ts';
import { libraryNamed } from '../linked-libraries.ts';
import { table } from '../table.ts';

/**
 * Development packages of buildpack-deps, those that they depend on included, by the headers in them: a folder or a file of
 * /usr/include. https://github.com/docker-library/buildpack-deps, https://packages.debian.org/bookworm/libmagickwand-dev
 */
const HEADERS = table<string>({
  brotli: 'libbrotli-dev',
  cairo: 'libcairo2',
  curl: 'libcurl4-openssl-dev',
  curses: 'libncurses-dev',
  db: 'libdb-dev',
  event: 'libevent-dev',
  event2: 'libevent-dev',
  evhttp: 'libevent-dev',
  expat: 'libexpat1',
  ffi: 'libffi-dev',
  fontconfig: 'libfontconfig1',
  form: 'libncurses-dev',
  freetype: 'libfreetype6',
  freetype2: 'libfreetype6',
  ft2build: 'libfreetype6',
  gdbm: 'libgdbm-dev',
  'gdk-pixbuf': 'libgdk-pixbuf-2.0-dev',
  gio: 'libglib2.0-dev',
  glib: 'libglib2.0-dev',
  'glib-2.0': 'libglib2.0-dev',
  'glib-object': 'libglib2.0-dev',
  gmodule: 'libglib2.0-dev',
  gmp: 'libgmp-dev',
  gmpxx: 'libgmp-dev',
  gssapi: 'libkrb5-dev',
  jpeglib: 'libjpeg-dev',
  krb5: 'libkrb5-dev',
  lcms2: 'liblcms2-2',
  libexif: 'libexif-dev',
  libexslt: 'libxslt1.1',
  libpng: 'libpng-dev',
  libpng16: 'libpng-dev',
  'libpq-fe': 'libpq5',
  libpq: 'libpq5',
  librsvg: 'librsvg2-2',
  libxml: 'libxml2',
  libxml2: 'libxml2',
  libxslt: 'libxslt1.1',
  lzma: 'liblzma5',
  magick: 'libmagickcore-dev',
  MagickCore: 'libmagickcore-dev',
  MagickWand: 'libmagickwand-dev',
  mariadb: 'libmariadb3',
  maxminddb: 'libmaxminddb0',
  menu: 'libncurses-dev',
  mysql: 'libmariadb3',
  ncurses: 'libncurses-dev',
  ncursesw: 'libncurses-dev',
  openjpeg: 'libopenjp2-7',
  openssl: 'libssl-dev',
  panel: 'libncurses-dev',
  pcre2: 'libpcre2-8-0',
  pixman: 'libpixman-1-0',
  png: 'libpng-dev',
  postgresql: 'libpq5',
  readline: 'libreadline-dev',
  sqlite3: 'libsqlite3-0',
  term: 'libncurses-dev',
  tiff: 'libtiff-dev',
  tiffio: 'libtiff-dev',
  unicode: 'libicu-dev',
  uuid: 'libuuid1',
  wand: 'libmagickwand-dev',
  webp: 'libwebp-dev',
  X11: 'libx11-6',
  yaml: 'libyaml-dev',
});
const OF_CAIRO = /^cairo-\w+\.h$/;

function packageOf(header: string): string | undefined {
  if (OF_CAIRO.test(header)) return 'libcairo2';
  const first = header.split('/')[0]?.replace(/\.h(pp)?$/, '') ?? '';
  return Object.hasOwn(HEADERS, first) ? HEADERS[first] : undefined;
}

/** The packages of the libraries that headers belong to. */
export const librariesOfHeaders = (headers: readonly string[]): readonly string[] => [
  ...new Set(headers.flatMap((header) => packageOf(header) ?? [])),
];

/** The libraries that a call links by their names, on an image that has them for building. */
export function linkedOfImage(call: ToolCall, flags: readonly string[]): BuildEffect[] {
  if (call.image === null || !hasDevelopmentLibraries(call.image)) return [];
  const packages = flags.flatMap((flag) => (flag.startsWith('-l') ? (libraryNamed(flag.slice(2)) ?? []) : []));
  return packages.length === 0
    ? []
    : [{ kind: 'needs-libraries', packages: [...new Set(packages)], because: 'the linker' }];
}
