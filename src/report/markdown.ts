import type { RenderedDiagnostic } from '../diagnostics/catalogue.ts';
import { unifiedDiff } from './diff.ts';
import { codeBlock, codeCell, codeSpan, escapeProse } from './escape-markdown.ts';
import { assumptionsOf, type FileReport, mainFinding, sentence, summarize } from './file-report.ts';

/** GitHub takes 65,536 characters in the text of a pull request, GitLab many more. */
const MOST_CHARACTERS = 40_000;
/** Files that are listed by name, of those without a diff and of those refused. */
const MOST_LISTED = 40;
/** Files whose diff found no room, after which no other is tried. */
const MOST_MISSES = 3;

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/**
 * A report for the text of a pull request: what happened, the diff, the reasons folded, the assumptions as a list to tick
 * off. What exceeds the room of such a text is counted, not cut in the middle.
 */
export function markdownReport(reports: readonly FileReport[]): string {
  const changed = reports.filter((report) => report.outcome.text !== null);
  const refused = reports.filter((report) => report.outcome.outcome === 'refused');
  const failed = reports.filter((report) => report.outcome.outcome === 'failed');
  const single = reports.length === 1;
  const parts = [single ? '' : overview(reports)];
  let room = MOST_CHARACTERS;
  const left: FileReport[] = [];
  for (const report of changed) {
    if (left.length >= MOST_MISSES) {
      left.push(report);
      continue;
    }
    const section = changedSection(report, single ? '##' : '###');
    const short = section.length <= room ? section : changedSection(report, single ? '##' : '###', false);
    if (short.length > room) left.push(report);
    else {
      parts.push(short);
      room -= short.length;
    }
  }
  if (left.length > 0) parts.push(`### Changed too, without room for the diff\n\n${fileList(left)}`);
  if (refused.length > 0)
    parts.push(findings(single ? 'Refused' : `Refused: ${plural(refused.length, 'file')}`, refused));
  if (failed.length > 0) parts.push(findings(single ? 'Failed' : `Failed: ${plural(failed.length, 'file')}`, failed));
  if (single && changed.length + refused.length + failed.length === 0) parts.push(untouched(reports[0] as FileReport));
  return parts.filter((part) => part !== '').join('\n');
}

function overview(reports: readonly FileReport[]): string {
  const summary = summarize(reports);
  const rows = (['split', 'renamed', 'unchanged', 'refused', 'failed'] as const)
    .filter((outcome) => summary[outcome] > 0)
    .map((outcome) => `| ${outcome} | ${summary[outcome]} |`);
  const assumed = summary.assumed > 0 ? `\n${plural(summary.assumed, 'split')} rest on assumptions.\n` : '';
  return `## dfsplit: ${plural(summary.files, 'Dockerfile')}\n\n| outcome | files |\n|---|---:|\n${rows.join('\n')}\n${assumed}`;
}

function changedSection(report: FileReport, heading: string, reasons = true): string {
  const { outcome } = report;
  const assumptions = report.diagnostics.filter((one) => one.severity === 'assumption');
  const parts = [
    `${heading} ${codeSpan(report.path)}\n`,
    outcome.outcome === 'split'
      ? `${codeSpan(outcome.build?.image ?? '')} builds in stage ${codeSpan(outcome.build?.name ?? '')}, the container runs on ${codeSpan(outcome.runtime?.image ?? '')}.${proven(report)}\n`
      : `${plural(outcome.renames.length, 'index reference')} turned into names; the image is the same.\n`,
  ];
  if (assumptions.length > 0)
    parts.push(`**To check before merging**\n\n${assumptions.map((one) => `- [ ] ${finding(one)}`).join('\n')}\n`);
  const notes = report.diagnostics.filter((one) => one.severity === 'note');
  if (notes.length > 0 && reasons) parts.push(`${notes.map((one) => `- ${finding(one)}`).join('\n')}\n`);
  parts.push(codeBlock('diff', unifiedDiff(report.path, report.original, outcome.text ?? '')));
  if (reasons && outcome.steps.length > 0) parts.push(why(report));
  return parts.join('\n');
}

const proven = (report: FileReport): string => {
  const codes = assumptionsOf(report);
  return codes.length === 0 ? ' Every claim is proven.' : ` This rests on ${codes.map(codeSpan).join(', ')}.`;
};

const finding = ({ code, line, message, help }: RenderedDiagnostic): string =>
  `**${code}** line ${line}: ${escapeProse(sentence(message))} ${escapeProse(help)}`;

/** Each step with its stage and the evidence, folded. */
function why({ outcome: { steps, artifacts } }: FileReport): string {
  const rows = steps.map(
    ({ line, text, placement, because }) =>
      `| ${line} | ${placement} | ${codeCell(text)} | ${because.map((reason) => `${escapeProse(reason.says)} (${codeCell(reason.entry)}${reason.certainty === 'assumed' ? ', assumed' : ''})`).join('<br>')} |`,
  );
  const copies = artifacts.map(
    ({ from, writer, readers }) =>
      `- ${codeSpan(from)}, made on line ${writer}${readers.length > 0 ? `, needed on line ${readers.join(', ')}` : ''}`,
  );
  return [
    `<details><summary>Why each of the ${steps.length} steps goes where it goes</summary>\n`,
    `| line | stage | step | because |\n|---:|---|---|---|\n${rows.join('\n')}\n`,
    ...(copies.length > 0 ? [`Carried over from the build stage:\n\n${copies.join('\n')}\n`] : []),
    '</details>\n',
  ].join('\n');
}

function fileList(reports: readonly FileReport[]): string {
  const rows = reports
    .slice(0, MOST_LISTED)
    .map(
      ({ path, outcome }) =>
        `- ${codeSpan(path)}${outcome.runtime === null ? '' : `, onto ${codeSpan(outcome.runtime.image)}`}`,
    );
  const rest = reports.length > rows.length ? [`- and ${reports.length - rows.length} more`] : [];
  return `${[...rows, ...rest].join('\n')}\n`;
}

/** Files that were left alone, by the first code that says why: the commonest first. */
function findings(title: string, reports: readonly FileReport[]): string {
  const byCode = new Map<string, FileReport[]>();
  for (const report of reports) {
    const code = mainFinding(report)?.code ?? '';
    byCode.set(code, [...(byCode.get(code) ?? []), report]);
  }
  const groups = [...byCode.values()].sort((a, b) => b.length - a.length);
  let room = MOST_LISTED;
  const parts = groups.map((group) => {
    const first = mainFinding(group[0] as FileReport);
    const shown = group.slice(0, Math.max(room, 1));
    room -= shown.length;
    const rows = shown.map((report) => {
      const one = mainFinding(report);
      return `- ${codeSpan(report.path)}${one === undefined ? '' : ` line ${one.line}: ${escapeProse(one.message)}`}`;
    });
    const rest = group.length > shown.length ? [`- and ${group.length - shown.length} more`] : [];
    const head = first === undefined ? '' : `**${first.code} ${first.name}**: ${escapeProse(first.help)}\n\n`;
    return `${head}${[...rows, ...rest].join('\n')}\n`;
  });
  return `### ${title}\n\n${parts.join('\n')}`;
}

function untouched(report: FileReport): string {
  const reasons = report.diagnostics.map((one) => `- ${finding(one)}`);
  return `## ${codeSpan(report.path)}\n\nNothing to change.\n${reasons.length > 0 ? `\n${reasons.join('\n')}\n` : ''}`;
}
