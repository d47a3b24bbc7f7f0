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

/** Text without the credentials that an address may hold. */
export const redacted = (text: string): string => text.replace(/\b(\w+:\/\/)[^/@\s]+@/g, '$1');

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
    if (signal.aborted) throw new Error('it took longer than --timeout allows');
    if (result.failed) {
      const said = redacted(String(result.stderr || result.shortMessage))
        .trim()
        .split('\n')
        .slice(-3)
        .join(' ');
      throw new Error(`${program} ${args.find((arg) => !arg.startsWith('-')) ?? ''}: ${said}`);
    }
    return result.stdout;
  };
  const git: Runner['git'] = (args, env) =>
    run('git', [...BYTES_AS_THEY_ARE, ...args], env === undefined ? {} : { env });
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
    network: async (args) => {
      for (let attempt = 0; ; attempt++) {
        try {
          return await git(args);
        } catch (error) {
          if (signal.aborted || attempt >= retries || !PASSING.test(String(error))) throw error;
          await setTimeout(1000 * 4 ** attempt * (0.5 + Math.random()), undefined, { signal });
        }
      }
    },
    tool: (program, args, cwd) => run(program, args, { cwd }),
  };
}
