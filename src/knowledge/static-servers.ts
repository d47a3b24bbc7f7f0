import { resolvePath } from '../syntax/paths.ts';
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
