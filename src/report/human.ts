import pc from 'picocolors';
import { bytes } from '../verify/bytes.ts';
import { unifiedDiff } from './diff.ts';
import { assumptionsOf, type FileReport } from './file-report.ts';
import { harmless } from './harmless.ts';
import type { RunSummary } from './tally.ts';

export type Colors = ReturnType<typeof pc.createColors>;

export const colorsFor = (enabled: boolean): Colors => pc.createColors(enabled);

function paint(diff: string, colors: Colors): string {
  return harmless(diff)
    .split('\n')
    .map((line) =>
      /^(---|\+\+\+)/.test(line)
        ? colors.bold(line)
        : line.startsWith('@@')
          ? colors.cyan(line)
          : line.startsWith('+')
            ? colors.green(line)
            : line.startsWith('-')
              ? colors.red(line)
              : line,
    )
    .join('\n');
}

/** Notes on what lies outside the diff: other files that have to follow, and secrets. */
const ALWAYS_SHOWN = new Set(['DF411', 'DF412', 'DF413']);

function headline(report: FileReport, colors: Colors): string {
  const { outcome, build, runtime, renames } = report.outcome;
  const path = colors.bold(harmless(report.path));
  const assumed = assumptionsOf(report);
  switch (outcome) {
    case 'split':
      return `${path}: ${colors.green('split')}: ${build?.image} builds in stage ${build?.name}, the container runs on ${runtime?.image}${assumed.length > 0 ? colors.yellow(` (rests on ${assumed.join(', ')})`) : ''}${report.written ? colors.green(', written') : ''}`;
    case 'renamed':
      return `${path}: ${colors.green('renamed')}: ${renames.length} index reference${renames.length === 1 ? '' : 's'} turned into names${report.written ? colors.green(', written') : ''}`;
    case 'refused':
      return `${path}: ${colors.yellow('refused')}`;
    case 'failed':
      return `${path}: ${colors.red('failed')}`;
    default:
      return `${path}: unchanged`;
  }
}

/** One file: what became of it, the diff, and the findings with their remedy. */
export function humanFile(report: FileReport, colors: Colors, verbose: boolean): string {
  const lines = [headline(report, colors)];
  const { shown, more } = withoutFlood(report.diagnostics, verbose);
  for (const { severity, code, line, message, help } of shown) {
    if (severity === 'note' && !verbose && !ALWAYS_SHOWN.has(code) && report.outcome.outcome !== 'unchanged') continue;
    const mark = {
      blocker: colors.yellow('refused'),
      assumption: colors.yellow('assumes'),
      note: colors.dim('note'),
      error: colors.red('error'),
    }[severity];
    lines.push(`  ${mark} ${code} line ${line}: ${harmless(message)}`);
    if (severity !== 'note') lines.push(colors.dim(`    ${harmless(help)}`));
  }
  if (more > 0) lines.push(`  and ${more} more error${more === 1 ? '' : 's'}; -v shows them`);
  const { text } = report.outcome;
  if (text !== null) lines.push(paint(unifiedDiff(report.path, report.original, text), colors).trimEnd());
  return `${lines.join('\n')}\n`;
}

/** Errors that are shown of one file: what is no Dockerfile at all has one in every line. */
const MOST_ERRORS = 5;

/** The findings without the errors beyond the first ones, and how many those are. */
export function withoutFlood(
  all: FileReport['diagnostics'],
  verbose: boolean,
): { readonly shown: FileReport['diagnostics']; readonly more: number } {
  const errors = all.filter(({ severity }) => severity === 'error').slice(0, verbose ? all.length : MOST_ERRORS);
  const shown = all.filter((one) => one.severity !== 'error' || errors.includes(one));
  return { shown, more: all.length - shown.length };
}

const MOST_CODES = 5;

/** Codes with the number of files that have them and the remedy. */
function codeLines(title: string, counted: RunSummary['refusals']): string {
  if (counted.length === 0) return '';
  const width = String(counted[0]?.files).length;
  const lines = counted
    .slice(0, MOST_CODES)
    .map(({ code, name, files, help }) => `  ${String(files).padStart(width)} ${code} ${name}: ${harmless(help)}\n`);
  const more = counted.length > MOST_CODES ? `  and ${counted.length - MOST_CODES} more codes\n` : '';
  return `${title}\n${lines.join('')}${more}`;
}

const sizeLine = ({ files, before, after }: RunSummary['measured'], how: string): string =>
  files === 0 ? '' : `${files} image${files === 1 ? '' : 's'} ${how}: ${bytes(before)} becomes ${bytes(after)}\n`;

/** The closing lines: outcomes, what stands in the way most often, what splits rest on. */
export function humanSummary(summary: RunSummary, colors: Colors): string {
  const parts = (['split', 'renamed', 'unchanged', 'refused', 'failed'] as const)
    .filter((key) => summary[key] > 0)
    .map((key) => `${summary[key]} ${key}`);
  const assumed =
    summary.assumed > 0 ? ` (${summary.assumed} on assumptions, which --write leaves alone without --assume)` : '';
  const measured = sizeLine(summary.measured, 'measured');
  const bases = sizeLine(summary.bases, 'estimated by base images of known size, compressed');
  const files = colors.bold(`${summary.files} file${summary.files === 1 ? '' : 's'}: ${parts.join(', ')}`);
  const reasons = `${codeLines('refused for', summary.refusals)}${codeLines('rest on', summary.assumptions)}`;
  return `${files}${assumed}\n${measured}${bases}${reasons === '' ? '' : colors.dim(reasons)}`;
}
