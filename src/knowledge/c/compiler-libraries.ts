import { baseName } from '../../syntax/paths.ts';
import type { BuildEffect, ToolCall } from '../ecosystem.ts';

/** A library of the compiler itself: what asks for it, its package on Debian and Ubuntu, and on Alpine where it has one. */
interface CompilerLibrary {
  readonly asked: RegExp;
  readonly package: string;
  readonly alpine?: string;
  /** Releases where its package has another number; null: not told. */
  readonly releases?: Readonly<Record<string, string | null>>;
}

/** https://gcc.gnu.org/onlinedocs/gcc/Link-Options.html, https://packages.debian.org/source/gcc-defaults */
const LIBRARIES: readonly CompilerLibrary[] = [
  { asked: /^(-fopenmp|-lgomp$)/, package: 'libgomp1', alpine: 'libgomp' },
  { asked: /^-latomic$/, package: 'libatomic1', alpine: 'libatomic' },
  {
    asked: /^-lgfortran$/,
    package: 'libgfortran5',
    alpine: 'libgfortran',
    // https://packages.debian.org/search?keywords=libgfortran
    releases: { stretch: 'libgfortran3', xenial: 'libgfortran3', bionic: 'libgfortran4' },
  },
  { asked: /^-lquadmath$/, package: 'libquadmath0', alpine: 'libquadmath' },
  { asked: /^(-litm|-fgnu-tm)$/, package: 'libitm1' },
];

const NOT_TOLD = { jessie: null, stretch: null, buster: null, trusty: null, xenial: null, bionic: null } as const;

/**
 * What `-fsanitize=` links, shared unless told otherwise: https://gcc.gnu.org/onlinedocs/gcc/Instrumentation-Options.html.
 * The numbers are those of libgcc-N-dev's dependencies for the release's own compiler: https://packages.debian.org/libgcc-12-dev
 */
const SANITIZERS: Readonly<Record<string, CompilerLibrary>> = {
  address: {
    asked: /^-lasan$/,
    package: 'libasan8',
    releases: { ...NOT_TOLD, bullseye: 'libasan6', focal: 'libasan5', jammy: 'libasan6' },
  },
  thread: {
    asked: /^-ltsan$/,
    package: 'libtsan2',
    releases: { ...NOT_TOLD, bullseye: 'libtsan0', focal: 'libtsan0', jammy: 'libtsan0' },
  },
  leak: { asked: /^-llsan$/, package: 'liblsan0' },
  undefined: { asked: /^-lubsan$/, package: 'libubsan1', releases: NOT_TOLD },
};
/** Kinds that have a library of their own; all others are the undefined behaviour sanitizer's. */
const STATIC = /^-static-lib(asan|tsan|lsan|ubsan)$/;

/** Clang links its sanitizers into the program: https://clang.llvm.org/docs/AddressSanitizer.html */
const isClang = (tool: string): boolean => /^clang/.test(tool);

function sanitizers(call: ToolCall): readonly CompilerLibrary[] {
  if (isClang(baseName(call.argv[0] ?? ''))) return [];
  const words = call.argv.filter((word) => word !== null);
  const kinds = words.flatMap((word) => (word.startsWith('-fsanitize=') ? word.slice(11).split(',') : []));
  const inside = new Set(words.map((word) => STATIC.exec(word)?.[1]));
  const named = kinds.map((kind) => (Object.hasOwn(SANITIZERS, kind) ? kind : 'undefined'));
  return [...new Set(named)]
    .map((kind) => SANITIZERS[kind] as CompilerLibrary)
    .filter((library) => !inside.has(/^[a-z]+/.exec(library.package.slice(3))?.[0]));
}

/** The packages of the compiler's own shared libraries that a call links. */
export function compilerLibraries(call: ToolCall, flags: readonly string[], fortran: boolean): BuildEffect[] {
  const asked = [
    ...LIBRARIES.filter(
      (one) => flags.some((flag) => one.asked.test(flag)) || (fortran && one.package === 'libgfortran5'),
    ),
    ...Object.values(SANITIZERS).filter((one) => flags.some((flag) => one.asked.test(flag))),
    ...sanitizers(call),
  ];
  if (asked.length === 0) return [];
  const release = call.image?.release ?? '';
  const packages = [...new Set(asked)].map((one) =>
    one.releases?.[release] === undefined ? one.package : one.releases[release],
  );
  const known = packages.filter((name) => name !== null);
  const alpine = asked.flatMap((one) => one.alpine ?? []);
  return [
    { kind: 'needs-libraries', packages: known, alpine, withCompiler: true, because: 'the compiler' },
    ...(known.length < packages.length
      ? [{ kind: 'assumes', code: 'DF307', args: { what: 'the version of the sanitizer libraries' } } as const]
      : []),
  ];
}
