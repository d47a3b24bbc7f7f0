import { resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';

const MOST_FILES = 400;

/** Whether a source of the project, its dependencies aside, has the pattern; true where there are too many to look. */
function mentions(folder: string, files: ImageFiles, pattern: RegExp): boolean {
  const queue = [folder];
  let seen = 0;
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const name of files.list(at) ?? []) {
      if (++seen > MOST_FILES * 10) return true;
      const path = resolvePath(at, name);
      if (name.endsWith('/')) {
        if (!/^(node_modules|\.git|\.next|dist|coverage)\/$/.test(name)) queue.push(path);
      } else if (/\.([cm]?[jt]sx?|vue|svelte)$/.test(name) && pattern.test(files.read(path) ?? '')) return true;
    }
  }
  return false;
}

/** True for sources that may put text into pictures. */
export const isDrawing = (folder: string, files: ImageFiles): boolean =>
  mentions(folder, files, /<svg|\.svg\b|image\/svg|\btext\s*:\s*\{/);
