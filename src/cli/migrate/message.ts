import { readFileSync } from 'node:fs';
import type { FileReport } from '../../report/file-report.ts';
import { markdownReport } from '../../report/markdown.ts';
import type { MigrateFlags } from './migrate-options.ts';
import type { Repository } from './repository.ts';

const images = ({ outcome }: FileReport): string =>
  outcome.outcome === 'split'
    ? `${outcome.build?.image} builds in stage ${outcome.build?.name}, the container runs on ${outcome.runtime?.image}`
    : `${outcome.renames.length} index references become names`;

/** The commit message: what changed, what it rests on, and trailers by which the commit is known as ours. */
export function commitMessage(changed: readonly FileReport[], flags: MigrateFlags, base: string, tree: string): string {
  const files = changed.map((report) => `- ${report.path}: ${images(report)}`);
  const assumed = changed.flatMap(({ path, diagnostics }) =>
    diagnostics
      .filter((one) => one.severity === 'assumption')
      .map((one) => `- ${path}:${one.line}: ${one.code} ${one.message}`),
  );
  return [
    flags.title,
    '',
    'What the container does is the same; what only the build needs is no longer in its image.',
    '',
    ...files,
    ...(assumed.length > 0 ? ['', 'It rests on assumptions:', '', ...assumed] : []),
    '',
    `Dfsplit-Base: ${base}`,
    `Dfsplit-Tree: ${tree}`,
    '',
  ].join('\n');
}

const BODY = `What the container does is the same; what only the build needs is no longer in its image. Every step's reason is below.

{report}
---
Not wanted? Write \`# dfsplit: ignore\` into the Dockerfile. Something has to stay in the image? Write \`# dfsplit: keep\` above its step.
`;

/** The text of the pull request, from the template. */
export function bodyText(
  name: string,
  { base }: Repository,
  changed: readonly FileReport[],
  flags: MigrateFlags,
): string {
  const template = flags.body === undefined ? BODY : readFileSync(flags.body, 'utf8');
  const holes: Readonly<Record<string, () => string>> = {
    repository: () => name,
    branch: () => flags.branch,
    base: () => base.branch,
    count: () => String(changed.length),
    files: () => changed.map((report) => `- \`${report.path}\`: ${images(report)}`).join('\n'),
    report: () => markdownReport(changed),
  };
  return template.replace(/\{(\w+)\}/g, (whole, hole: string) => holes[hole]?.() ?? whole);
}
