/** Crates that link a shared library of the system where they find one: its package, or its development package. */
const SYSTEM_CRATES: Readonly<Record<string, string>> = {
  'openssl-sys': 'libssl-dev',
  'pq-sys': 'libpq5',
  'mysqlclient-sys': 'libmariadb3',
  'libdbus-sys': 'libdbus-1-3',
  'alsa-sys': 'libasound2-dev',
  'libudev-sys': 'libudev1',
  'freetype-sys': 'libfreetype6',
  'servo-fontconfig-sys': 'libfontconfig1',
  'yeslogic-fontconfig-sys': 'libfontconfig1',
  'expat-sys': 'libexpat1',
  libxml: 'libxml2',
  'zmq-sys': 'libzmq5',
  'libsodium-sys': 'libsodium23',
  ncurses: 'libncurses6',
  'sdl2-sys': 'libsdl2-2.0-0',
  'libseccomp-sys': 'libseccomp2',
  'libcryptsetup-rs-sys': 'libcryptsetup12',
  'libsqlite3-sys': 'libsqlite3-0',
  'libssh2-sys': 'libssh2-1-dev',
  'curl-sys': 'libcurl4-openssl-dev',
  'libz-sys': 'zlib1g',
  'bzip2-sys': 'libbz2-1.0',
  'lzma-sys': 'liblzma5',
  'zstd-sys': 'libzstd1',
  'librocksdb-sys': 'libstdc++6',
};

/** The libraries of every crate in a Cargo.lock: https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html */
export function lockedLibraries(lock: string): string[] {
  const crates = new Set([...lock.matchAll(/^name = "([^"]+)"/gm)].map((match) => match[1] as string));
  return [...crates].flatMap((crate) => {
    const library = Object.hasOwn(SYSTEM_CRATES, crate) ? SYSTEM_CRATES[crate] : undefined;
    return library === undefined || (crate === 'openssl-sys' && crates.has('openssl-src')) ? [] : [library];
  });
}

/**
 * Crates none of whose features, and none of whose own dependencies, links a shared library of the system: they are written
 * in Rust, or bring their C along. By their manifests on https://docs.rs
 */
const CLOSED = new Set(
  (
    'actix actix-cors actix-files actix-http actix-rt actix-service ahash anyhow arc-swap argon2 askama async-channel ' +
    'async-stream async-trait atoi axum axum-extra axum-core base64 bcrypt bincode bitflags bumpalo byteorder bytes ' +
    'cfg-if chrono ciborium clap colored concurrent-queue crossbeam crossbeam-channel csv dashmap deadpool derive_more ' +
    'dotenv dotenvy either env_logger fastrand fern futures futures-channel futures-core futures-io futures-util ' +
    'handlebars hashbrown heck hex hmac http http-body http-body-util httparse httpdate humantime hyper hyper-util ' +
    'indexmap itertools itoa jsonwebtoken lazy_static log lru maud md-5 memchr mime mimalloc minijinja nanoid nom ' +
    'num num-format num-traits num_cpus once_cell parking_lot percent-encoding pin-project pin-project-lite quick-xml ' +
    'poem poem-openapi rand rand_core rayon regex rocket rocket_cors rocket_dyn_templates rust_decimal rustls ryu salvo semver serde serde_derive serde_json serde_qs serde_urlencoded ' +
    'serde_yaml sha-1 sha1 sha2 simd-json simple_logger slab smallvec snafu snmalloc-rs sonic-rs strum strum_macros ' +
    'structopt tempfile tera thiserror time tinyvec tokio tokio-stream tokio-util toml tower tower-http tower-layer ' +
    'tower-service tracing tracing-appender tracing-core tracing-log tracing-subscriber tungstenite typed-builder ulid ' +
    'unicode-segmentation url urlencoding uuid v_htmlescape walkdir warp yarte'
  ).split(' '),
);

/** Features that bring OpenSSL, or another library of the system, into a crate that is closed without them. */
const OPENING = /native-tls|default-tls|openssl|pkg-config|system|dynamic|vendored|libpq|gssapi|sqlite/;

interface Dependency {
  readonly name: string;
  readonly features: readonly string[];
  readonly isDefault: boolean;
  /** By a path or a repository, whose own dependencies are not read. */
  readonly isForeign: boolean;
}

/** Crates that are closed with some features and open with others. */
function isClosed({ name, features, isDefault, isForeign }: Dependency): boolean {
  if (isForeign || features.some((feature) => OPENING.test(feature))) return false;
  // https://docs.rs/sqlx/latest/sqlx/#runtime-and-tls: since 0.6 TLS is a feature of its own, before it is in the runtime's name.
  if (name === 'sqlx') return features.some((feature) => /^(runtime-[\w-]+|tls)-rustls/.test(feature));
  // https://docs.rs/reqwest/latest/reqwest/#optional-features
  if (name === 'reqwest') return !isDefault;
  // https://docs.rs/tokio-postgres: TLS comes from other crates.
  if (/^(tokio-postgres|postgres|postgres-types|deadpool-postgres|bb8|r2d2)$/.test(name)) return true;
  // https://docs.rs/actix-web/latest/actix_web/#crate-features
  if (name === 'actix-web') return true;
  return CLOSED.has(name);
}

function dependencies(toml: string): readonly Dependency[] | null {
  const found: Dependency[] = [];
  const add = (name: string, body: string): void => {
    const features = /features\s*=\s*\[([^\]]*)(?:\]|$)/.exec(body)?.[1] ?? '';
    found.push({
      name: /\bpackage\s*=\s*"([^"]+)"/.exec(body)?.[1] ?? name,
      features: [...features.matchAll(/"([^"]+)"/g)].map((match) => match[1] as string),
      isDefault: !/default-features\s*=\s*false/.test(body),
      isForeign: /\b(git|path|workspace|registry)\s*=/.test(body),
    });
  };
  for (const [, head = '', body = ''] of toml.matchAll(/^\[([^[\]\n]+)\]\s*$([\s\S]*?)(?=^\[|(?![\s\S]))/gm)) {
    if (/^target\.|^workspace|^patch|^replace/.test(head)) return null;
    if (/^(dependencies|build-dependencies)$/.test(head)) {
      const text = body.replace(/^[ \t]*#.*$/gm, '');
      for (const [, name = '', value = ''] of text.matchAll(/^([\w-]+)(?:\.\w+)?\s*=\s*(\{[\s\S]*?\}\s*$|.*$)/gm))
        add(name, value);
    } else if (/^(dependencies|build-dependencies)\./.test(head)) add(head.replace(/^[^.]*\./, ''), body);
  }
  return found;
}

/** Crates that link OpenSSL where they find it, by default. */
const WITH_OPENSSL = /^(openssl|native-tls|tokio-native-tls|hyper-tls|reqwest|postgres-native-tls|postgres-openssl)$/;

/** The libraries behind what Cargo.toml names where there is no lock file; null where that is not known. */
export function manifestLibraries(toml: string | null): string[] | null {
  const named = toml === null ? null : dependencies(toml);
  if (named === null) return null;
  const open = named.filter((one) => !isClosed(one));
  return open.every(({ name, isForeign }) => WITH_OPENSSL.test(name) && !isForeign)
    ? open.map(() => 'libssl-dev')
    : null;
}
