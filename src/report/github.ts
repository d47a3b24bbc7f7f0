import type { RenderedDiagnostic } from '../diagnostics/catalogue.ts';
import { changedLine, type FileReport, summarize } from './file-report.ts';
import { harmless } from './harmless.ts';

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
type Level = 'error' | 'warning' | 'notice';

const LEVELS: Readonly<Record<RenderedDiagnostic['severity'], Level | null>> = {
  error: 'error',
  assumption: 'warning',
  blocker: 'notice',
  // GitHub shows ten notices of a step: they are left to what asks for something.
  note: null,
};

const escapeData = (text: string): string =>
  harmless(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

interface Annotation {
  readonly level: Level;
  readonly line: number;
  readonly column: number;
  readonly title: string;
  readonly text: string;
}

function annotationsOf(report: FileReport): Annotation[] {
  const { outcome, renames, build, runtime } = report.outcome;
  const found = report.diagnostics.flatMap(({ severity, line, column, code, name, message, help }): Annotation[] => {
    const level = LEVELS[severity];
    return level === null ? [] : [{ level, line, column, title: `${code} ${name}`, text: `${message}\n${help}` }];
  });
  const first = { level: 'warning', line: changedLine(report), column: 1 } as const;
  if (report.written) return found;
  if (outcome === 'split')
    return [
      {
        ...first,
        title: 'This Dockerfile can be split',
        text: `${build?.image} builds in stage ${build?.name}, the container runs on ${runtime?.image}.\ndfsplit --write does it.`,
      },
      ...found,
    ];
  if (outcome === 'renamed')
    return [
      {
        ...first,
        line: renames[0]?.line ?? 1,
        title: 'Index references can be names',
        text: `${renames.map(({ was, becomes }) => `--from=${was} is ${becomes}`).join(', ')}.\ndfsplit --write does it.`,
      },
      ...found,
    ];
  return found;
}

/** Workflow commands that annotate the files, one a line, and a closing line for the log. */
export function githubReport(reports: readonly FileReport[]): string {
  const lines = reports.flatMap((report) =>
    annotationsOf(report).map(
      ({ level, line, column, title, text }) =>
        `::${level} file=${escapeProperty(report.path)},line=${line},col=${column},title=${escapeProperty(title)}::${escapeData(text)}\n`,
    ),
  );
  const { files, split, renamed, unchanged, refused, failed } = summarize(reports);
  return `${lines.join('')}dfsplit: ${files} file${files === 1 ? '' : 's'}, ${split} split, ${renamed} renamed, ${unchanged} unchanged, ${refused} refused, ${failed} failed\n`;
}
