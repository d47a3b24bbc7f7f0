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

/** Milliseconds in which a second signal is no second wish: the library that writes files raises the first one again. */
const ECHO = 250;

/** Ends the process with status 130 once everything is in order; the second time at once. */
export function endOnInterrupt(): void {
  let asked: number | null = null;
  const end = (): void => {
    if (cleanups.size === 0 || (asked !== null && performance.now() - asked > ECHO)) process.exit(130);
    if (asked !== null) return;
    asked = performance.now();
    void Promise.allSettled([...cleanups].map((cleanup) => cleanup())).then(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
}
