import type { FileReport } from './file-report.ts';
import { harmless } from './harmless.ts';
import type { Colors } from './human.ts';

/** Every step with its stage and the evidence, for a person. */
export function explainFile(report: FileReport, colors: Colors): string {
  const { outcome } = report;
  const lines = [
    `${colors.bold(harmless(report.path))}: ${outcome.outcome}${outcome.runtime === null ? '' : ` onto ${outcome.runtime.image}`}`,
    '',
  ];
  const tint = { build: colors.blue, runtime: colors.green, both: colors.cyan, undecided: colors.yellow };
  for (const step of outcome.steps) {
    const text = harmless(step.text);
    lines.push(
      `${String(step.line).padStart(4)}  ${tint[step.placement](step.placement.padEnd(9))} ${text.length > 62 ? `${text.slice(0, 61)}…` : text}`,
    );
    for (const reason of step.because)
      lines.push(colors.dim(`                 ${harmless(reason.says)}  [${reason.entry}, ${reason.certainty}]`));
  }
  if (outcome.artifacts.length > 0) {
    lines.push('', 'Carried over from the build stage:');
    for (const artifact of outcome.artifacts)
      lines.push(
        `  ${artifact.from}  (made on line ${artifact.writer}${artifact.readers.length > 0 ? `, needed on line ${artifact.readers.join(', ')}` : ''})`,
      );
  }
  if (report.diagnostics.length > 0) lines.push('');
  for (const one of report.diagnostics)
    lines.push(
      `  ${one.severity} ${one.code} line ${one.line}: ${harmless(one.message)}`,
      colors.dim(`    ${harmless(one.help)}`),
    );
  return `${lines.join('\n')}\n`;
}
