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
