import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ImageFiles } from '../ecosystem.ts';
import { linkEffects } from '../linked-libraries.ts';

/** `cargo:rustc-link-lib=[KIND[:MODIFIERS]=]NAME`: https://doc.rust-lang.org/cargo/reference/build-scripts.html#rustc-link-lib */
const LINK_LIB = /cargo::?rustc-link-lib=([\w:,+-]*=)?([\w.+{}:-]*)/g;
/** `#[link(name = "…", kind = "…")]`: https://doc.rust-lang.org/reference/items/external-blocks.html#the-link-attribute */
const LINK_ATTRIBUTE = /#\[link\(([^)#]*)\)\]/g;

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
  return [...told, ...attributes, ...lookedUp];
}

/** What the packages of a project link by themselves, beside what their crates do. */
export function ownLinks(folder: string, sources: string, files: ImageFiles): BuildEffect[] {
  const name = buildScript(folder, files);
  const script = name === null ? null : files.read(resolvePath(folder, name));
  return linkEffects(linkedNames(script ?? '', sources), resolvePath(folder, name ?? 'Cargo.toml'));
}

/** The same folder read while it compiles, into what is compiled: https://doc.rust-lang.org/std/macro.include.html */
const INCLUDED = /\binclude(?:_str|_bytes)?!\s*\(\s*concat!\s*\(\s*env!\s*\(\s*"OUT_DIR"/g;

/** The program knows the folder into which the build script writes: it may open files there when it runs. */
export const keepsOutput = (sources: string): boolean => /env!\s*\(\s*"OUT_DIR"/.test(sources.replace(INCLUDED, ''));
