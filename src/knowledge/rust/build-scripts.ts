import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ImageFiles } from '../ecosystem.ts';
import { table } from '../table.ts';

/** What the linker knows as `-lNAME`: the package of the library, or where its name depends on the release, the -dev package. */
const LIBRARIES = table<string>({
  asound: 'libasound2-dev',
  bz2: 'libbz2-1.0',
  crypto: 'libssl-dev',
  curl: 'libcurl4-openssl-dev',
  'dbus-1': 'libdbus-1-3',
  expat: 'libexpat1',
  fontconfig: 'libfontconfig1',
  freetype: 'libfreetype6',
  lzma: 'liblzma5',
  mariadb: 'libmariadb3',
  mysqlclient: 'libmariadb3',
  pq: 'libpq5',
  seccomp: 'libseccomp2',
  sodium: 'libsodium-dev',
  sqlite3: 'libsqlite3-0',
  ssl: 'libssl-dev',
  udev: 'libudev1',
  'usb-1.0': 'libusb-1.0-0',
  xml2: 'libxml2',
  z: 'zlib1g',
  zmq: 'libzmq5',
  zstd: 'libzstd1',
});
/** Those of the C library and of the compiler, which every program of Rust may have. */
const OWN = /^(c|m|dl|rt|pthread|util|gcc_s|gcc|stdc\+\+)$/;

/** `cargo:rustc-link-lib=[KIND[:MODIFIERS]=]NAME`: https://doc.rust-lang.org/cargo/reference/build-scripts.html#rustc-link-lib */
const LINK_LIB = /cargo::?rustc-link-lib=([\w:,+-]*=)?([\w.+{}:-]*)/g;
/** `#[link(name = "…", kind = "…")]`: https://doc.rust-lang.org/reference/items/external-blocks.html#the-link-attribute */
const LINK_ATTRIBUTE = /#\[link\(([^)]*)\)\]/g;

/** The program that cargo runs before it compiles a package: https://doc.rust-lang.org/cargo/reference/build-scripts.html */
export function buildScript(folder: string, files: ImageFiles): string | null {
  const toml = files.read(resolvePath(folder, 'Cargo.toml'));
  return toml === null ? null : (/^[ \t]*build[ \t]*=[ \t]*"([^"]*)"/m.exec(toml)?.[1] ?? 'build.rs');
}

/** The names of the shared libraries that a build script and sources ask for; null stands for one that they look up. */
function linkedNames(script: string, sources: string): readonly (string | null)[] {
  const told = [...script.matchAll(LINK_LIB)].flatMap(([, kind = '', name = '']) =>
    /^(static|framework)/.test(kind) ? [] : [/[{}]/.test(name) || name === '' ? null : name],
  );
  const attributes = [...sources.matchAll(LINK_ATTRIBUTE)].flatMap(([, words = '']) =>
    /\bkind\s*=\s*"(static|framework|raw-dylib)"/.test(words)
      ? []
      : [/\bname\s*=\s*"([^"]+)"/.exec(words)?.[1] ?? null],
  );
  const lookedUp = /\b(pkg_config|system_deps|vcpkg|metadeps)::/.test(script) ? [null] : [];
  return [...told, ...attributes, ...lookedUp].filter((name) => name === null || !OWN.test(name));
}

/** What the packages of a project link by themselves, beside what their crates do. */
export function ownLinks(folder: string, sources: string, files: ImageFiles): BuildEffect[] {
  const name = buildScript(folder, files);
  const script = name === null ? null : files.read(resolvePath(folder, name));
  const names = linkedNames(script ?? '', sources);
  const packages = names.flatMap((one) => (one !== null && LIBRARIES[one] !== undefined ? [LIBRARIES[one]] : []));
  return [
    ...(packages.length > 0
      ? [{ kind: 'needs-libraries', packages: [...new Set(packages)], because: 'the project' } as const]
      : []),
    ...(packages.length < names.length
      ? [{ kind: 'native-code', what: `what ${resolvePath(folder, name ?? 'Cargo.toml')} links` } as const]
      : []),
  ];
}

/** The same folder read while it compiles, into what is compiled: https://doc.rust-lang.org/std/macro.include.html */
const INCLUDED = /\binclude(?:_str|_bytes)?!\s*\(\s*concat!\s*\(\s*env!\s*\(\s*"OUT_DIR"/g;

/** The program knows the folder into which the build script writes: it may open files there when it runs. */
export const keepsOutput = (sources: string): boolean => /env!\s*\(\s*"OUT_DIR"/.test(sources.replace(INCLUDED, ''));
