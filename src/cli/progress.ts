import type { RunSummary } from '../report/tally.ts';

/** A line that tells how far a run is. */
export interface Progress {
  readonly show: (summary: RunSummary, file: string) => void;
  /** Takes the line away, so that something else can be printed. */
  readonly clear: () => void;
}

const EVERY = 100;

/** A progress line on standard error where that is a terminal; nothing where it is not. */
export function progressOf(total: number, quiet: boolean): Progress {
  const { stderr } = process;
  if (!stderr.isTTY || quiet || total < 2) return { show: () => {}, clear: () => {} };
  const begin = Date.now();
  let last = 0;
  let shown = false;
  return {
    show: (summary, file) => {
      const now = Date.now();
      if (now - last < EVERY) return;
      last = now;
      shown = true;
      const rate = Math.round((summary.files * 1000) / Math.max(1, now - begin));
      const tallies = (['split', 'renamed', 'unchanged', 'refused', 'failed'] as const)
        .filter((key) => summary[key] > 0)
        .map((key) => `${summary[key]} ${key}`)
        .join(', ');
      const line = `${summary.files}/${total}  ${rate}/s  ${tallies}  ${file}`;
      stderr.write(
        `\r\u001b[2K${line.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, (stderr.columns ?? 80) - 1)}`,
      );
    },
    clear: () => {
      if (shown) stderr.write('\r\u001b[2K');
      shown = false;
    },
  };
}
