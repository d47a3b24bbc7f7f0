import { harmless } from './harmless.ts';

const oneLine = (text: string): string => harmless(text).replace(/\s+/g, ' ').trim();

/**
 * Prose with words of a file in it, as markdown that shows it as it is. What stands in back ticks stays code; of the rest
 * nothing is markup, notifies a person or links to an issue.
 */
export function escapeProse(text: string): string {
  return oneLine(text)
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part.slice(1, -1)) : escapeText(part)))
    .join('');
}

const escapeText = (text: string): string =>
  text
    .replace(/[\\`*_{}[\]()#+!|~^$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // A mention or a reference needs its sign next to the name: an empty comment keeps them apart.
    .replace(/@|\\#/g, '$&<!-- -->')
    .replace(/\b(https?|www)(?=[:.])/gi, '$&<!-- -->');

/** A code span whose fence is longer than any in it. */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  const fence = '`'.repeat(longestRun(line) + 1);
  const space = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** Code in a table. Renderers do not agree on what a pipe behind a backslash does in a code span: nothing here is either. */
export const codeCell = (text: string): string =>
  `<code>${oneLine(text).replace(/[^\w\s,/-]/gu, (sign) => `&#${sign.codePointAt(0)};`)}</code>`;

/** A fenced block whose fence nothing in it closes. */
export function codeBlock(language: string, text: string): string {
  const body = harmless(text);
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${fence}${language}\n${body.endsWith('\n') ? body : `${body}\n`}${fence}\n`;
}

const longestRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
