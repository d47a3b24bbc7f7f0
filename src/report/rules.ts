import { catalogue } from '../diagnostics/catalogue.ts';

/** The catalogue as a table, or one code with its example; null for a code that is not in it. */
export function rulesText(code: string | null): string | null {
  if (code === null)
    return catalogue
      .map((entry) => `${entry.code}  ${entry.severity.padEnd(10)}  ${entry.name.padEnd(22)}  ${entry.message}\n`)
      .join('');
  const entry = catalogue.find((candidate) => candidate.code === code);
  if (entry === undefined) return null;
  const { name, severity, message, help, example } = entry;
  return `${code} ${name} (${severity})\n\n  ${message}\n\n${help}\n\nExample:\n\n${example.replace(/^/gm, '  ')}\n`;
}
