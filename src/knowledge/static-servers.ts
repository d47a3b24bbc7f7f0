import { listedPath, resolvePath } from '../syntax/paths.ts';
import type { ImageFiles } from './ecosystem.ts';
import type { ImageFacts } from './image.ts';
import { table } from './table.ts';

interface StaticServer {
  readonly docs: string;
  /** Flags whose value is the next word. */
  readonly valueFlags: readonly string[];
  /** Flags that let it read files elsewhere. */
  readonly reaching: RegExp;
}

/** Programs that read the one folder which their command line names, and nothing else of the image. */
const SERVERS = table<StaticServer>({
  serve: {
    docs: 'https://github.com/vercel/serve',
    valueFlags: ['-l', '--listen', '-p', '--port', '-c', '--config'],
    reaching: /^(-S|--symlinks|--ssl-.*)$/,
  },
  'http-server': {
    docs: 'https://github.com/http-party/http-server',
    valueFlags: [
      '-p',
      '--port',
      '-a',
      '-c',
      '-t',
      '-e',
      '--ext',
      '-P',
      '--proxy',
      '--username',
      '--password',
      '--cors',
    ],
    reaching: /^(-S|--ssl|--tls|-C|--cert|-K|--key)$/,
  },
});

/** The folder that a program for static files serves; null where the call is none, or may read more than a folder. */
export function servedFolder(argv: readonly (string | null)[], workdir: string): string | null {
  const server = Object.hasOwn(SERVERS, argv[0] ?? '') ? SERVERS[argv[0] ?? ''] : undefined;
  if (server === undefined) return null;
  const folders: string[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] as string | null;
    if (word === null) return null;
    if (server.reaching.test(word.replace(/=.*$/s, ''))) return null;
    if (server.valueFlags.includes(word)) at++;
    else if (!word.startsWith('-')) folders.push(word);
  }
  return folders.length === 1 ? resolvePath(workdir, folders[0] as string) : null;
}

/** True for a program that looks for others in the folder it is started in: a server may be one of these. */
export const looksInFolder = (program: string): boolean =>
  /^(npm|npx|yarn|yarnpkg|pnpm|pnpx|bun|bunx|node)$/.test(program);

/** Commands that leave the text of the settings they name as it is: https://www.gnu.org/software/coreutils/manual/ */
export const keepsText = (program: string): boolean => /^(cp|mv|ln|rm|mkdir|chown|chmod|install|test)$/.test(program);

/** Where Debian's nginx and that of its own images have their settings and, unless told otherwise, their pages. */
export const NGINX_SETTINGS = '/etc/nginx';
/** The program, as the shell starts it. */
export const NGINX = 'nginx';
/** The server's own image. What lies in this folder of it runs before: https://github.com/nginx/docker-nginx/blob/master/entrypoint/docker-entrypoint.sh */
export const isServerImage = ({ family }: ImageFacts): boolean => family === NGINX;
export const SERVER_SCRIPTS = '/docker-entrypoint.d';
/** Packages of distributions that bring it: https://packages.debian.org/bookworm/nginx */
export const isNginxPackage = (name: string): boolean => name.startsWith(NGINX);
const NGINX_PAGES = ['/var/www/html', '/usr/share/nginx/html'];
const MOST_SETTINGS = 200;

/**
 * The absolute paths that the settings of nginx name, those with a variable up to the folder before it; null where a variable tells
 * the first folder, or a file of them cannot be read: https://nginx.org/en/docs/dirindex.html. `written`: files and folders that the
 * build puts there.
 */
export function nginxPaths(
  argv: readonly (string | null)[],
  written: readonly string[],
  files: ImageFiles,
): readonly string[] | null {
  const at = argv.indexOf('-g');
  if (argv.includes(null) || argv.some((word) => /^-[cpe]/.test(word ?? ''))) return null;
  const texts: (string | null)[] = at < 0 ? [] : [argv[at + 1] ?? null];
  const queue = [...written];
  for (let path = queue.pop(), seen = 0; path !== undefined; path = queue.pop()) {
    const names = files.list(path);
    if (++seen > MOST_SETTINGS) return null;
    if (names === null) texts.push(files.read(path));
    else queue.push(...names.map((name) => listedPath(path as string, name)));
  }
  if (texts.includes(null)) return null;
  const text = texts.join('\n').replace(/^[ \t]*#.*$/gm, '');
  if (
    /\b(?:root|alias|include)\s+["']?\/?[\w.-]*\$|\binclude\s+["']?\/(?!etc\/nginx\/)|\bload_module\b|_by_lua|\bperl/.test(
      text,
    )
  )
    return null;
  // An account of the build's image is not there.
  if (/(?<![\w$])user\s+(?!(?:www-data|nginx|nobody|root)\b)/.test(text)) return null;
  const named = [...text.matchAll(/(?<=([\s"'=:;]))(\/[\w./-]*)(?=([\s\S]?))/g)].map(
    ([, before = '', path = '', next = '']) => {
      // A name that goes on with a variable, a space between quotes or the like: the folder that it lies in.
      const isWhole = /["']/.test(before) ? next === before : /^[\s;,(){}"']?$/.test(next);
      return resolvePath('/', isWhole ? path : path.slice(0, path.lastIndexOf('/') + 1));
    },
  );
  return [...NGINX_PAGES, ...named];
}
