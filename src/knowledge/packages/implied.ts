import { table } from '../table.ts';

/** Packages that others bring along, by their Depends fields on https://packages.debian.org */
const BROUGHT_BY = table<RegExp>({
  fontconfig:
    /^(libpango(1\.0-0|-1\.0-0|cairo-1\.0-0|ft2-1\.0-0)|librsvg2-2|imagemagick.*|libmagick.*|chromium.*|firefox.*)$/,
  perl: /^(autoconf|automake|git|devscripts|debhelper|dpkg-dev)$/,
});

/**
 * Packages that only builds need and whose installation brings the CA certificates along, by the Depends and Recommends
 * fields of their whole dependency trees in bookworm and trixie.
 */
const CERTIFICATES_BY = {
  depends: /^(ant|bundler|devscripts|gradle|haskell-stack|leiningen|maven|npm|python3-(pip|venv))$/,
  recommends:
    /^(cabal-install|cargo|clang(-\d+)?|cmake|debhelper|meson|nim|node-gyp|opam|php-dev|rustc|scons|texinfo|valac|lib(glib2\.0|gtk-3|cairo2|pango1\.0|magickwand|gstreamer1\.0|gstreamer-plugins-base1\.0|poppler-glib|rsvg2|soup2\.4|grpc(\+\+)?|secret-1|girepository1\.0|sdl2|harfbuzz|notify)-dev|qtbase5-dev|llvm-dev)$/,
};

/** Libraries and programs of running containers that bring them along. */
const KEPT_WITH_CERTIFICATES = {
  depends: /^(default|openjdk-\d+)-j(re|dk)(-headless|-zero)?$/,
  recommends: /^(libcurl\d.*|curl|wget|git|python3|ruby|nodejs|supervisor|apache2)$/,
};

/** True where an install of these packages puts the CA certificates there, though it does not name them. */
export const bringsCertificates = (name: string, recommends: boolean): boolean =>
  [CERTIFICATES_BY, KEPT_WITH_CERTIFICATES].some(
    (by) => by.depends.test(name) || (recommends && by.recommends.test(name)),
  );

/** Authorities of the author's own, which update-ca-certificates adds: https://manpages.debian.org/update-ca-certificates.8 */
export const OWN_AUTHORITIES = '/usr/local/share/ca-certificates';

/** Packages of nothing but data that images without packages have, where programs ask for it: https://github.com/GoogleContainerTools/distroless */
export const isDataOfImages = (name: string): boolean => name === 'ca-certificates' || name === 'tzdata';

/** True for a package that is there with one of the others, which are packages or the programs that go by their names. */
export const isBrought = (name: string, others: readonly string[]): boolean =>
  others.includes(name) || others.some((other) => BROUGHT_BY[name]?.test(other));
