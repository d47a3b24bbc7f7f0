import { catalogue, entryFor } from '../diagnostics/catalogue.ts';

/** The catalogue as a table, or one code with its example. Throws for an unknown code. */
export function rulesText(code: string | null): string {
  if (code === null)
    return catalogue
      .map((entry) => `${entry.code}  ${entry.severity.padEnd(10)}  ${entry.name.padEnd(22)}  ${entry.message}\n`)
      .join('');
  const entry = entryFor(code.toUpperCase());
  return `${entry.code} ${entry.name} (${entry.severity})\n\n  ${entry.message}\n\n${entry.help}\n\nExample:\n\n${entry.example.replace(/^/gm, '  ')}\n`;
}
