import { render } from '../diagnostics/catalogue.ts';
import { bytes } from '../verify/bytes.ts';
import { isDifference } from '../verify/verification.ts';
import { codeBlock, codeCell, escapeProse } from './escape-markdown.ts';
import { RESULTS, rowsOf, type VerifiedFile } from './verification.ts';

const MOST = 20;

const codeOr = (value: string | null): string => (value === null ? '' : codeCell(value));

/** A report for a pull request. */
export function verificationMarkdown(files: readonly VerifiedFile[]): string {
  return files.map(fileMarkdown).join('\n');
}

function fileMarkdown({ path, original, engine, verification }: VerifiedFile): string {
  const { result, comparison, failure, findings } = verification;
  const mark = { equal: '✅', different: '❌', 'not-built': '❌', 'original-not-built': '⚠️', 'not-split': '➖' }[
    result
  ];
  const lines = [`### ${mark} ${escapeProse(path)}: ${RESULTS[result]}`, '', `Compared on ${escapeProse(engine)}.`, ''];
  const rows = rowsOf(verification);
  if (rows.length > 0) {
    lines.push('| comparison | | |', '|---|---|---|');
    for (const { check, holds, says } of rows)
      lines.push(`| ${check} | ${holds ? 'pass' : '**fail**'} | ${escapeProse(says)} |`);
    lines.push('');
  }
  const differences = findings.filter((one) => isDifference(one) || comparison === null);
  if (differences.length > 0) {
    lines.push('| code | what differs | before | after |', '|---|---|---|---|');
    for (const one of differences.slice(0, MOST))
      lines.push(
        `| ${one.code} | ${escapeProse(render(one, original).message)} | ${codeOr(one.before)} | ${codeOr(one.after)} |`,
      );
    if (differences.length > MOST) lines.push('', `And ${differences.length - MOST} more.`);
    lines.push('');
  }
  if (failure !== null) lines.push(codeBlock('', failure.output));
  if (comparison === null) return lines.join('\n');
  const { before, after, rest } = comparison.sizes;
  lines.push('| | size | compressed, about | layers |', '|---|--:|--:|--:|');
  for (const [name, size] of [
    ['before', before],
    ['after', after],
  ] as const)
    lines.push(`| ${name} | ${bytes(size.bytes)} | ${bytes(size.compressed)} | ${size.layers} |`);
  lines.push('', '<details><summary>Where the rest is</summary>', '', '| size | what | hint |', '|--:|---|---|');
  for (const one of rest)
    lines.push(`| ${bytes(one.bytes)} | ${escapeProse(one.name)} | ${escapeProse(one.hint ?? '')} |`);
  lines.push('', '</details>', '');
  return lines.join('\n');
}
