import { render } from '../diagnostics/catalogue.ts';
import { isDifference } from '../verify/verification.ts';
import { bytes, RESULTS, rowsOf, type VerifiedFile } from './verification.ts';

/** Text as one cell of a table: no pipes, no line breaks, no markup. */
const cell = (text: string): string => text.replace(/\s*\n\s*/g, ' ').replace(/[|<>`*_\\]/g, (char) => `\\${char}`);

const MOST = 20;

/** A report for a pull request. */
export function verificationMarkdown(files: readonly VerifiedFile[]): string {
  return files.map(fileMarkdown).join('\n');
}

function fileMarkdown({ path, original, engine, verification }: VerifiedFile): string {
  const { result, comparison, failure, findings } = verification;
  const mark = { equal: '✅', different: '❌', 'not-built': '❌', 'original-not-built': '⚠️', 'not-split': '➖' }[
    result
  ];
  const lines = [`### ${mark} ${cell(path)}: ${RESULTS[result]}`, '', `Compared on ${cell(engine)}.`, ''];
  const rows = rowsOf(verification);
  if (rows.length > 0) {
    lines.push('| comparison | | |', '|---|---|---|');
    for (const { check, holds, says } of rows)
      lines.push(`| ${check} | ${holds ? 'pass' : '**fail**'} | ${cell(says)} |`);
    lines.push('');
  }
  const differences = findings.filter((one) => isDifference(one) || comparison === null);
  if (differences.length > 0) {
    lines.push('| code | what differs | before | after |', '|---|---|---|---|');
    for (const one of differences.slice(0, MOST))
      lines.push(
        `| ${one.code} | ${cell(render(one, original).message)} | ${cell(one.before ?? '')} | ${cell(one.after ?? '')} |`,
      );
    if (differences.length > MOST) lines.push('', `And ${differences.length - MOST} more.`);
    lines.push('');
  }
  if (failure !== null) lines.push('```', failure.output.replaceAll('```', "'''"), '```', '');
  if (comparison === null) return lines.join('\n');
  const { before, after, rest } = comparison.sizes;
  lines.push('| | size | compressed, about | layers |', '|---|--:|--:|--:|');
  for (const [name, size] of [
    ['before', before],
    ['after', after],
  ] as const)
    lines.push(`| ${name} | ${bytes(size.bytes)} | ${bytes(size.compressed)} | ${size.layers} |`);
  lines.push('', '<details><summary>Where the rest is</summary>', '', '| size | what | hint |', '|--:|---|---|');
  for (const one of rest) lines.push(`| ${bytes(one.bytes)} | ${cell(one.name)} | ${cell(one.hint ?? '')} |`);
  lines.push('', '</details>', '');
  return lines.join('\n');
}
