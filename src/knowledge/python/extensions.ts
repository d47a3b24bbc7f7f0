import { resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import { libraryNamed, linkedByModule } from '../linked-libraries.ts';

/** Parts of the C library: https://www.gnu.org/software/libc/manual/ */
const OF_THE_C_LIBRARY = /^(m|c|pthread|dl|rt|util|resolv|crypt)$/;
/** Builders that compile by lists of their own: https://www.maturin.rs, https://scikit-build-core.readthedocs.io, https://mesonbuild.com/meson-python/ */
const OTHER_BUILDERS = /\bbuild-backend[ \t]*=[ \t]*["'](maturin|mesonpy|scikit_build_core)/;
const COMPILES = /\bExtension\s*\(|ext[_-]modules|\bset_source\s*\(|\brust_extensions\b/;
/** Calls that only ask for headers: `subprocess.check_output(["xml2-config", "--cflags"])` */
const ASKS_FOR_HEADERS = /\bsubprocess\.\w+\(\s*\[\s*["'][\w.-]+["']\s*,\s*["']--(cflags|version)["']\s*\]/g;
/** `["pkg-config", "--libs", "libxml-2.0"]` */
const ASKS_FOR_MODULES = /\[\s*["']pkg-config["']((?:\s*,\s*["'][\w.+-]+["'])+)\s*\]/g;
const ASKS = /pkg.?config|\bsubprocess\.|os\.popen|os\.system|ctypes\.util|\brust_extensions\b/i;

/** The names that the linker gets of the extensions in a text; null among them for one that cannot be read. */
function linkedIn(text: string): readonly (string | null)[] {
  if (!COMPILES.test(text)) return [];
  const modules = [...text.matchAll(ASKS_FOR_MODULES)].flatMap(([, words = '']) =>
    [...words.matchAll(/["']([^"']+)["']/g)].flatMap(([, word = '']) => (word.startsWith('-') ? [] : [word])),
  );
  const lists = [
    ...text.matchAll(/\b(?:libraries|extra_link_args|extra-link-args|extra_objects)\s*=\s*(\[[^\]]*(?:\]|$)|.)/g),
  ];
  const names = lists.flatMap(([, list = '']) => {
    // A variable holds what pkg-config said, where it was asked.
    if (!list.startsWith('[')) return modules.length > 0 ? [] : [null];
    return /[[,+]\s*[*\w]/.test(list)
      ? [null]
      : [...list.matchAll(/["']([^"']*)["']/g)].map(([, name = '']) => name.replace(/^-l/, ''));
  });
  const rest = text
    .replaceAll(ASKS_FOR_HEADERS, '')
    .replaceAll(/\bsubprocess\.\w+\(\s*(?=\[\s*["']pkg-config)/g, '')
    .replaceAll(ASKS_FOR_MODULES, '');
  return [...names, ...modules.map(linkedByModule), ...(ASKS.test(rest) ? [null] : [])];
}

/** What compiles the extension of a project: setup.py, the lists of pyproject.toml and what cffi is told. */
function scripts(folder: string, files: ImageFiles): readonly (string | null)[] {
  const [setup, toml] = ['setup.py', 'pyproject.toml'].map((name) => files.read(resolvePath(folder, name)) ?? '');
  // https://cffi.readthedocs.io/en/stable/cdef.html#ffibuilder-set-source-preparing-out-of-line-modules
  const list = /\bcffi[_-]modules\s*=\s*(\[[^\]]*(?:\]|$)|.)/.exec(`${setup}\n${toml}`)?.[1];
  const named = list === undefined ? [] : [...list.matchAll(/["']([^"':]+\.py):\w+["']/g)].map(([, path = '']) => path);
  const unread = list !== undefined && named.length === 0;
  return [
    setup ?? '',
    toml ?? '',
    ...(unread || OTHER_BUILDERS.test(toml ?? '') ? [null] : []),
    ...named.map((path) => files.read(resolvePath(folder, path)) || null),
  ];
}

/** The packages of the libraries that a project's own extension links; null where that cannot be told. */
export function linkedByProject(folder: string, files: ImageFiles): readonly string[] | null {
  const names = scripts(folder, files).flatMap((text) => (text === null ? [null] : linkedIn(text)));
  const packages = names.flatMap((name) =>
    name !== null && OF_THE_C_LIBRARY.test(name) ? [] : [name === null ? undefined : libraryNamed(name)],
  );
  return packages.every((one) => one !== undefined) ? [...new Set(packages)] : null;
}
