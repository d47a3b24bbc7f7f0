import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One run of `verify`: what it makes carries its name and goes when it ends, however it ends. */
export interface Session {
  readonly id: string;
  /** Counts: what is built at the same time has different names. */
  readonly next: () => number;
  readonly signal: AbortSignal;
  /** A folder for the files that are built. */
  readonly folder: string;
  readonly log: string;
  readonly write: (text: string) => void;
  /** Ends what runs, then undoes. */
  readonly abort: () => Promise<void>;
  /** Registers how something is removed again. */
  readonly undo: (remove: () => Promise<unknown>) => void;
  readonly close: (keep: { readonly images: boolean; readonly log: boolean }) => Promise<void>;
}

/** Images and containers of a session carry it as a label. */
export const LABEL = 'dev.dfsplit.verify';

export function openSession(log: string | null): Session {
  const folder = mkdtempSync(join(tmpdir(), 'dfsplit-verify-'));
  const id = folder.slice(-6).toLowerCase();
  const path = log ?? `${folder}.log`;
  const controller = new AbortController();
  const removals: (() => Promise<unknown>)[] = [];
  const undoEach = async (): Promise<void> => {
    for (let remove = removals.pop(); remove !== undefined; remove = removals.pop()) await remove().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  };
  // An interruption and the end it brings about both ask for it, and both wait for all of it.
  let undoing: Promise<void> = Promise.resolve();
  const undoAll = (): Promise<void> => {
    undoing = undoing.then(undoEach);
    return undoing;
  };
  let count = 0;
  return {
    id,
    next: () => ++count,
    signal: controller.signal,
    folder,
    log: path,
    write: (text) => appendFileSync(path, text),
    undo: (remove) => void removals.push(remove),
    abort: async () => {
      controller.abort();
      await undoAll();
    },
    close: async (keep) => {
      if (keep.images) rmSync(folder, { recursive: true, force: true });
      else await undoAll();
      if (log === null && !keep.log) rmSync(path, { force: true });
    },
  };
}
