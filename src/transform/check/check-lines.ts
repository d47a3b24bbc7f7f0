import type { LineOrigin } from '../../outcome.ts';
import { type CheckedFile, type CheckedInstruction, withoutReturns } from './read-file.ts';

/**
 * Accounts for every line of both texts. The report says for each line of the output which line it was or why it is new; here
 * that is held against the texts: a line of the input stands in the output byte for byte, an edited one is in an instruction of
 * the same kind, and what is new has a reason and is of a kind that a split writes.
 */
export function checkLines(
  [input, before]: readonly [string, CheckedFile],
  [output, after]: readonly [string, CheckedFile],
  lines: readonly LineOrigin[],
): string[] {
  const [old, now] = [linesOf(input), linesOf(output)];
  if (lines.length !== now.length) return [`the report has ${lines.length} lines for ${now.length} of the output`];
  const wrong: string[] = [];
  const kept = new Uint8Array(old.length + 1);
  const [wasAt, isAt] = [instructionsByLine(before), instructionsByLine(after)];
  let previous = 0;
  const until = newStageLine(lines, after);
  for (const [index, { from, why }] of lines.entries()) {
    const text = now[index] as string;
    const one = isAt(index + 1);
    if (from === null) {
      if (why === null && text.trim() !== '') wrong.push(`line ${index + 1} is new without a reason`);
      else if (one !== undefined && !isWritten(one))
        wrong.push(`line ${index + 1}: a split writes no such ${one.keyword} of its own`);
      continue;
    }
    if (text === old[from - 1]) kept[from] = 1;
    else if (why === null) wrong.push(`line ${index + 1} is not line ${from} of the input, as the report says`);
    else if (index < until && one?.keyword !== 'FROM')
      wrong.push(`line ${from} of the input stands edited in front of the runtime stage`);
    else if (wasAt(from)?.keyword !== one?.keyword)
      wrong.push(`line ${index + 1} is line ${from} of another instruction, edited`);
    if (why !== null && text.trim() !== old[from - 1]?.trim() && one !== undefined && !EDITED.has(one.keyword))
      wrong.push(`line ${index + 1}: a split edits no ${one.keyword}`);
    if (index < until && from < previous) wrong.push(`line ${from} of the input is moved in front of line ${previous}`);
    previous = from;
  }
  // Blank lines at the end go where the last line has another one behind it.
  const end = old.findLastIndex((text) => text.trim() !== '');
  for (let line = 1; line <= end + 1; line++)
    if (kept[line] === 0 && wasAt(line)?.keyword !== 'FROM')
      wrong.push(`line ${line} of the input is accounted for nowhere`);
  return wrong;
}

const linesOf = (text: string): string[] =>
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map(withoutReturns);

/** Stages, installs that lose packages, names of stages; of others the white space around them alone. */
const EDITED = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'ONBUILD']);

/** Stages, copies between them, variables, packages, folders and owners: what the smaller image lacks, and what COPY does not keep. */
function isWritten({ keyword, rest, flags }: CheckedInstruction): boolean {
  if (keyword === 'COPY') return flags.length === 1 && flags[0]?.[0] === 'from';
  if (keyword === 'RUN')
    return /^((sudo )?(chown|chmod)|mkdir -p|apk add|apt-get update|groupadd --system --gid \d+) |^(sudo )?ldconfig$/.test(
      rest,
    );
  return /^(FROM|ENV|USER)$/.test(keyword);
}

/** The last FROM that is new: up to it lines stand as they were, in their order. */
function newStageLine(lines: readonly LineOrigin[], { stages }: CheckedFile): number {
  return stages.findLast(({ from }) => lines[from.line - 1]?.from === null)?.from.line ?? lines.length;
}

function instructionsByLine({ instructions }: CheckedFile): (line: number) => CheckedInstruction | undefined {
  const byLine: (CheckedInstruction | undefined)[] = [];
  for (const one of instructions) for (let line = one.line; line <= one.last; line++) byLine[line] = one;
  return (line) => byLine[line];
}
