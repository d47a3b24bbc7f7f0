import { baseName } from '../syntax/paths.ts';

/** Interpreters that are handed programs in a word of theirs: `awk 'BEGIN { system("git fetch") }'`, `perl -e`, `python3 -c`. */
const INTERPRETER = /^([gmn]?awk|perl|ruby|php|python[\d.]*|node(js)?|lua[\d.]*|tclsh[\d.]*|expect)$/;

/** What such a text starts others with: https://www.gnu.org/software/gawk/manual/gawk.html#I_002fO-Functions and its kin. */
const STARTS = /\b(system|exec\w*|spawn\w*|popen\w*|subprocess|getline|passthru|qx|check_\w+|execSync)\b|`|\|\s*"/;

/** Words of program texts in a call that stand where a program would: the first ones behind a quotation mark. */
export function namedByText(argv: readonly (string | null)[]): readonly string[] {
  if (!INTERPRETER.test(baseName(argv[0] ?? ''))) return [];
  return argv
    .slice(1)
    .filter((word) => word !== null && STARTS.test(word))
    .flatMap((word) =>
      [...(word as string).matchAll(/(?:["'`]|\bspawn\s)\s*([\w./+-]+)/g)].map(([, name = '']) => name),
    );
}
