import { obstacleText } from '../diagnostics/obstacles.ts';
import { unifiedDiff } from './diff.ts';
import { type FileReport, summarize } from './file-report.ts';
import { harmlessJson } from './harmless.ts';
import type { RunSummary } from './tally.ts';

/** One element of `files`: https://json-schema.org/ is not needed to read it, README.md describes it. */
function fileJson(report: FileReport): Record<string, unknown> {
  const { outcome } = report;
  const changed = outcome.text !== null;
  return {
    path: report.path,
    context: report.context,
    outcome: outcome.outcome,
    build: outcome.build,
    runtime: outcome.runtime,
    passed: outcome.passed.map(({ image, why, what }) => ({ image, why, reason: obstacleText(why, what) })),
    stages: outcome.stages,
    steps: outcome.steps,
    artifacts: outcome.artifacts,
    renames: outcome.renames,
    diagnostics: report.diagnostics,
    ...(changed ? { text: outcome.text, diff: unifiedDiff(report.path, report.original, outcome.text) } : {}),
  };
}

export function jsonDocument(reports: readonly FileReport[]): string {
  return `${harmlessJson({ version: 1, files: reports.map(fileJson), summary: summarize(reports) }, 2)}\n`;
}

export const ndjsonLine = (report: FileReport): string => `${harmlessJson(fileJson(report))}\n`;

export const ndjsonSummary = (summary: RunSummary): string => `${harmlessJson({ summary })}\n`;
