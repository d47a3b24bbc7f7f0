import { catalogue } from '../diagnostics/catalogue.ts';

/** The catalogue as a table, or one code with its example; null for a code that is not in it. */
export function rulesText(code: string | null): string | null {
  if (code === null)
    return catalogue
      .map((entry) => `${entry.code}  ${entry.severity.padEnd(10)}  ${entry.name.padEnd(22)}  ${entry.message}\n`)
      .join('');
  const entry = catalogue.find((candidate) => candidate.code === code);
  if (entry === undefined) return null;
  const { name, severity, message, help, reasons, example } = entry;
  const each = Object.values(reasons ?? {}).map(({ reason, remedy }) => `- ${reason}.\n  ${remedy}\n`);
  const remedies =
    each.length === 0 ? help : `${help.replace('{remedy} ', '').replace('{remedy}', '')}\n${each.join('')}`.trim();
  return `${code} ${name} (${severity})\n\n  ${message}\n\n${remedies}\n\nExample:\n\n${example.replace(/^/gm, '  ')}\n`;
}
