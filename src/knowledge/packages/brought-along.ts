import type { Distribution } from '../image.ts';
import { table } from '../table.ts';
import { programsOf } from '../unused.ts';

/** Which packages of a build bring another one along. */
interface Bringers {
  readonly depends: RegExp;
  /** Those that bring it where recommended packages are installed as well. */
  readonly recommends: RegExp;
}

/** Libraries and programs of running containers that bring the CA certificates along. */
const KEPT_WITH_CERTIFICATES: Bringers = {
  depends: /^(default|openjdk-\d+)-j(re|dk)(-headless|-zero)?$/,
  recommends: /^(libcurl\d.*|curl|wget|git|python3|ruby|nodejs|supervisor|apache2)$/,
};

/** And packages that only builds need. */
const CERTIFICATES: Bringers = {
  depends: new RegExp(
    `${KEPT_WITH_CERTIFICATES.depends.source}|^(ant|bundler|devscripts|gradle|haskell-stack|leiningen|maven|npm|python3-(pip|venv))$`,
  ),
  recommends: new RegExp(
    `${KEPT_WITH_CERTIFICATES.recommends.source}|^(cabal-install|cargo|clang(-\\d+)?|cmake|debhelper|meson|nim|node-gyp|opam|php-dev|rustc|scons|texinfo|valac|lib(glib2\\.0|gtk-3|cairo2|pango1\\.0|magickwand|gstreamer1\\.0|gstreamer-plugins-base1\\.0|poppler-glib|rsvg2|soup2\\.4|grpc(\\+\\+)?|secret-1|girepository1\\.0|sdl2|harfbuzz|notify)-dev|qtbase5-dev|llvm-dev)$`,
  ),
};

/** What packing sources for dpkg takes, which compilers for everything come with. */
const PACKING: Bringers = {
  depends:
    /^(build-essential|dpkg-dev|devscripts|debhelper|intltool|opam|tcl(8\.\d)?-dev|gobject-introspection|apache2-dev|nginx-dev|lib(girepository1\.0|cups2|fltk1\.3)-dev)$/,
  recommends: /^(meson|node-gyp|nim|python3-pip|php[\d.]*-dev|libgtk2\.0-dev)$/,
};

/** The graphical libraries stand on GLib, whose own tools are written in Python. */
const PYTHON: Bringers = {
  depends:
    /^(meson|devscripts|valac|scons|node-gyp|gtk-doc-tools|gobject-introspection|apache2-dev|postgresql-server-dev-(all|\d+)|python3-(all-dev|dev|pip)|llvm(-\d+)?-dev|qtbase5-dev|qt6-base-dev|libglib2\.0-dev-bin|lib(glib2\.0|gstreamer1\.0|gstreamer-plugins-base1\.0|webkit2gtk-4\.[01]|boost-all|gtk-[34]|gtk2\.0|magickwand|magick\+\+|girepository1\.0|rsvg2|cairo2|pango1\.0|vips|sdl2|poppler-glib|soup2\.4|harfbuzz|gdk-pixbuf-?2\.0|atk1\.0|notify|secret-1|json-glib|pulse|imlib2)-dev)$/,
  recommends: /^(clang(-\d+)?|rustc|cargo|opam|llvm)$/,
};

/**
 * Packages of programs, and of names of services, by the packages of a build whose dependency trees in the indexes of bookworm
 * and trixie hold them: https://deb.debian.org/debian/dists/
 */
const BROUGHT = table<Bringers>({
  'ca-certificates': CERTIFICATES,
  fontconfig: {
    depends:
      /^(libpango(1\.0-0|-1\.0-0|cairo-1\.0-0|ft2-1\.0-0)|librsvg2-2|imagemagick.*|libmagick.*|chromium.*|firefox.*)$/,
    recommends: /(?!)/,
  },
  bzip2: PACKING,
  patch: PACKING,
  'xz-utils': PACKING,
  perl: {
    depends: new RegExp(
      `${PACKING.depends.source}|^(git|autoconf|automake|texinfo|help2man|gtk-doc-tools|php[\\d.]*-dev|qtbase5-dev|postgresql-server-dev-(all|\\d+)|lib(boost-all|magickwand|magick\\+\\+|graphicsmagick1|perl|vips|gdal|openmpi|mpich|geoip|ltdl)-dev)$`,
    ),
    recommends: /^(meson|libtool|node-gyp|nim|python3-pip|libsnmp-dev|libgtk2\.0-dev|liblua5\.4-dev)$/,
  },
  python3: PYTHON,
  procps: {
    depends:
      /^(cmake|erlang-dev|libgtk-[34]-dev|libsoup2\.4-dev|libwebkit2gtk-4\.[01]-dev|libsnmp-dev|libwxgtk3\.2-dev)$/,
    recommends:
      /^(opam|(default|openjdk-\d+)-jdk|php[\d.]*-dev|qtbase5-dev|qt6-base-dev|libopencv-dev|libgrpc\+\+-dev)$/,
  },
  file: {
    depends: /^(libtool|libtool-bin|devscripts|debhelper|intltool|php[\d.]*-dev|apache2-dev|nginx-dev)$/,
    recommends:
      /^(opam|ocaml|ocaml-nox|ocaml-findlib|lib(ltdl|boost-all|magickwand|magick\+\+|graphicsmagick1|lua5\.4|vips|gdal|openmpi|mpich|gtk2\.0)-dev)$/,
  },
  m4: { depends: /^(autoconf|automake|bison|flex|debhelper|php[\d.]*-dev|apache2-dev)$/, recommends: /^libtool$/ },
  'gettext-base': {
    depends: /^(debhelper|intltool|libvips-dev|apache2-dev|nginx-dev)$/,
    recommends: /^(devscripts|php[\d.]*-dev|libgtk2\.0-dev)$/,
  },
  gnupg: { depends: /^devscripts$/, recommends: PACKING.depends },
  git: { depends: /(?!)/, recommends: /^(devscripts|nim|opam)$/ },
  'openssh-client': { depends: /^lib(boost-all|openmpi)-dev$/, recommends: /^(devscripts|nim|opam)$/ },
  unzip: { depends: /^(gradle|opam)$/, recommends: /^(devscripts|ruby(-all)?-dev)$/ },
  curl: { depends: /(?!)/, recommends: /^(devscripts|debhelper|cabal-install|php[\d.]*-dev|intltool)$/ },
  wget: { depends: /^opam$/, recommends: /^devscripts$/ },
  openssl: {
    depends: /^(devscripts|intltool|ruby(-all)?-dev|apache2-dev|postgresql-server-dev-(all|\d+))$/,
    recommends: /(?!)/,
  },
  netbase: {
    depends: /^(devscripts|intltool|postgresql-server-dev-(all|\d+))$/,
    recommends: new RegExp(
      `${PACKING.depends.source}|${PYTHON.depends.source}|${PYTHON.recommends.source}|^(autoconf|automake|libtool|libtool-bin|cmake|texinfo|help2man|doxygen|php[\\d.]*-dev|libperl-dev)$`,
    ),
  },
});

/** https://gitlab.alpinelinux.org/alpine/aports/-/tree/master/main: `depends` of each, and `depends_dev` of glib */
const ALPINE = table<RegExp>({
  bash: /^libtool$/,
  file: /^(build-base|alpine-sdk)$/,
  git: /^alpine-sdk$/,
  m4: /^(autoconf|bison)$/,
  perl: /^(autoconf|automake)$/,
  python3: /^(meson|(glib|gobject-introspection|cairo|pango|harfbuzz|gdk-pixbuf|librsvg|vips)-dev)$/,
});

const brings = (by: Bringers | undefined, name: string, recommends: boolean): boolean =>
  by !== undefined && (by.depends.test(name) || (recommends && by.recommends.test(name)));

/** True where an install of the one package puts the other there, though it does not name it. */
export function bringsAlong(
  distribution: Distribution | null,
  name: string,
  recommends: boolean,
  wanted: string,
): boolean {
  if (distribution === 'alpine') return ALPINE[wanted]?.test(name) === true;
  if (distribution !== 'debian' && distribution !== 'ubuntu') return false;
  // The certificates are put together by its program.
  return brings(BROUGHT[wanted], name, recommends) || (wanted === 'openssl' && bringsCertificates(name, recommends));
}

/** True where an install of the package puts the CA certificates there, though it does not name them. */
export const bringsCertificates = (name: string, recommends: boolean): boolean =>
  brings(CERTIFICATES, name, recommends);

/** True for a package that is there with one of the others, which are packages or the programs that go by their names. */
export const isBrought = (name: string, others: readonly string[]): boolean =>
  others.includes(name) || others.some((other) => brings(BROUGHT[name], other, false));

/** The packages of programs among them, each with its programs. */
export const BROUGHT_PROGRAMS: readonly (readonly [name: string, programs: readonly string[]])[] = [
  ...new Set([...Object.keys(BROUGHT), ...Object.keys(ALPINE)]),
].map((name) => [name, programsOf(name)]);
