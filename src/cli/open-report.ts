import { once } from 'node:events';
import { closeSync, existsSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs';
import { usageError } from './usage-error.ts';

/** Where a report goes. */
export interface Sink {
  /** Resolves when there is room for more. */
  readonly put: (text: string) => Promise<void> | void;
  readonly close: () => Promise<void>;
}

/** Standard output, standard error for a filter, or a file that appears under its name when it is whole. */
export async function openReport(file: string | undefined, toStandardError: boolean): Promise<Sink> {
  if (file === undefined || file === '-') {
    const stream = toStandardError ? process.stderr : process.stdout;
    return {
      put: async (text) => {
        if (text !== '' && !stream.write(text)) await once(stream, 'drain');
      },
      close: async () => {},
    };
  }
  const target = existsSync(file) ? realpathSync(file) : file;
  const beside = `${target}.${process.pid}.tmp`;
  const fails = (error: unknown): never => {
    const { code } = error as NodeJS.ErrnoException;
    throw usageError(`${file} cannot be written (${code}): check that its folder is there and may be written to`);
  };
  let handle: number;
  try {
    handle = openSync(beside, 'wx');
  } catch (error) {
    return fails(error);
  }
  const discard = (): void => rmSync(beside, { force: true });
  process.once('exit', discard);
  return {
    put: (text) => void writeSync(handle, text),
    close: async () => {
      try {
        fsyncSync(handle);
        closeSync(handle);
        renameSync(beside, target);
      } catch (error) {
        fails(error);
      }
      process.off('exit', discard);
    },
  };
}
