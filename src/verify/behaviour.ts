import { type Finding, finding } from './finding.ts';

/** What was seen of a container from outside. */
export interface Observation {
  /** null while it was still running at the end of the time. */
  readonly exitCode: number | null;
  readonly output: string;
  /** `tcp 8080`; null where they could not be looked up. */
  readonly ports: readonly string[] | null;
  /** Exit code of the health check; null without one. */
  readonly health: number | null;
  /** Exit code and output of `--command`. */
  readonly command: CommandResult | null;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly output: string;
}

/**
 * What two containers of the same program never agree on: times, numbers, addresses, identifiers, temporary names.
 * A date of letters goes with its digits, so that a line is the same on every day.
 */
export function maskOutput(text: string): string[] {
  return text
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '#')
        .replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{7,}\b/gi, '#')
        .replace(/\b0x[0-9a-f]+\b/gi, '#')
        .replace(/\/tmp\/[\w.-]+/g, '/tmp/#')
        .replace(/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b/g, '#')
        .replace(/\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b/g, '#')
        .replace(/\b(AM|PM)\b/g, '#')
        .replace(/\d+([.,:]\d+)*/g, '#')
        .replace(/#(?:[ T:.,/+-]*#)+/g, '#')
        .trimEnd(),
    )
    .filter((line) => line !== '');
}

/** Lines of the first that the second lacks, each as often as it is missing. */
function lacking(first: readonly string[], second: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of second) left.set(line, (left.get(line) ?? 0) + 1);
  return first.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/**
 * Compares two runs. `again` is a second run of the old image, asked for where the first comparison finds something: what
 * differs between two runs of the same image says nothing about the split.
 */
export function compareBehaviour(before: Observation, after: Observation, again: Observation | null): Finding[] {
  const unsteady = again === null ? [] : compareRuns(before, again, null).map(keyOf);
  return compareRuns(before, after, again).filter((one) => !unsteady.includes(keyOf(one)) || one.code === 'DF642');
}

const keyOf = ({ code, args }: Finding): string => `${code} ${args.what ?? ''}`;

function compareRuns(before: Observation, after: Observation, again: Observation | null): Finding[] {
  const found: Finding[] = [];
  const state = ({ exitCode }: Observation): string =>
    exitCode === null ? 'stays up' : `ends with exit code ${exitCode}`;
  if (state(before) !== state(after)) found.push(finding('behaviour', 'DF641', {}, state(before), state(after)));
  // Where both still run, one may just have said the same thing once more.
  const running = before.exitCode === null && after.exitCode === null;
  const said = ({ output }: Observation): string => (running ? [...new Set(maskOutput(output))].join('\n') : output);
  found.push(...compareOutput('the container', said(before), said(after), again === null ? null : said(again)));
  const ports = ({ ports: open }: Observation): string => (open ?? []).join(', ') || 'none';
  if (before.ports !== null && after.ports !== null && ports(before) !== ports(after))
    found.push(finding('behaviour', 'DF643', {}, ports(before), ports(after)));
  const health = (code: number | null): string => (code === 0 ? 'healthy' : `unhealthy (exit code ${code})`);
  if (before.health !== after.health)
    found.push(finding('behaviour', 'DF644', {}, health(before.health), health(after.health)));
  if (before.command !== null && after.command !== null) {
    const [was, is] = [before.command, after.command];
    if (was.exitCode !== is.exitCode)
      found.push(
        finding('behaviour', 'DF645', { what: 'exit code' }, `exit code ${was.exitCode}`, `exit code ${is.exitCode}`),
      );
    found.push(...compareOutput('--command', was.output, is.output, again?.command?.output ?? null));
  }
  return found;
}

/**
 * The same lines, in whatever order several processes wrote them. As many may differ as differ between two runs of the
 * original: a program that prints something else every time does so here too.
 */
function compareOutput(what: string, before: string, after: string, again: string | null): Finding[] {
  const [was, is] = [maskOutput(before), maskOutput(after)];
  const [gone, added] = [lacking(was, is), lacking(is, was)];
  const other = again === null ? was : maskOutput(again);
  const [unsteady, unsteadyToo] = [lacking(was, other), lacking(other, was)];
  if (gone.length <= unsteady.length && added.length <= unsteadyToo.length) return [];
  const shown = (lines: readonly string[], noise: readonly string[]): string | null => {
    const telling = lines.filter((line) => !noise.includes(line));
    return (telling.length > 0 ? telling : lines).slice(0, 3).join(' / ').slice(0, 300) || null;
  };
  return [finding('behaviour', 'DF642', { what }, shown(gone, unsteady), shown(added, unsteadyToo))];
}
