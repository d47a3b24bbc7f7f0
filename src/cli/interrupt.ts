type Cleanup = () => Promise<void>;

/** Commands with a bundle of their own have this file twice: what they register is kept where both find it. */
const KEY = Symbol.for('dfsplit.cleanups');
const shared = globalThis as { [KEY]?: Set<Cleanup> };
shared[KEY] ??= new Set();
const cleanups: Set<Cleanup> = shared[KEY];

/** What has to be put in order before an interrupted run ends; the returned function takes it back. */
export function onInterrupt(cleanup: Cleanup): () => void {
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/** Ends the process with status 130 once everything is in order; the second time at once. */
export function endOnInterrupt(): void {
  let asked = false;
  const end = (): void => {
    if (asked || cleanups.size === 0) process.exit(130);
    asked = true;
    void Promise.allSettled([...cleanups].map((cleanup) => cleanup())).then(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
}
