import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ImageFiles, ToolCall } from '../ecosystem.ts';
import type { Requirement } from './libraries.ts';

/**
 * Packages whose wheels, or those of what they require, put files beside the interpreter's packages, below its prefix:
 * https://packaging.python.org/en/latest/specifications/binary-distribution-format/#the-data-directory
 * Jupyter's programs read theirs there: https://docs.jupyter.org/en/latest/use/jupyter-directories.html
 */
const SHARED =
  /^(jupyter|jupyter-(?!core$|client$|packaging$|events$).*|jupyterhub|jupyterlab.*|notebook|nbclassic|nbconvert|nbdime|nbgitpuller|ipykernel|ipyparallel|ipywidgets|widgetsnbextension|ipyleaflet|ipympl|bqplot|qtconsole|voila|.*-kernel)$/;

/** The libraries of these lie in lib itself: https://pypi.org/project/mkl/#files and its kin. */
const IN_LIB = /^(mkl|mkl-service|intel-openmp|intel-cmplr-lib-rt|onemkl-.*|dpcpp-cpp-rt|tbb|gmsh)$/;

/** These install below /opt/graphite: https://graphite.readthedocs.io/en/latest/install-pip.html */
const ELSEWHERE = /^(carbon|graphite-web)$/;

/**
 * Folders of the official image that packages of these names write to besides its site-packages and bin. Debian has all of
 * them; Alpine has no /usr/local/etc.
 */
export function dataFiles({ image }: ToolCall, named: readonly Requirement[]): BuildEffect[] {
  const outside = named.find(
    ({ name, data = [] }) => ELSEWHERE.test(name) || data === null || data.some((path) => path.startsWith('/')),
  );
  if (outside !== undefined)
    return [{ kind: 'unknown', why: `where ${outside.name} installs its data files is not known`, outside: true }];
  const isShared = named.some(({ name }) => SHARED.test(name));
  const isInLib = named.some(({ name }) => IN_LIB.test(name));
  const own = named.flatMap(({ data }) => data?.map((path) => path.replace(/^(share|etc|lib)\/.*/, '$1')) ?? []);
  const folders = new Set([...own, ...(isShared ? ['share', 'etc'] : []), ...(isInLib ? ['lib'] : [])]);
  folders.delete('bin');
  if (isShared && image?.distribution === 'alpine')
    return [{ kind: 'unknown', why: 'what it installs below /usr/local/etc is not known', outside: true }];
  return [...folders].map((folder) => ({ kind: 'dependencies', path: `/usr/local/${folder}` }));
}

/**
 * Where a project says that its data files go, as it says it; null where that cannot be read.
 * https://setuptools.pypa.io/en/latest/userguide/datafiles.html#non-package-data-files
 */
export function projectData(folder: string, files: ImageFiles): readonly string[] | null {
  const read = (name: string): string => files.read(resolvePath(folder, name)) ?? '';
  const told = scriptData(read('setup.py'));
  if (told === null) return null;
  return [
    ...told,
    ...keysOf(read('setup.cfg'), '[options.data_files]'),
    ...keysOf(read('pyproject.toml'), '[tool.setuptools.data-files]'),
  ];
}

/** The folders of `data_files=[('share/app', […]), …]`. */
function scriptData(script: string): readonly string[] | null {
  const start = /\bdata_files[ \t]*=/.exec(script);
  if (start === null) return [];
  const list = bracketed(script.slice(start.index + start[0].length));
  if (list === null) return null;
  const folders = [...list.matchAll(/[[,]\s*\(\s*(?:["']([^"'{}%]+)["'])?/g)].map(([, path = null]) => path);
  return folders.includes(null) || (folders.length === 0 && /\w/.test(list)) ? null : (folders as string[]);
}

/** The list that the text begins with, up to its own bracket. */
function bracketed(text: string): string | null {
  if (!text.trimStart().startsWith('[')) return null;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '[') depth++;
    else if (text[at] === ']' && --depth === 0) return text.slice(0, at);
  }
  return null;
}

/** What stands in front of `=` in a section; lines that are set in belong to the one above. */
function keysOf(text: string, section: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const start = lines.indexOf(section);
  if (start < 0) return [];
  const end = lines.findIndex((line, index) => index > start && line.startsWith('['));
  return lines
    .slice(start + 1, end < 0 ? undefined : end)
    .filter((line) => /^[^\s#].*=/.test(line))
    .map((line) =>
      line
        .slice(0, line.indexOf('='))
        .trim()
        .replace(/^["']|["']$/g, ''),
    );
}
