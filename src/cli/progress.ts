/** A line that tells how far a run is. */
export interface Progress {
  /** Says how many there are of each outcome, and what is being worked on. */
  readonly show: (tallies: Readonly<Record<string, number>>, current: string) => void;
  /** Takes the line away, so that something else can be printed. */
  readonly clear: () => void;
}

/** Milliseconds between two lines: so short that a file which takes long is named. */
const EVERY = 20;
/** Columns in which the end of a path says something. */
const PATH = 16;

/** A progress line on standard error where that is a terminal; nothing where it is not. */
export function progressOf(total: number, quiet: boolean): Progress {
  const { stderr } = process;
  if (!stderr.isTTY || quiet || total < 2) return { show: () => {}, clear: () => {} };
  const begin = Date.now();
  let last = 0;
  let shown = false;
  return {
    show: (tallies, current) => {
      const now = Date.now();
      if (now - last < EVERY) return;
      last = now;
      shown = true;
      const counts = Object.entries(tallies).filter(([, count]) => count > 0);
      const done = counts.reduce((sum, [, count]) => sum + count, 0);
      const rate = (done * 1000) / Math.max(1, now - begin);
      const line = progressLine({ done, total, rate, counts, current }, stderr.columns || 80);
      stderr.write(`\r\u001b[2K${line}`);
    },
    clear: () => {
      if (shown) stderr.write('\r\u001b[2K');
      shown = false;
    },
  };
}

/** Outcomes that tell little of a run, the one that tells least last. */
const LEAST: readonly string[] = ['refused', 'renamed', 'unchanged'];

/** What a progress line tells. */
export interface Standing {
  readonly done: number;
  readonly total: number;
  /** A second. */
  readonly rate: number;
  readonly counts: readonly (readonly [outcome: string, count: number])[];
  readonly current: string;
}

/**
 * A line that is shorter than the terminal is wide. Where there is no room for everything, tallies lose their words and a path its
 * beginning; where there is none for that either, tallies stay away, those that tell least first, and then the path.
 */
export function progressLine({ done, total, rate, counts, current }: Standing, columns: number): string {
  const room = columns - 1;
  const head = `${done}/${total}  ${rate < 9.5 ? rate.toFixed(1) : Math.round(rate)}/s`;
  const telling = counts.toSorted(([a], [b]) => LEAST.indexOf(a) - LEAST.indexOf(b));
  const tallies = [
    counts.map(([outcome, count]) => `${count} ${outcome}`).join(', '),
    ...telling.map((_, index) =>
      counts
        .filter((one) => telling.indexOf(one) < telling.length - index)
        .map(([outcome, count]) => `${count} ${outcome.slice(0, 3)}`)
        .join(' '),
    ),
    '',
  ];
  const path = printable(current);
  const least = Math.min(widthOf(path), PATH) + 2;
  const fits = tallies.filter((text) => head.length + 2 + text.length <= room);
  const [told = ''] = [...fits.filter((text) => head.length + 2 + text.length + least <= room), ...fits];
  const line = told === '' ? head : `${head}  ${told}`;
  const end = endOf(path, room - line.length - 2);
  return (end === '' ? line : `${line}  ${end}`).slice(0, room);
}

const printable = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '?');

/** Columns a text takes at most: what is not Latin, Greek or Cyrillic may be twice as wide. */
const widthOf = (text: string): number => [...text].reduce((sum, one) => sum + (one < '\u0530' ? 1 : 2), 0);

/** The end of a path in so many columns, behind a sign for what is left out. */
function endOf(path: string, room: number): string {
  if (widthOf(path) <= room) return path;
  if (room < PATH / 2) return '';
  const kept: string[] = [];
  let width = 1;
  for (const one of [...path].reverse()) {
    width += widthOf(one);
    if (width > room) break;
    kept.unshift(one);
  }
  return `\u2026${kept.join('')}`;
}
