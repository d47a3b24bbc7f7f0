import { withoutComments } from '../../syntax/comments.ts';
import { parentFolder, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ImageFiles, ToolCall } from '../ecosystem.ts';
import { scriptOf } from './call.ts';
import { runs } from './scripts.ts';

/** A source may name any place that one of these gives it, or start a program that does. */
const REACHES_OUT =
  /child_process|\bexeca\b|shelljs|cross-spawn|\bzx\b|homedir|tmpdir|env\.(HOME|TMP|TEMP)|process\.chdir|['"`]\/(?!['"`/*])[A-Za-z_.$]/;
const MOST_FILES = 30;

/** The file behind the name that a program is started or required by: https://nodejs.org/api/modules.html#all-together */
function fileOf(path: string, files: ImageFiles): { readonly path: string; readonly text: string } | null {
  for (const end of ['', '.js', '.cjs', '.mjs', '.ts', '.mts', '.cts', '.tsx', '/index.js', '/index.ts']) {
    const text = files.read(`${path}${end}`);
    if (text !== null && text !== '') return { path: `${path}${end}`, text };
  }
  return null;
}

/** True where a program and the files it requires name no place outside a folder. */
function keepsInside(path: string, folder: string, files: ImageFiles, seen: Set<string>): boolean {
  if (seen.has(path)) return true;
  const file = fileOf(path, files);
  if (file === null || seen.size > MOST_FILES) return /\.json$/.test(path);
  seen.add(path).add(file.path);
  const own = parentFolder(file.path);
  const depth = own === folder ? 0 : own.slice(folder === '/' ? 1 : folder.length + 1).split('/').length;
  const text = withoutComments(file.text.replace(/(["'`])https?:\/\/[^"'`]*\1/g, '""'), { quotes: '', before: /\s/ });
  const climbs = [...text.matchAll(/\.\.(?:(?:\/|['"]\s*,\s*['"])\.\.)*/g)].map(
    (match) => match[0].split('..').length - 1,
  );
  if (REACHES_OUT.test(text) || climbs.some((count) => count > depth)) return false;
  const required = [...text.matchAll(/(?:require\(|\bfrom|\bimport\(?)\s*['"](\.[^'"]*)['"]/g)];
  return required.every((match) => keepsInside(resolvePath(own, match[1] as string), folder, files, seen));
}

/**
 * The program that a package has in its own folder of programs, `node_modules/webpack/bin/webpack.js`, or among those of all:
 * https://docs.npmjs.com/cli/v11/configuring-npm/package-json#bin
 */
export function packageProgram(path: string): string | null {
  const parts = path.split('/');
  const inside = parts.slice(parts.lastIndexOf('node_modules') + 1);
  if (inside.length === parts.length || !inside.slice(0, -1).some((part) => part === 'bin' || part === '.bin'))
    return null;
  const name = (inside.at(-1) as string).replace(/\.[cm]?js$/, '');
  return /^(cli|index|main|bin)$/.test(name) ? null : name;
}

/** A program of the project that is run while the image is built: `node scripts/build.js`. */
export function runsProgram(call: ToolCall): BuildEffect[] {
  const words = call.argv.slice(1);
  if (words.some((word) => word === '-v' || word === '--version' || word === '--help')) return [{ kind: 'checks' }];
  const inline = words.findIndex((word) => word !== null && /^(-e|-p|-pe|--eval|--print)$/.test(word));
  const text = inline < 0 ? undefined : words[inline + 1];
  if (typeof text === 'string' && !REACHES_OUT.test(text) && !text.includes('..'))
    return /write|append|mkdir|copy|rename|unlink|\brm/i.test(text)
      ? [{ kind: 'builds-in-place', folder: call.cwd }]
      : [{ kind: 'checks' }];
  const at = words.findIndex((word) => word === null || !word.startsWith('-'));
  const program = words[at];
  if (inline >= 0 || program == null) return [{ kind: 'unknown', why: 'the program it runs is not known' }];
  const args = words.slice(at + 1);
  const packaged = packageProgram(program);
  if (packaged !== null) return runs(scriptOf([packaged, ...args]), call.cwd, call.files);
  const path = resolvePath(call.cwd, program);
  if (fileOf(path, call.files) === null) return [{ kind: 'unknown', why: `${program} is not in the build context` }];
  const outside = args.some((word) => word === null || /^\.\.(\/|$)|^\/|=\/|=\.\.\//.test(word));
  return outside || !keepsInside(path, call.cwd, call.files, new Set())
    ? [{ kind: 'unknown', why: `where ${program} writes cannot be told` }]
    : [{ kind: 'builds-in-place', folder: call.cwd }];
}
