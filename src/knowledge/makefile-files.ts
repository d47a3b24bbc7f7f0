import { globMatcher } from '../syntax/glob.ts';
import { resolvePath } from '../syntax/paths.ts';

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
  const call = /^find((?:\s+[\w./-]+)*?)((?:\s+-(?:type\s+f|i?name\s+(?:'[^']*'|"[^"]*"|[^\s'"|&;()]+)))+)$/.exec(
    script,
  );
  if (call === null) return null;
  const folders = (call[1] ?? '').split(/\s+/).filter((word) => word !== '');
  const patterns = [...(call[2] ?? '').matchAll(/-name\s+(?:'([^']*)'|"([^"]*)"|(\S+))/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
  if (call[2]?.includes('-iname') || folders.some((folder) => folder.startsWith('-'))) return null;
  const found: string[] = [];
  const queue = (folders.length > 0 ? folders : ['.']).map((folder) => folder.replace(/(.)\/+$/, '$1'));
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
