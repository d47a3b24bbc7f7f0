import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { FileReport } from '../../report/file-report.ts';
import { markdownReport } from '../../report/markdown.ts';
import { suggested } from '../suggest.ts';
import type { MigrateFlags } from './migrate-options.ts';
import type { Repository } from './repository.ts';

const images = ({ outcome }: FileReport): string =>
  outcome.outcome === 'split'
    ? `${outcome.build?.image} builds in stage ${outcome.build?.name}, the container runs on ${outcome.runtime?.image}`
    : `${outcome.renames.length} index references become names`;

/** The commit message: what changed, what it rests on, and trailers by which the commit is known as ours. */
export function commitMessage(changed: readonly FileReport[], title: string, base: string, tree: string): string {
  const files = changed.map((report) => `- ${report.path}: ${images(report)}`);
  const assumed = changed.flatMap(({ path, diagnostics }) =>
    diagnostics
      .filter((one) => one.severity === 'assumption')
      .map((one) => `- ${path}:${one.line}: ${one.code} ${one.message}`),
  );
  return [
    title,
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
  return filled(template, {
    ...titleHoles(name, base.branch, changed, flags),
    files: () => changed.map((report) => `- \`${report.path}\`: ${images(report)}`).join('\n'),
    report: () => markdownReport(changed),
  });
}

/** The title of the pull request and of the commit, from the template. */
export function titleText(
  name: string,
  { base }: Repository,
  changed: readonly FileReport[],
  flags: MigrateFlags,
): string {
  return filled(flags.title, titleHoles(name, base.branch, changed, flags));
}

type Holes = Readonly<Record<string, () => string>>;

const titleHoles = (name: string, base: string, changed: readonly FileReport[], flags: MigrateFlags): Holes => ({
  repository: () => name,
  name: () => basename(name).replace(/\.git$/, ''),
  branch: () => flags.branch,
  base: () => base,
  count: () => String(changed.length),
});

const filled = (template: string, holes: Holes): string =>
  template.replace(
    /\{(\w+)\}/g,
    (whole, hole: string) => (Object.hasOwn(holes, hole) ? holes[hole]?.() : null) ?? whole,
  );

const TITLE_HOLES = ['repository', 'name', 'branch', 'base', 'count'];

/** A hole of a template that looks misspelt, with what is meant; null where there is none. */
export function misspelt(template: string, isTitle: boolean): { readonly hole: string; readonly meant: string } | null {
  const known = isTitle ? TITLE_HOLES : [...TITLE_HOLES, 'files', 'report'];
  for (const [, hole = ''] of template.matchAll(/(?<![$\w}{])\{(\w+)\}(?!\})/g)) {
    const meant = known.includes(hole) ? null : suggested(hole.toLowerCase(), known);
    if (meant !== null) return { hole, meant };
  }
  return null;
}
