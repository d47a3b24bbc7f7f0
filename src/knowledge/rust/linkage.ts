import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Linkage, ToolCall } from '../ecosystem.ts';

/** https://doc.rust-lang.org/cargo/reference/config.html#buildrustflags */
const VARIABLES = [
  'RUSTFLAGS',
  'CARGO_ENCODED_RUSTFLAGS',
  'CARGO_BUILD_RUSTFLAGS',
  'CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUSTFLAGS',
  'CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_RUSTFLAGS',
];

/** Whether musl is linked in: https://doc.rust-lang.org/reference/linkage.html#static-and-dynamic-c-runtimes */
function isStatic(folders: readonly string[], target: string | undefined, call: ToolCall): boolean {
  const told = VARIABLES.map((name) => call.env(name));
  const written = folders.flatMap((folder) =>
    ['.cargo/config.toml', '.cargo/config'].map((name) => call.files.read(resolvePath(folder, name)) ?? ''),
  );
  const flags = [...told, ...written].join('\n');
  if (told.includes(null) || flags.includes('-crt-static')) return false;
  if (flags.includes('+crt-static')) return true;
  // Alpine's own compiler links musl as it lies in the system: https://github.com/andrew-d/docker-rust-musl/issues/7
  const packaged =
    call.image?.libc === 'musl' && ['cargo', 'rust'].some((name) => call.memory.has(`installed:${name}`));
  const own = target === undefined ? packaged : target.includes('-alpine-linux-');
  return !own || call.image?.programs.includes('cargo') === true;
}

/** How what the compiler makes for a target is linked; `folders` are those that may have settings. */
export function linkageOf(folders: readonly string[], target: string | undefined, call: ToolCall): Linkage {
  const musl = (target ?? '').endsWith('-musl') || (target === undefined && call.image?.libc === 'musl');
  return musl && isStatic(folders, target, call) ? 'static' : 'cpp';
}

/** What every program needs that is not static: https://github.com/rust-lang/rust/issues/82521 */
export const ownLibraries: BuildEffect = {
  kind: 'needs-libraries',
  packages: [],
  alpine: ['libgcc'],
  because: 'the standard library',
};
