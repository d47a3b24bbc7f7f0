import { catalogue } from '../diagnostics/catalogue.ts';
import type { CatalogueEntry } from '../diagnostics/diagnostic.ts';

/** The catalogue as a table. */
export function rulesTable(): string {
  return catalogue
    .map((entry) => `${entry.code}  ${entry.severity.padEnd(10)}  ${entry.name.padEnd(22)}  ${entry.message}\n`)
    .join('');
}

/** What a code means and what the author can do, as Markdown. */
export function ruleText({ code, name, severity, message, help, reasons }: CatalogueEntry): string {
  const each = Object.values(reasons ?? {}).map(({ reason, remedy }) => `- ${reason}.\n  ${remedy}\n`);
  const remedies =
    each.length === 0 ? help : `${help.replace('{remedy} ', '').replace('{remedy}', '')}\n${each.join('')}`.trim();
  return `# ${code} ${name}\n\n${severity}: ${message}\n\n${remedies}\n`;
}
