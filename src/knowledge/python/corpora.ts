import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ToolCall } from '../ecosystem.ts';

const ONE_DOWNLOAD = /^nltk\.download\(\s*['"][\w-]+['"]\s*(?:,\s*download_dir\s*=\s*(['"])([^'"]+)\1\s*)?\)$/;

/** The folder that `nltk.download('…', download_dir='…')` is given in code that does nothing else; null of other code. */
function folderInCode(code: string): string | undefined | null {
  const [first, ...calls] = code.split(/[;\n]/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  const read = calls.map((call) => ONE_DOWNLOAD.exec(call));
  const folders = new Set(read.map((match) => match?.[2]));
  return first === 'import nltk' && !read.includes(null) && folders.size === 1 ? [...folders][0] : null;
}

/**
 * Where the corpora go that the toolkit downloads: into a folder of the system if one is there, else into the home;
 * undefined of a call that downloads none. https://www.nltk.org/data.html
 */
export function corpora({ argv, cwd, home, env }: ToolCall): BuildEffect[] | undefined {
  const at = argv.indexOf('nltk.downloader');
  const code = argv[1] === '-c' && argv.length === 3 ? argv[2] : undefined;
  if (at < 0 && !code?.includes('nltk')) return undefined;
  const flag = argv.findIndex((word) => word === '-d' || word === '--dir');
  const given = at < 0 ? folderInCode(code ?? '') : flag < 0 ? undefined : argv[flag + 1];
  if (given === null || (given === undefined && env('NLTK_DATA') != null)) return undefined;
  return [
    { kind: 'network' },
    { kind: 'writes', path: given === undefined ? `${home}/nltk_data` : resolvePath(cwd, given), tree: true },
  ];
}
