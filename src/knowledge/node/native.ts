import { table } from '../table.ts';

/**
 * Packages of the npm registry that need more than their own files, by their documentation on https://www.npmjs.com.
 * Libraries are given by their Debian package or, where that depends on the release, by the development package.
 */
const LIBRARIES = table<readonly string[]>({
  // The engines link OpenSSL and verify servers with the certificates of the system: https://www.prisma.io/docs/orm/reference/system-requirements
  '@prisma/client': ['ca-certificates', 'openssl'],
  '@prisma/engines': ['ca-certificates', 'openssl'],
  prisma: ['ca-certificates', 'openssl'],
  'pg-native': ['libpq5'],
  libpq: ['libpq5'],
  'node-libcurl': ['ca-certificates', 'libcurl4-openssl-dev'],
  kerberos: ['libgssapi-krb5-2'],
  odbc: ['libodbc2'],
  usb: ['libudev1'],
  'node-hid': ['libudev1', 'libusb-1.0-0'],
  'dbus-native': ['libdbus-1-3'],
  magickwand: ['imagemagick'],
  nodegit: ['ca-certificates', 'libgssapi-krb5-2'],
  ibm_db: ['libxml2'],
  'exiftool-vendored': ['perl'],
  'exiftool-vendored.pl': ['perl'],
});

/** Programs that a package starts. */
const PROGRAMS = table<readonly string[]>({
  'simple-git': ['git'],
  gitlog: ['git'],
  'git-raw-commits': ['git'],
  'git-last-commit': ['git'],
  'git-promise': ['git'],
  'git-clone': ['git'],
  'download-git-repo': ['git'],
  gift: ['git'],
  'gift-wrap': ['git'],
  'git-describe': ['git'],
  'git-state': ['git'],
  '@npmcli/git': ['git'],
  degit: ['git'],
  npm: ['git'],
  'node-git-server': ['git'],
  gm: ['convert', 'identify'],
  imagemagick: ['convert', 'identify'],
  'imagemagick-stream': ['convert'],
  'node-imagemagick': ['convert', 'identify'],
  easyimage: ['convert', 'identify'],
  'pdf-image': ['convert'],
  pdf2pic: ['convert'],
  'pdf-thumbnail': ['convert'],
  captchapng: [],
  'python-shell': ['python3'],
  pythonia: ['python3'],
  'youtube-dl': ['python3'],
  'youtube-dl-exec': ['python3'],
  'yt-dlp-exec': ['python3'],
  'yt-dlp-wrap': ['python3'],
  pem: ['openssl'],
  devcert: ['openssl'],
  'openssl-wrapper': ['openssl'],
  'ssh-exec': ['ssh'],
  'tunnel-ssh': [],
  'cross-unzip': ['unzip'],
  'node-gpg': ['gpg'],
  gpg: ['gpg'],
  curlrequest: ['curl'],
  'svn-spawn': ['svn'],
  'node-svn-ultimate': ['svn'],
});

/** Programs that a package of production starts, and that many tools of development name without need. */
const PRODUCTION_PROGRAMS = table<readonly string[]>({
  'ps-list': ['ps'],
  'ps-node': ['ps'],
  'ps-tree': ['ps'],
  pidtree: ['ps'],
  'tree-kill': ['ps'],
  'find-process': ['ps'],
  systeminformation: ['ps'],
});

/**
 * Packages whose install script fetches a program that is linked with libraries which the full images happen to have:
 * browsers and kits of the desktop.
 */
const IMAGE_BOUND =
  /^(puppeteer|playwright(-(chromium|firefox|webkit))?|@playwright\/browser-\w+|electron|nightmare|phantomjs(-prebuilt)?|phantomjs-prebuilt-that-works|slimerjs|html-pdf|phantom|wkhtmltopdf-installer|@sparticuz\/chromium|chrome-aws-lambda|opencv4nodejs|@u4\/opencv4nodejs|node-rdkafka|robotjs|iohook|gl|printer|midi|speaker|wrtc|canvas-prebuilt|chromium)$/;

/** What packages that build or load native code depend on: https://nodejs.org/api/addons.html, https://nodejs.org/api/n-api.html */
const NATIVE_BUILDERS = new Set(
  'node-gyp node-gyp-build node-gyp-build-optional-packages node-pre-gyp @mapbox/node-pre-gyp prebuild-install nan node-addon-api bindings napi-macros cmake-js pkg-prebuilds install-artifact-from-github neon-cli @neon-rs/load node-bindings'.split(
    ' ',
  ),
);

/** True for a package that others depend on to build or load native code of their own. */
export const isNativeBuilder = (name: string): boolean => NATIVE_BUILDERS.has(name);

/**
 * Packages whose install script compiles or fetches something that brings its libraries along, so that it runs on any
 * image with the same C library: bundled sources, static libraries or prebuilt programs; and tools that only build others.
 */
const SELF_CONTAINED =
  /^(bcrypt|argon2|better-sqlite3|sqlite3|@vscode\/sqlite3|sharp|esbuild|@swc\/core|@parcel\/watcher|lmdb|lmdb-store|msgpackr-extract|bufferutil|utf-8-validate|cpu-features|ssh2|re2|leveldown|classic-level|rocksdb|snappy|lz4|lz4-napi|iltorb|zeromq|node-sass|sass-embedded|fsevents|core-js|core-js-pure|core-js-bundle|nx|protobufjs|@sentry\/(cli|profiling-node)|husky|nodemon|es5-ext|ejs|styled-components|@nestjs\/core|@prisma\/[\w-]+|prisma|vue-demi|unrs-resolver|dtrace-provider|farmhash|hiredis|microtime|node-pty|keytar|deasync|secp256k1|keccak|blake-hash|tiny-secp256k1|scrypt|sha3|ref|ffi|ref-napi|ffi-napi|get-symbol-from-current-process-h|get-uv-event-loop-napi-h|tree-sitter(-[\w-]+)?|isolated-vm|uws|uWebSockets\.js|@apollo\/protobufjs|@scarf\/scarf|aws-sdk|web3[\w-]*|ursa-optional|integer|xxhash|xxhash-addon|murmurhash-native|gc-stats|heapdump|v8-profiler-\w+|event-loop-stats|node-expat|libxmljs2?|libxmljs|mmmagic|fibers|contextify|weak-napi|weak|segfault-handler|posix|unix-dgram|raw-socket|modern-syslog|@newrelic\/(native-metrics|fn-inspect)|@datadog\/\w[\w-]*|dd-trace|@contrast\/fn-inspect|appdynamics|electron|phantomjs-prebuilt|chromedriver|geckodriver|cypress|puppeteer|playwright|optipng-bin|gifsicle|mozjpeg|pngquant-bin|cwebp-bin|jpegtran-bin|jpegoptim-bin|guetzli|zopflipng-bin|pre-commit|preact|postinstall-postinstall|level|spawn-sync|@fortawesome\/\w[\w-]*|@firebase\/\w+|inferno|less-loader|workerd|msw|netlify-cli|wrangler|@angular\/cli|@tailwindcss\/oxide|@discordjs\/opus|@discordjs\/node-pre-gyp|node-opus|sodium-native|sodium|libsodium-wrappers|udx-native|fs-native-extensions|crc32-stream|@serialport\/bindings(-cpp)?|serialport|i2c-bus|spi-device|epoll|lzma-native|@napi-rs\/[\w-]+|grpc|@grpc\/grpc-js|grpc-tools|ffmpeg-static|ffprobe-static|@ffmpeg-installer\/[\w-]+|@ffprobe-installer\/[\w-]+|oracledb|nodejieba|bson|bson-ext|kerberos-optional|mongodb-client-encryption|snyk|ngrok|pm2|bull-arena|simple-git-hooks|lefthook|yorkie|@bufbuild\/buf|@biomejs\/biome|purgecss|vue-template-compiler|@tensorflow\/tfjs-node|node-report|node-memwatch|@airbnb\/node-memwatch|diskusage|node-datachannel|bigint-buffer|bufferutil|ttf2woff2|node-zopfli(-es)?|@sinonjs\/[\w-]+|detect-libc|lightningcss|imagemin-\w+|canvas|pg-native|libpq|node-libcurl|kerberos|odbc|usb|node-hid|nodegit|ibm_db|node-gyp|node-gyp-build|node-gyp-build-optional-packages|node-pre-gyp|@mapbox\/node-pre-gyp|prebuild|prebuild-install|prebuildify|nan|node-addon-api|bindings|cmake-js|pkg-prebuilds|npm|npm-lifecycle|@npmcli\/[\w-]+|@pnpm\/[\w.-]+|pnpm|lerna|@lerna(-lite)?\/[\w-]+|libnpm\w*|pacote|electron-rebuild|@electron\/(rebuild|node-gyp)|electron-builder|app-builder-lib|vercel|@vercel\/[\w-]+|@mapbox\/[\w-]+)$/;

/** Run-time packages of the distribution that an npm package needs. */
export const npmLibraries = (name: string): readonly string[] =>
  Object.hasOwn(LIBRARIES, name) ? (LIBRARIES[name] ?? []) : [];

/** Names of packages that work on repositories without the program. */
const WITHOUT_GIT =
  /^(isomorphic-git|hosted-git-info|is-git-\w+|git-url-parse|git-up|git-rev-sync|git-hooks-list|git-remote-origin-url|gitconfiglocal|gitignore[\w-]*|parse-git\w*|get-pkg-repo|giget|@isomorphic-git\/.*|git-hash|git-date-extractor|giturl|github-[\w-]+|gitea-js|@gitbeaker\/.*|git-repo-info|nodegit|(conventional|semantic|standard|commit|lint|husky|release)[\w-]*|@(semantic-release|commitlint|release-it|octokit|changesets|lerna(-lite)?|types|nrwl|nx)\/.*|git-(cz|semver-tags|conventional[\w-]*|format-staged|revision-webpack-plugin|cliff|config|config-path|username|user-[\w-]+))$/;

/** Programs that an npm package starts. `production`: it is one of those the application itself asks for. */
export function npmPrograms(name: string, production: boolean): readonly string[] {
  if (Object.hasOwn(PROGRAMS, name)) return PROGRAMS[name] ?? [];
  if (production && Object.hasOwn(PRODUCTION_PROGRAMS, name)) return PRODUCTION_PROGRAMS[name] ?? [];
  // A name that says git, of which nothing else is known: the program comes along.
  return production && /(^|[/-])git(-|$)/.test(name) && !WITHOUT_GIT.test(name) ? ['git'] : [];
}

/** True for a package whose install script is known to leave nothing that needs the build image. */
export const isSelfContained = (name: string): boolean => SELF_CONTAINED.test(name);

/** True for a package that fetches a program which uses libraries of the image. */
export const isImageBound = (name: string): boolean => IMAGE_BOUND.test(name);

/** Libraries as linkers and pkg-config call them, with the development package of Debian; '' is part of every image. */
const LINKED = table<string>({
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
});

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
