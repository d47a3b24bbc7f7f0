import { readForCheck } from '../transform/check/read-file.ts';
import { about } from './about.ts';

/** What went wrong with a file, in words that are the same for the same mistake; null where nothing did. */
export type Mistake = (text: string) => string | null;

/** Milliseconds that looking for smaller files may take, over all files of a thread. */
let timeLeft = 5_000;

/**
 * What a user pastes into an issue: versions, what was found, and the smallest part of the file that shows it. Instructions are
 * left out as long as the same mistake is made without them.
 */
export function bugReport(text: string, code: string, mistake: Mistake, alone: boolean): string {
  const found = mistake(text) ?? 'it came once and not again';
  const start = performance.now();
  const part = smallestPart(
    text,
    (one) => mistake(one) === found,
    () => performance.now() - start < timeLeft,
  );
  timeLeft -= performance.now() - start;
  const count = (one: string): number => readForCheck(one).instructions.length;
  return [
    '',
    'This is a bug in dfsplit; the file is as it was. Please open an issue in its repository with the lines below, from title to',
    'end. Read them first: the part of the Dockerfile in them may name what is not public.',
    '',
    `## ${code}: ${found}`,
    '',
    `dfsplit ${about.version}, Node.js ${process.versions.node}, ${process.platform} ${process.arch}`,
    '',
    `${count(part)} of ${count(text)} instructions show it, ${alone ? 'without' : 'with'} the build context:`,
    '',
    '```dockerfile',
    part.trimEnd(),
    '```',
    '',
    '',
  ].join('\n');
}

/** The text without instructions, then without comments and blank lines, that the mistake does not need. */
export function smallestPart(text: string, still: (part: string) => boolean, hasTime: () => boolean): string {
  const lines = text.split(/(?<=\n)/);
  const starts = readForCheck(text).instructions.map(({ line, last }) => [line - 1, last] as const);
  const inside = new Set(starts.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at)));
  const blocks = [
    ...starts.map(([from, to]) => ({ at: from, text: lines.slice(from, to).join('') })),
    ...lines.flatMap((line, at) => (inside.has(at) ? [] : [{ at, text: line }])),
  ].sort((a, b) => a.at - b.at);
  let parts: readonly string[] = blocks.map((block) => block.text);
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < parts.length && hasTime(); ) {
      const without = parts.toSpliced(at, size);
      if (still(without.join(''))) parts = without;
      else at += size;
    }
  return parts.join('');
}
