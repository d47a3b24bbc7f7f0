import type { Document } from '../syntax/document.ts';

/** A build that did not come to its end. */
export interface BuildFailure {
  readonly which: 'original' | 'split';
  /** Line of the original file; null where the output does not tell, or the split's own line failed. */
  readonly line: number | null;
  /** The instruction that failed, on one line. */
  readonly step: string | null;
  /** The end of the output. */
  readonly output: string;
  readonly log: string | null;
  readonly timedOut: boolean;
}

/**
 * The line of the built file whose instruction failed: BuildKit prints `Dockerfile:12` above an excerpt, the builders
 * before it and those of Podman and Buildah count `Step 4/9` or `STEP 4/9`.
 */
export function failingLine(output: string, built: Document): number | null {
  const lines = output.split(/\r?\n/);
  const excerpt = lines.findIndex((line, index) => /^\S+:\d+$/.test(line) && /^-{5,}$/.test(lines[index + 1] ?? ''));
  if (excerpt >= 0) {
    const marked = /^\s*(\d+) \|\s*>>>/.exec(lines.slice(excerpt).find((line) => line.includes('>>>')) ?? '')?.[1];
    return Number(marked ?? /:(\d+)$/.exec(lines[excerpt] as string)?.[1]);
  }
  const step = lines.findLast((line) => /^(\[[^\]]*\] )?step \d+\/\d+ ?: /i.test(line));
  const text = step === undefined ? unfinished(lines) : step.replace(/^.*?step \d+\/\d+ ?: /i, '');
  if (text === null) return null;
  const squeeze = (one: string): string =>
    one
      .replace(/\\\r?\n/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
  const found = built.instructions.find(
    ({ span }) => squeeze(built.text.slice(span.start, span.end)) === squeeze(text),
  );
  return found?.line ?? null;
}

/** What BuildKit was at when it was ended: `#9 [build 3/4] RUN make` without a `#9 DONE` behind it. */
function unfinished(lines: readonly string[]): string | null {
  const started = lines.flatMap((line) => {
    const [, number = '', text = ''] = /^(#\d+) \[(?:[^\]]* )?\d+\/\d+\] (.*)$/.exec(line) ?? [];
    return text === '' ? [] : [{ number, text }];
  });
  const isDone = (number: string): boolean =>
    lines.some((line) => line === `${number} CACHED` || line.startsWith(`${number} DONE`));
  return started.findLast(({ number }) => !isDone(number))?.text ?? null;
}

/** The same instruction in the original file, by its text; null for a line that only the split has. */
export function originalLine(line: number | null, built: Document, original: Document): number | null {
  const text = (document: Document, at: { readonly start: number; readonly end: number }): string =>
    document.text.slice(at.start, at.end);
  const instruction = built.instructions.findLast((one) => line !== null && one.line <= line);
  if (instruction === undefined) return null;
  const wanted = text(built, instruction.span);
  return original.instructions.find((one) => text(original, one.span) === wanted)?.line ?? null;
}

const LONGEST_LINE = 300;

/**
 * The end of a build's output that a person reads: what the step said, without the progress of other steps and without the
 * excerpt of the Dockerfile, which is known.
 */
export function summary(output: string, most = 12): string {
  const lines = output
    .split(/\r?\n/)
    .map((line) => line.replace(/^#\d+ (\d+\.\d+ )?/, '').slice(0, LONGEST_LINE))
    .filter((line) => line.trim() !== '' && !/^(CACHED|DONE|sha256:|transferring|\[internal\])/.test(line))
    .filter((line) => !/^\s*\d+ \| |^-{4,}$|^\S+:\d+$/.test(line));
  return lines.slice(-most).join('\n');
}
