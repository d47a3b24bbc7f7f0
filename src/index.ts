/** The public interface: `split` and the types that it takes and gives. */
export { catalogue, type RenderedDiagnostic, render } from './diagnostics/catalogue.ts';
export type { CatalogueEntry, Diagnostic, Severity } from './diagnostics/diagnostic.ts';
export type { ArtifactReport, Outcome, Placement, Reason, Rename, SplitOptions, StepReport } from './outcome.ts';
export { unifiedDiff } from './report/diff.ts';
export { split } from './split.ts';
export type { BuildContext } from './syntax/build-context.ts';
