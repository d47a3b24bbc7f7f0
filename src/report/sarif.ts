import { catalogue, type RenderedDiagnostic } from '../diagnostics/catalogue.ts';
import type { CatalogueEntry, Severity } from '../diagnostics/diagnostic.ts';
import { lineChanges } from './diff.ts';
import { changedLine, type FileReport, sentence } from './file-report.ts';
import { harmless, harmlessJson } from './harmless.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  assumption: 'warning',
  blocker: 'note',
  note: 'note',
};

/** What can be done is a finding too, and it carries the change as a fix. No catalogue code: nothing hinders the file. */
const CAN_SPLIT: Rule = {
  code: 'can-split',
  name: 'can-split',
  severity: 'assumption',
  message: 'what serves only the build can leave the container',
  help: 'Run dfsplit --write.',
  example: 'FROM golang:1.25\nCOPY . /src\nRUN cd /src && go build -o /app\nCMD ["/app"]',
};
const CAN_NAME: Rule = {
  code: 'can-name-stages',
  name: 'can-name-stages',
  severity: 'assumption',
  message: 'a stage is referred to by its index, which shifts when a stage is added',
  help: 'Run dfsplit --write.',
  example: 'FROM golang:1.25\nRUN go build -o /app\nFROM scratch\nCOPY --from=0 /app /app',
};

type Rule = CatalogueEntry;

/** One run as SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifReport(reports: readonly FileReport[], version: string): string {
  const rules = [CAN_SPLIT, CAN_NAME, ...catalogue];
  const indexes = new Map(rules.map((rule, index) => [rule.code, index]));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'dfsplit', semanticVersion: version, rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: reports.flatMap((report) => resultsOf(report, indexes)),
      },
    ],
  };
  return `${harmlessJson(log, 2)}\n`;
}

const ruleOf = ({ code, name, severity, message, help, example }: Rule): Record<string, unknown> => ({
  id: code,
  name,
  shortDescription: { text: name.replaceAll('-', ' ') },
  fullDescription: { text: message },
  help: { text: help, markdown: `${help}\n\n\`\`\`dockerfile\n${example}\n\`\`\`` },
  defaultConfiguration: { level: LEVELS[severity] },
});

function resultsOf(report: FileReport, indexes: ReadonlyMap<string, number>): Record<string, unknown>[] {
  const { outcome, text, build, runtime, renames } = report.outcome;
  const result = (code: string, severity: Severity, message: string, line: number, column: number) => ({
    ruleId: code,
    ruleIndex: indexes.get(code) ?? -1,
    level: LEVELS[severity],
    message: { text: plain(message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(report.path) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  });
  const found = report.diagnostics.map(({ code, severity, message, help, line, column }: RenderedDiagnostic) =>
    result(code, severity, `${sentence(message)} ${help}`, line, column),
  );
  if (text === null || report.written) return found;
  const change =
    outcome === 'split'
      ? result(
          CAN_SPLIT.code,
          CAN_SPLIT.severity,
          `${build?.image} builds in stage ${build?.name}, the container can run on ${runtime?.image}`,
          changedLine(report),
          1,
        )
      : result(
          CAN_NAME.code,
          CAN_NAME.severity,
          renames.map(({ was, becomes }) => `--from=${was} is stage ${becomes}`).join(', '),
          renames[0]?.line ?? 1,
          1,
        );
  const fixes = [
    {
      description: { text: outcome === 'split' ? 'Split into a build and a runtime stage' : 'Name the stages' },
      artifactChanges: [
        { artifactLocation: { uri: uriOf(report.path) }, replacements: replacementsOf(report.original, text) },
      ],
    },
  ];
  return [{ ...change, fixes }, ...found];
}

/** `[text](target)` in a message is a link, unless its brackets are escaped. */
const plain = (text: string): string => {
  const shown = harmless(text);
  const end = shown.lastIndexOf('](') + 1;
  return shown.slice(0, end).replace(/[[\]\\]/g, '\\$&') + shown.slice(end);
};

/** A path as a reference: what has a meaning in one is encoded. */
const uriOf = (path: string): string =>
  (path.startsWith('/') ? 'file://' : '') +
  path
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd')))
    .join('/');

/** The change as replaced regions of whole lines; the last line of a file may end without a line break. */
function replacementsOf(original: string, text: string): Record<string, unknown>[] {
  // A byte order mark is no character of a region.
  const [before, after] = [original.replace(/^\uFEFF/, ''), text.replace(/^\uFEFF/, '')];
  const lines = before.split('\n');
  const last = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  return lineChanges(before, after).map(({ line, removed, added }) => {
    const beyond = line + removed > lines.length;
    return {
      deletedRegion: {
        startLine: line,
        startColumn: 1,
        endLine: beyond ? last.line : line + removed,
        endColumn: beyond ? last.column : 1,
      },
      insertedContent: { text: added },
    };
  });
}
