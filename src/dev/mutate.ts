import type { SplitOptions } from '../outcome.ts';
import { split } from '../split.ts';
import { parse } from '../syntax/parse.ts';

const options: SplitOptions = {
  target: null,
  runtime: 'auto',
  allowImages: ['docker.io/library/*', 'gcr.io/distroless/*', 'mcr.microsoft.com/*'],
  stageName: 'build',
  runtimeName: null,
  renameOnly: false,
  buildArgs: {},
};

/** Milliseconds that no file of this size takes. */
const MOST_TIME = 5_000;
const PIECES = [
  '\\',
  '\\\n',
  '\r\n',
  '\t',
  '  ',
  '"',
  "'",
  '`',
  '$',
  '${',
  '}',
  '$(',
  ')',
  '(',
  '&&',
  '||',
  ';',
  '|',
  '<<EOF',
  'EOF\n',
  '#',
  '\n# c\n',
  '--from=0',
  '--from=1',
  '--mount=type=cache,target=/x',
  '[',
  ']',
  '["a"',
  '=',
  ':',
  '@',
  '/',
  '..',
  '*',
  '\u00e4',
  '\u{1f600}',
  '\ufeff',
  '\u0000',
  'FROM ',
  'FROM scratch\n',
  ' AS build',
  'RUN ',
  'COPY . .\n',
  'ARG A\n',
  'ENV A=$A\n',
  'USER $A\n',
  'ONBUILD ',
  'SHELL ["bash"]\n',
  '# escape=`\n',
  'HEALTHCHECK ',
  'if ',
  'then ',
  'fi',
  'for i in ',
  'do ',
  'done',
  'case x in ',
  'esac',
  'constructor',
  '__proto__',
];

/** A stream of numbers below 1 that is the same for the same seed: https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the texts with one to five things done to it. */
export function mutated(texts: readonly string[], seed: number): string {
  const next = numbers(seed);
  const below = (count: number): number => Math.floor(next() * count);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  let text = pick(texts);
  for (let left = 1 + below(5); left > 0; left--) {
    const at = below(text.length + 1);
    const lines = text.split('\n');
    const line = below(lines.length);
    const other = pick(texts).split('\n');
    const from = below(other.length);
    const ways: readonly (() => string)[] = [
      () => text.slice(0, at) + pick(PIECES) + text.slice(at),
      () => text.slice(0, at) + text.slice(at + 1 + below(20)),
      () => text.slice(0, at),
      () => lines.toSpliced(line, 1).join('\n'),
      () => lines.toSpliced(line, 0, lines[below(lines.length)] as string).join('\n'),
      () => lines.toSpliced(line, 0, ...other.slice(from, from + 1 + below(5))).join('\n'),
      () => text.replaceAll('\n', '\r\n'),
      () => `${text}\n${other.join('\n')}`,
    ];
    text = pick(ways)();
  }
  return text;
}

/** What is wrong with how a text is taken, in words that are the same for the same mistake; null where nothing is. */
export function wrongWith(text: string): string | null {
  try {
    const start = performance.now();
    const outcome = split(text, options, null);
    const time = performance.now() - start;
    if (time > MOST_TIME) return 'it takes long';
    const codes = outcome.diagnostics.map(({ code }) => code).filter((code) => !code.startsWith('DF1'));
    if (outcome.outcome === 'failed' && codes.length > 0)
      return `failed: ${codes[0]} ${outcome.diagnostics[0]?.args.what?.replace(/line \d+|: .*/g, '') ?? ''}`;
    if (outcome.text === null) return null;
    return parse(outcome.text).problems.length > 0 ? 'the output does not parse' : null;
  } catch (error) {
    const [message, place] = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n');
    return `thrown: ${message} ${place?.trim().replace(/ \(.*/, '')}`;
  }
}

/** The text without all lines, then characters, that the mistake does not need. */
export function smallest(text: string, still: (part: string) => boolean): string {
  let parts = text.split(/(?<=\n)/);
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < parts.length; ) {
      const without = parts.toSpliced(at, size);
      if (still(without.join(''))) parts = without;
      else at += size;
    }
  return parts.join('');
}
