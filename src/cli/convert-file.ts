import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SplitPlan } from '../analyze/plan.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { nothingDone, type Outcome } from '../outcome.ts';
import { type FileReport, fileReport } from '../report/file-report.ts';
import { split } from '../split.ts';
import { defaultLimits } from '../syntax/limits.ts';
import { parse } from '../syntax/parse.ts';
import { imageName } from '../syntax/paths.ts';
import { settingsFor } from './config/settings.ts';
import { defaultContext } from './default-context.ts';
import { type DiskContext, diskContext } from './disk-context.ts';
import { type Flags, splitOptions } from './options.ts';
import type { ConfigProblem } from './read-config.ts';
import { readDockerfile } from './read-dockerfile.ts';
import { isUsageError, usageError } from './usage-error.ts';

const failed = (...diagnostics: Diagnostic[]): Outcome => ({ ...nothingDone, outcome: 'failed', diagnostics });

const NOWHERE = { start: 0, end: 0 };

const wrongConfiguration = ({ place, what }: ConfigProblem): Diagnostic => ({
  code: 'DF704',
  span: NOWHERE,
  args: { place, what },
});

/** Contexts that were read already, by folder: the files of a repository often share one. */
export type OpenContexts = Map<string, DiskContext>;

/** Reads one Dockerfile (`-` is standard input) and splits it. A failure is an outcome, never an exception. */
export async function convertFile(
  file: string,
  flags: Flags,
  contexts: OpenContexts,
  planned?: (plan: SplitPlan) => void,
): Promise<FileReport> {
  const path = file.split('\\').join('/');
  const read = readDockerfile(file, { ...defaultLimits, ...flags.limit });
  if ('code' in read) return fileReport(path, null, '', failed(read));
  const { text, names } = read;
  let folder: string | null = null;
  let convert: Convert | null = null;
  try {
    const settings = await settingsFor(file, flags);
    if (settings.problems !== undefined)
      return fileReport(path, null, text, failed(...settings.problems.map(wrongConfiguration)));
    if (settings.ignored)
      return fileReport(path, null, text, {
        ...nothingDone,
        diagnostics: [{ code: 'DF324', span: NOWHERE, args: {} }],
      });
    folder = settings.flags.context ?? (file === '-' ? null : await defaultContext(file, text));
    const context = folder === null ? null : openContext(folder, file, flags, contexts);
    const options = splitOptions(settings.flags, imagesOf(text), settings.own);
    convert = (part, read) => split(part, options, read ? context : null, planned);
    const outcome = convert(text, true);
    const report = fileReport(path, folder, text, {
      ...outcome,
      diagnostics: [
        ...outcome.diagnostics,
        ...linked(outcome, names),
        ...skipped(context),
        ...(folder === null && file !== '-' ? nowhere(outcome, file) : []),
      ],
    });
    return outcome.diagnostics.some(({ code }) => code === 'DF501') ? await withBug(report, convert) : report;
  } catch (error) {
    if (isUsageError(error)) throw error;
    const what =
      error instanceof Error ? `${error.message} (${error.stack?.split('\n')[1]?.trim() ?? ''})` : String(error);
    const report = fileReport(path, folder, text, failed({ code: 'DF502', span: NOWHERE, args: { what } }));
    return convert === null ? report : await withBug(report, convert);
  }
}

/** Splits a text, with the build context or without. */
type Convert = (text: string, read: boolean) => Outcome;

/** The report with what a user can send of it. */
async function withBug(report: FileReport, convert: Convert): Promise<FileReport> {
  const { bugReport } = await import('./bug-report.ts');
  const found = (text: string, read: boolean): string | null => {
    try {
      const wrong = convert(text, read).diagnostics.find(({ code }) => code === 'DF501');
      // Lines and names differ from part to part.
      return wrong === undefined ? null : (wrong.args.what ?? '').replace(/line \d+/g, 'a line');
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const { original } = report;
  // What comes of the file alone is easier to send than what needs its context.
  const alone = found(original, false) === found(original, true);
  return {
    ...report,
    bug: bugReport(original, report.diagnostics[0]?.code ?? '', (text) => found(text, !alone), alone),
  };
}

const linked = ({ text }: Outcome, names: number): Diagnostic[] =>
  text !== null && names > 1 ? [{ code: 'DF707', span: NOWHERE, args: { count: String(names) } }] : [];

/** The Dockerfile lies in a folder without anything that it could build, and nobody says where that is. */
const nowhere = ({ outcome }: Outcome, file: string): Diagnostic[] =>
  outcome === 'split' ? [{ code: 'DF710', span: NOWHERE, args: { folder: dirname(file) } }] : [];

const skipped = (context: DiskContext | null): Diagnostic[] =>
  (context?.skipped() ?? []).map(({ what, limit }) => ({ code: 'DF708', span: NOWHERE, args: { what, limit } }));

function openContext(folder: string, file: string, flags: Flags, contexts: OpenContexts): DiskContext {
  const key = existsSync(`${file}.dockerignore`) ? `${folder}\n${file}` : folder;
  const known = contexts.get(key);
  if (known !== undefined) return known;
  try {
    const context = diskContext(folder, file === '-' ? null : file, { ...defaultLimits, ...flags.limit });
    contexts.set(key, context);
    return context;
  } catch {
    throw usageError(`--context ${folder}: there is no such folder`);
  }
}

/** The names of the images that the file uses already, as patterns of --allow-images. */
function imagesOf(text: string): string[] {
  return parse(text).stages.flatMap((stage) => {
    const name = imageName(stage.image);
    const folder = dirname(name);
    return /[.:]/.test(name.split('/')[0] ?? '') && name.includes('/') ? [`${folder}/*`] : [name];
  });
}
