import { libraryNamed } from './linked-libraries.ts';

/**
 * Calls that take the name of a library without `lib` and `.so`: https://docs.python.org/3/library/ctypes.html#finding-shared-libraries,
 * https://github.com/ffi/ffi/wiki/Loading-Libraries, https://github.com/java-native-access/jna/blob/master/www/GettingStarted.md
 */
const BY_NAME = /\b(?:find_library|ffi_lib|Native\.load(?:Library)?)[(\s[]{1,6}["']([\w.+-]+)["']/g;

/** Packages of the libraries that a source opens by their names: `dlopen("libpq.so.5")`, `find_library("xml2")`. */
export function openedLibraries(text: string): readonly string[] {
  const files = [...text.matchAll(/["'`/]lib([\w.+-]+)["'`]/g)].flatMap(
    ([, name = '']) => /^(.+)\.so(?:\.[\d.]+)?$/.exec(name)?.[1] ?? [],
  );
  const names = [...text.matchAll(BY_NAME)].map(([, name = '']) => name);
  return [...new Set([...files, ...names].flatMap((name) => libraryNamed(name) ?? []))];
}
