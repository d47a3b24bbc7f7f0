import { globMatcher } from '../syntax/glob.ts';
import { resolvePath, withoutSlashes } from '../syntax/paths.ts';

/** What make finds around it: names in its folder and below. */
export interface MakeFiles {
  readonly files: readonly string[];
  readonly list: (folder: string) => readonly string[] | null;
}

const MOST_FILES = 2000;

/** The files that `$(wildcard GLOB)` stands for; null where a folder cannot be listed. */
export function matching(glob: string, { files, list }: MakeFiles): string[] | null {
  if (/^\/|[$[{]|\.\./.test(glob)) return null;
  const segments = glob.replace(/^\.\//, '').split('/');
  const prefix = glob.startsWith('./') ? './' : '';
  let found = [''];
  for (const [index, segment] of segments.entries()) {
    const matches = globMatcher(segment);
    const next: string[] = [];
    for (const folder of found) {
      const names = folder === '' ? files : list(folder);
      if (names === null) return null;
      for (const name of names) {
        const bare = name.replace(/\/$/, '');
        const fits = /[*?]/.test(segment) ? matches(bare) && !bare.startsWith('.') : bare === segment;
        const isFolder = name.endsWith('/');
        if (fits && (isFolder || index === segments.length - 1)) next.push(folder === '' ? bare : `${folder}/${bare}`);
      }
    }
    found = next;
  }
  return found.map((path) => prefix + path);
}

/** What `find FOLDER... -name PATTERN` prints, in order of names; null of any other command. */
export function foundFiles(script: string, world: MakeFiles): string[] | null {
  const [command, ...words] = script.split(/\s+/);
  const tests = words.findIndex((word) => word.startsWith('-'));
  if (command !== 'find' || tests < 0) return null;
  const folders = words.slice(0, tests);
  if (!folders.every((folder) => /^[\w.][\w./-]*$/.test(folder))) return null;
  const patterns: string[] = [];
  for (let at = tests; at < words.length; at += 2) {
    const [test, value = ''] = words.slice(at, at + 2);
    const [, single, double, plain] = /^(?:'([^']*)'|"([^"$`]*)"|([^\s'"|&;()$`]+))$/.exec(value) ?? [];
    const pattern = single ?? double ?? plain;
    if (test === '-name' && pattern !== undefined) patterns.push(pattern);
    else if (test !== '-type' || value !== 'f') return null;
  }
  const found: string[] = [];
  const queue = (folders.length > 0 ? folders : ['.']).map(withoutSlashes);
  for (let at = queue.shift(), seen = 0; at !== undefined; at = queue.shift()) {
    const place = resolvePath('/', at).slice(1);
    const names = at.startsWith('/') || at.includes('..') ? null : place === '' ? world.files : world.list(place);
    if (names === null) return null;
    for (const name of names) {
      if (++seen > MOST_FILES) return null;
      const path = `${at}/${name.replace(/\/$/, '')}`;
      if (name.endsWith('/')) queue.push(path);
      else if (patterns.every((pattern) => globMatcher(pattern)(name))) found.push(path);
    }
  }
  return found.sort();
}
