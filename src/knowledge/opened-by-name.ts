import { libraryNamed } from './linked-libraries.ts';

/**
 * Calls that take the name of a library without `lib` and `.so`: https://docs.python.org/3/library/ctypes.html#finding-shared-libraries,
 * https://github.com/ffi/ffi/wiki/Loading-Libraries, https://github.com/java-native-access/jna/blob/master/www/GettingStarted.md
 */
const BY_NAME = /\b(?:find_library|ffi_lib|Native\.load(?:Library)?)[(\s[]{1,6}["']([\w.+-]+)["']/g;

/**
 * Data of buildpack-deps that sources open by its place, or by a name that is looked for in the system's folders of fonts:
 * https://packages.debian.org/bookworm/fonts-dejavu-core, https://packages.debian.org/bookworm/shared-mime-info
 */
const DATA: readonly (readonly [RegExp, string])[] = [
  [/["'`]DejaVu(?:Sans|Serif)[\w-]*\.ttf["'`]|\/usr\/share\/fonts\/truetype\/dejavu\b/, 'fonts-dejavu-core'],
  [/\/usr\/share\/mime\b/, 'shared-mime-info'],
];

/** Packages of the libraries and data that a source opens by their names: `dlopen("libpq.so.5")`, `find_library("xml2")`. */
export function openedByName(text: string): readonly string[] {
  const files = [...text.matchAll(/["'`/]lib([\w.+-]+)["'`]/g)].flatMap(
    ([, name = '']) => /^(.+)\.so(?:\.[\d.]+)?$/.exec(name)?.[1] ?? [],
  );
  const names = [...text.matchAll(BY_NAME)].map(([, name = '']) => name);
  const data = DATA.filter(([pattern]) => pattern.test(text)).map(([, name]) => name);
  return [...new Set([...[...files, ...names].flatMap((name) => libraryNamed(name) ?? []), ...data])];
}
