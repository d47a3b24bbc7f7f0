import { appendFileSync, closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { usageError } from '../usage-error.ts';

/** Where a repository stands. */
export type Status = 'unchanged' | 'committed' | 'pushed' | 'proposed' | 'waiting' | 'held' | 'failed';

/** One line of the state file. Lines are only ever added, so that a run that is killed leaves all earlier ones. */
export type Entry =
  | { readonly event: 'run'; readonly fingerprint: string }
  | { readonly event: 'end' }
  /** Written before the branch moves: a commit that is named here is ours. */
  | { readonly event: 'commit'; readonly repository: string; readonly commit: string }
  /** Written before a pull request is opened and after it is seen open. */
  | { readonly event: 'pull-request'; readonly repository: string; readonly url: string; readonly open: boolean }
  | {
      readonly event: 'done';
      readonly repository: string;
      readonly status: Status;
      readonly base: string | null;
      readonly commit: string | null;
      readonly why: string | null;
      /** Outcomes of its files: `{ "split": 1 }`. */
      readonly outcomes: Readonly<Record<string, number>>;
      readonly seconds: number;
    };

export type Done = Extract<Entry, { event: 'done' }>;

/** The state file, folded. */
export interface Journal {
  readonly done: ReadonlyMap<string, Done>;
  /** What the last run, cut short, has done already. */
  readonly doneInRun: ReadonlySet<string>;
  readonly unfinished: string | null;
  readonly commits: ReadonlyMap<string, ReadonlySet<string>>;
  readonly pullRequests: ReadonlyMap<string, { readonly url: string; readonly open: boolean }>;
}

/** Reads the state file; a line that a kill cut short is left out. */
export function readJournal(file: string): Journal {
  const done = new Map<string, Done>();
  const doneInRun = new Set<string>();
  const commits = new Map<string, Set<string>>();
  const pullRequests = new Map<string, { url: string; open: boolean }>();
  let unfinished: string | null = null;
  for (const entry of existsSync(file) ? entriesOf(readFileSync(file, 'utf8')) : []) {
    if (entry.event === 'run') {
      if (unfinished !== entry.fingerprint) doneInRun.clear();
      unfinished = entry.fingerprint;
    } else if (entry.event === 'end') {
      unfinished = null;
      doneInRun.clear();
    } else if (entry.event === 'commit') {
      const known = commits.get(entry.repository) ?? new Set();
      commits.set(entry.repository, known.add(entry.commit));
    } else if (entry.event === 'pull-request') pullRequests.set(entry.repository, { url: entry.url, open: entry.open });
    else {
      done.set(entry.repository, entry);
      if (entry.status !== 'failed' && entry.status !== 'waiting') doneInRun.add(entry.repository);
    }
  }
  return { done, doneInRun, unfinished, commits, pullRequests };
}

function entriesOf(text: string): Entry[] {
  return text.split('\n').flatMap((line): Entry[] => {
    try {
      return line === '' ? [] : [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

/** Adds lines to the state file while this process alone may. */
export interface JournalWriter {
  readonly add: (entry: Entry) => void;
  readonly close: () => void;
}

/** Opens the state file for writing; refuses while another process that is alive has it. */
export function openJournal(file: string): JournalWriter {
  const lock = `${file}.lock`;
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (holder > 0 && holder !== process.pid && isAlive(holder))
    throw usageError(`${file} is in use by process ${holder}; wait for it, or name another with --state`);
  rmSync(lock, { force: true });
  const handle = openSync(lock, 'wx');
  writeSync(handle, String(process.pid));
  closeSync(handle);
  // A line that a kill cut short gets its end, so that the next one stands alone.
  if (existsSync(file) && !readFileSync(file, 'utf8').endsWith('\n')) appendFileSync(file, '\n');
  return {
    add: (entry) => appendFileSync(file, `${JSON.stringify({ ...entry, at: new Date().toISOString() })}\n`),
    close: () => rmSync(lock, { force: true }),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
