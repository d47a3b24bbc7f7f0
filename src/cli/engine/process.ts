import { rmSync } from 'node:fs';
import { execa } from 'execa';

/** What a program left behind when it ended. */
export interface Ended {
  /** null where it was ended by a signal or could not be started. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they came. */
  readonly output: string;
  readonly timedOut: boolean;
  /** The program is not there. */
  readonly notFound: boolean;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly seconds?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Everything that the program prints, as it comes. */
  readonly listen?: (chunk: string) => void;
}

/** Runs a program with its arguments as they are: no shell reads them. Never throws. */
export async function runProgram(command: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const child = execa(command, args, {
    reject: false,
    all: true,
    stdin: 'ignore',
    stripFinalNewline: false,
    cancelSignal: options.signal,
    env: options.environment ?? {},
    ...(options.seconds === undefined ? {} : { timeout: options.seconds * 1000 }),
  });
  if (options.listen !== undefined) child.all?.setEncoding('utf8').on('data', options.listen);
  const { exitCode, stdout, stderr, all, timedOut, code } = await child;
  return { exitCode: exitCode ?? null, stdout, stderr, output: all, timedOut, notFound: code === 'ENOENT' };
}

/** Runs a program and hands its standard output on as it comes. Throws where the program fails. */
export async function streamProgram(
  command: string,
  args: readonly string[],
  signal: AbortSignal,
  take: (stream: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const child = execa(command, args, {
    stdin: 'ignore',
    buffer: { stdout: false },
    encoding: 'buffer',
    cancelSignal: signal,
  });
  await Promise.all([take(child.iterable({ binary: true })), child]);
}

/**
 * The same for a program that opens the file of its output by name: what Node gives a child as standard output is a socket,
 * which nobody can open.
 */
export async function streamNamedOutput(
  command: string,
  argsFor: (file: string) => readonly string[],
  pipe: string,
  signal: AbortSignal,
  take: (stream: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  await execa('mkfifo', [pipe], { cancelSignal: signal });
  const failed = new AbortController();
  const write = execa(command, argsFor(pipe), { stdin: 'ignore', cancelSignal: signal });
  // A writer that fails before it opens the pipe would leave its reader waiting.
  write.catch(() => failed.abort());
  const read = streamProgram('cat', [pipe], AbortSignal.any([signal, failed.signal]), take);
  const [written, taken] = await Promise.allSettled([write, read]);
  rmSync(pipe, { force: true });
  for (const one of [written, taken]) if (one.status === 'rejected') throw one.reason;
}
