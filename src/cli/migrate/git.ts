import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';

/** Runs programs for one repository: never through a shell, never asking anybody, within its time. */
export interface Runner {
  /** The output of `git`; throws with what it said. */
  readonly git: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<string>;
  /** The same; null where it fails. */
  readonly ask: (args: readonly string[]) => Promise<string | null>;
  /** `git` over the network, tried again where the network is to blame. */
  readonly network: (args: readonly string[]) => Promise<string>;
  /** Work that may be done twice, tried again where the network is to blame. */
  readonly again: <T>(work: () => Promise<T>) => Promise<T>;
  /** Another program: `gh`, `glab`. */
  readonly tool: (program: string, args: readonly string[], cwd: string) => Promise<string>;
}

/** Nobody is there to be asked; hooks of the repository are none of ours, large files are not fetched. */
const QUIET = { GIT_TERMINAL_PROMPT: '0', GIT_LFS_SKIP_SMUDGE: '1', GH_PROMPT_DISABLED: '1', NO_PROMPT: '1' };
const BYTES_AS_THEY_ARE = [
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.autocrlf=false',
  '-c',
  'core.sparseCheckout=false',
];

const PASSING =
  /could not resolve|connection (reset|refused|timed out)|timed? ?out|early eof|rpc failed|hung up|unable to access|http[^\n]{0,60}\b(429|5\d\d)\b|temporarily|tls|ssl_/i;

/** Text without the credentials that an address may hold; a password may hold an @ of its own. */
export const redacted = (text: string): string => text.replace(/\b(\w+:\/\/)[^/\s]*@/g, '$1');

const NOT_INSTALLED = 'NotInstalled';

/** True where a program is not on this machine. */
export const isNotInstalled = (error: unknown): boolean => error instanceof Error && error.name === NOT_INSTALLED;

/** What an error says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const TOO_LONG = 'it took longer than --timeout allows';
/** Options of git whose value is the next word. */
const VALUED = new Set(['-c', '-C', '--git-dir', '--work-tree']);

/** What a call is about, as its reader calls it: `fetch`, `ls-remote`, `pr create`. */
function spoken(args: readonly string[]): string {
  let at = 0;
  while (args[at]?.startsWith('-')) at += VALUED.has(args[at] as string) ? 2 : 1;
  const [first = '', second = ''] = args.slice(at);
  return first === 'pr' || first === 'mr' ? `${first} ${second}` : first;
}

/** A runner for one repository; `signal` ends what it started. */
export function runnerFor(signal: AbortSignal, retries: number): Runner {
  const run = async (
    program: string,
    args: readonly string[],
    options: { cwd?: string; env?: Readonly<Record<string, string>> },
  ) => {
    const result = await execa(program, args, {
      ...options,
      env: {
        ...QUIET,
        ...(process.env.GIT_SSH_COMMAND ? {} : { GIT_SSH_COMMAND: 'ssh -oBatchMode=yes' }),
        ...options.env,
      },
      stdin: 'ignore',
      reject: false,
      cancelSignal: signal,
      maxBuffer: 1 << 28,
    });
    if (signal.aborted) throw new Error(TOO_LONG);
    if (result.code === 'ENOENT' && program !== 'git')
      throw Object.assign(new Error(`${program} is not installed`), { name: NOT_INSTALLED });
    if (result.failed) {
      const said = redacted(String(result.stderr || result.shortMessage))
        .trim()
        .split('\n')
        .slice(-3)
        .join(' ');
      throw new Error(`${program} ${spoken(args)}: ${said}`);
    }
    return result.stdout;
  };
  const git: Runner['git'] = (args, env) =>
    run('git', [...BYTES_AS_THEY_ARE, ...args], env === undefined ? {} : { env });
  const again: Runner['again'] = async (work) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted || attempt >= retries || !PASSING.test(String(error))) throw error;
        await pause(1000 * 4 ** attempt * (0.5 + Math.random()), error);
      }
    }
  };
  const pause = async (milliseconds: number, error: unknown): Promise<void> => {
    try {
      await setTimeout(milliseconds, undefined, { signal });
    } catch {
      throw new Error(`${TOO_LONG}; before that: ${messageOf(error)}`);
    }
  };
  return {
    git,
    ask: async (args) => {
      try {
        return await git(args);
      } catch (error) {
        if (signal.aborted) throw error;
        return null;
      }
    },
    network: (args) => again(() => git(args)),
    again,
    tool: (program, args, cwd) => run(program, args, { cwd }),
  };
}
