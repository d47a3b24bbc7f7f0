/**
 * Packages of the npm registry that need more than their own files, by their documentation on https://www.npmjs.com.
 * Libraries are given by their Debian package or, where that depends on the release, by the development package.
 */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  'pg-native': ['libpq5'],
  libpq: ['libpq5'],
  'node-libcurl': ['libcurl4-openssl-dev'],
  kerberos: ['libgssapi-krb5-2'],
  odbc: ['libodbc2'],
  usb: ['libudev1'],
  'node-hid': ['libudev1', 'libusb-1.0-0'],
  'dbus-native': ['libdbus-1-3'],
  'modern-syslog': [],
  magickwand: ['imagemagick'],
  canvas: [],
};

/** Programs that a package starts. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  'simple-git': ['git'],
  'git-rev-sync': [],
  gitlog: ['git'],
  'git-raw-commits': ['git'],
  gm: ['convert', 'identify'],
  imagemagick: ['convert', 'identify'],
  easyimage: ['convert', 'identify'],
  'pdf-image': ['convert'],
  pdf2pic: ['convert'],
  'python-shell': ['python3'],
  'ssh-exec': ['ssh'],
};

/**
 * Packages whose install script compiles or fetches something that brings its libraries along, so that it runs on any
 * image with the same C library: bundled sources, static libraries or prebuilt programs.
 */
const SELF_CONTAINED =
  /^(bcrypt|argon2|better-sqlite3|sqlite3|sharp|esbuild|@swc\/core|@parcel\/watcher|lmdb|msgpackr-extract|bufferutil|utf-8-validate|cpu-features|ssh2|re2|leveldown|classic-level|snappy|lz4|iltorb|zeromq|node-sass|fsevents|core-js|core-js-pure|nx|protobufjs|@sentry\/cli|husky|nodemon|es5-ext|ejs|styled-components|@nestjs\/core|@prisma\/\w+|prisma|vue-demi|unrs-resolver|dtrace-provider|farmhash|hiredis|microtime|node-pty|keytar|deasync|secp256k1|keccak|blake-hash|tiny-secp256k1|scrypt|ref-napi|ffi-napi|tree-sitter(-\w+)?|isolated-vm|uws|uWebSockets\.js|@apollo\/protobufjs|@scarf\/scarf|aws-sdk|web3(-\w+)*|ursa-optional|integer|xxhash|murmurhash-native|gc-stats|heapdump|v8-profiler-\w+|event-loop-stats|node-expat|libxmljs2?|mmmagic|fibers|contextify|weak-napi|segfault-handler|posix|unix-dgram|raw-socket|@newrelic\/native-metrics|@datadog\/\w[\w-]*|dd-trace|electron|phantomjs-prebuilt|chromedriver|geckodriver|cypress|puppeteer|playwright|optipng-bin|gifsicle|mozjpeg|pngquant-bin|cwebp-bin|jpegtran-bin|jpegoptim-bin|pre-commit|preact|postinstall-postinstall|level|spawn-sync|@fortawesome\/\w[\w-]*|@firebase\/\w+|inferno|less-loader|workerd|msw|netlify-cli|wrangler|@angular\/cli|@tailwindcss\/oxide|canvas|pg-native|libpq|node-libcurl|kerberos|odbc|usb|node-hid)$/;

/** Run-time packages of the distribution that an npm package needs. */
export const npmLibraries = (name: string): readonly string[] =>
  Object.hasOwn(LIBRARIES, name) ? (LIBRARIES[name] ?? []) : [];

/** Programs that an npm package starts. */
export const npmPrograms = (name: string): readonly string[] =>
  Object.hasOwn(PROGRAMS, name) ? (PROGRAMS[name] ?? []) : [];

/** True for a package whose install script is known to leave nothing that needs the build image. */
export const isSelfContained = (name: string): boolean => SELF_CONTAINED.test(name);

/** Libraries as linkers and pkg-config call them, with the development package of Debian; '' is part of every image. */
const LINKED: Readonly<Record<string, string>> = {
  c: '',
  m: '',
  dl: '',
  rt: '',
  pthread: '',
  'stdc++': '',
  z: '',
  zlib: '',
  png: 'libpng-dev',
  png16: 'libpng-dev',
  jpeg: 'libjpeg-dev',
  cairo: 'libcairo2-dev',
  pango: 'libpango1.0-dev',
  pangocairo: 'libpango1.0-dev',
  sqlite3: 'libsqlite3-dev',
  ssl: 'libssl-dev',
  crypto: 'libssl-dev',
  openssl: 'libssl-dev',
  pq: 'libpq-dev',
  curl: 'libcurl4-openssl-dev',
  'usb-1.0': 'libusb-1.0-0-dev',
  udev: 'libudev-dev',
  xml2: 'libxml2-dev',
  'xml-2.0': 'libxml2-dev',
  freetype: 'libfreetype-dev',
  freetype2: 'libfreetype-dev',
};

/** The development packages of the libraries that a binding.gyp links; null where one is not known. */
export function gypLibraries(text: string): readonly string[] | null {
  const configured = [...text.matchAll(/pkg-config\s+--libs\s+([\w.+ -]+)/g)].flatMap((match) =>
    (match[1] as string).trim().split(/\s+/),
  );
  const linked = [...text.matchAll(/["']-l([\w.+-]+)["']/g)].map((match) => match[1] as string);
  const names = [...configured, ...linked].map((name) => name.replace(/^lib/, ''));
  if (/<!(?!@?\(\s*(node|pkg-config)\b)/.test(text) || names.some((name) => !Object.hasOwn(LINKED, name))) return null;
  return [...new Set(names.map((name) => LINKED[name] as string))].filter((name) => name !== '');
}
