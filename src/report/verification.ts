import { render } from '../diagnostics/catalogue.ts';
import { bytes } from '../verify/bytes.ts';
import type { Group } from '../verify/files.ts';
import { CHECKS, type Check, type Finding } from '../verify/finding.ts';
import type { Sizes } from '../verify/sizes.ts';
import { differencesIn, isDifference, type Verification } from '../verify/verification.ts';
import { harmless } from './harmless.ts';
import type { Colors } from './human.ts';

/** A verified file, as every report sees it. */
export interface VerifiedFile {
  readonly path: string;
  readonly original: string;
  /** `docker 28.5.2` */
  readonly engine: string;
  readonly verification: Verification;
}

/** A row of the table: a comparison, whether it held, and what to know of it. */
export interface Row {
  readonly check: Check;
  readonly holds: boolean;
  readonly says: string;
}

/** Every row of differences is worth a line; more of one kind are counted. */
const MOST_LINES = 12;
const MOST_GONE = 6;

export const RESULTS: Readonly<Record<Verification['result'], string>> = {
  equal: 'the container does the same',
  different: 'the container does not do the same',
  'not-built': 'the split could not be built',
  'original-not-built': 'the original could not be built',
  'not-split': 'nothing to verify',
};

/** What each comparison came to. */
export function rowsOf({ comparison, findings }: Verification): Row[] {
  if (comparison === null) return [];
  const { files, resolved, behaviour, sizes } = comparison;
  const went = findings.filter((one) => one.code === 'DF613').map(({ args }) => args.name ?? '');
  const says: Readonly<Record<Check, string>> = {
    configuration: went.length === 0 ? 'equal' : `equal; of the build image went ${went.join(', ')}`,
    files: `${files.equal} equal; ${goneInShort(files.gone)}`,
    programs: `${resolved} programs and libraries resolve`,
    behaviour,
    size: `${bytes(sizes.before.bytes)} before, ${bytes(sizes.after.bytes)} after (${percent(sizes)})`,
  };
  return CHECKS.map((check) => {
    const differences = differencesIn(findings, check);
    const count = `${differences.length} difference${differences.length === 1 ? '' : 's'}`;
    return differences.length > 0 ? { check, holds: false, says: count } : { check, holds: true, says: says[check] };
  });
}

function goneInShort(gone: readonly Group[]): string {
  const sorted = gone.filter((one) => one.bytes > 0).toSorted((a, b) => b.bytes - a.bytes);
  if (sorted.length === 0) return 'nothing went';
  return `gone ${sorted
    .slice(0, MOST_GONE)
    .map((one) => `${bytes(one.bytes)} ${one.why}`)
    .join(', ')}`;
}

/** One file for a person: the table, what differs, and the sizes as bars. */
export function humanVerification(file: VerifiedFile, colors: Colors, verbose: boolean): string {
  const { verification, original, path, engine } = file;
  const { result, comparison, failure, findings } = verification;
  const good = result === 'equal' || result === 'not-split';
  const tint = good ? colors.green : colors.red;
  const lines = [`${colors.bold(harmless(path))}: ${tint(RESULTS[result])} ${colors.dim(`(${engine})`)}`];
  for (const { check, holds, says } of rowsOf(verification)) {
    lines.push(`  ${holds ? colors.green('pass') : colors.red('FAIL')}  ${check.padEnd(13)}  ${harmless(says)}`);
    const worth = findings.filter((one) => one.check === check && (verbose || isDifference(one)));
    for (const one of worth.slice(0, verbose ? undefined : MOST_LINES)) lines.push(`        ${inWords(one, original)}`);
    if (!verbose && worth.length > MOST_LINES)
      lines.push(`        and ${worth.length - MOST_LINES} more (-v shows all)`);
  }
  if (comparison === null) for (const one of findings) lines.push(`  ${inWords(one, original)}`);
  if (failure !== null) {
    lines.push(...failure.output.split('\n').map((line) => colors.dim(`    ${harmless(line)}`)));
    if (failure.log !== null) lines.push(`  the whole output: ${failure.log}`);
  }
  if (comparison !== null) lines.push(...bars(comparison.sizes, colors), ...(verbose ? rest(comparison.sizes) : []));
  return `${lines.join('\n')}\n`;
}

function inWords(one: Finding, original: string): string {
  const { code, line, message } = render(one, original);
  return `${code}${one.span.end > 0 ? ` line ${line}` : ''}: ${harmless(message)}`;
}

const BAR = 40;

function bars({ before, after }: Sizes, colors: Colors): string[] {
  const largest = Math.max(before.bytes, after.bytes, 1);
  const bar = (size: number): string => '█'.repeat(Math.max(1, Math.round((BAR * size) / largest))).padEnd(BAR);
  const row = (name: string, size: Sizes['before']): string =>
    `  ${name.padEnd(6)}  ${bar(size.bytes)}  ${bytes(size.bytes).padStart(8)}  ${colors.dim(`about ${bytes(size.compressed)} compressed, ${size.layers} layer${size.layers === 1 ? '' : 's'}`)}`;
  return [row('before', before), row('after', after)];
}

function rest({ rest: parts }: Sizes): string[] {
  if (parts.length === 0) return [];
  const width = Math.max(...parts.map(({ name }) => name.length));
  return [
    '  where the rest is',
    ...parts.map(({ name, bytes: size, hint }) =>
      `    ${bytes(size).padStart(8)}  ${harmless(name).padEnd(width)}  ${hint ?? ''}`.trimEnd(),
    ),
  ];
}

const percent = ({ before, after }: Sizes): string =>
  `${((100 * after.bytes) / Math.max(1, before.bytes)).toFixed(1)} %`;

/** The closing line. */
export function verifiedSummary(files: readonly VerifiedFile[], colors: Colors): string {
  const counts = new Map<string, number>();
  for (const { verification } of files) counts.set(verification.result, (counts.get(verification.result) ?? 0) + 1);
  const parts = [...counts].map(([result, count]) => `${count} ${result}`);
  return colors.dim(`${files.length} files: ${parts.join(', ')}\n`);
}
