/** The public interface: `split` and the types that it takes and gives. */
export { catalogue, type RenderedDiagnostic, render } from './diagnostics/catalogue.ts';
export type { CatalogueEntry, Diagnostic, Severity } from './diagnostics/diagnostic.ts';
export type {
  ArtifactReport,
  LineOrigin,
  Outcome,
  Placement,
  Reason,
  Rename,
  SplitOptions,
  StepReport,
} from './outcome.ts';
export { defaultOptions } from './outcome.ts';
export { unifiedDiff } from './report/diff.ts';
export { type About, documents } from './report/documents.ts';
export { type FileReport, fileReport, type Summary, summarize } from './report/file-report.ts';
export { split } from './split.ts';
export type { BuildContext } from './syntax/build-context.ts';
export { memoryContext, treeContext } from './syntax/tree-context.ts';
