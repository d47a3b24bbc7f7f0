import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SplitPlan } from '../analyze/plan.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { nothingDone, type Outcome } from '../outcome.ts';
import { type FileReport, fileReport } from '../report/file-report.ts';
import { split } from '../split.ts';
import type { BuildContext } from '../syntax/build-context.ts';
import { parse } from '../syntax/parse.ts';
import { settingsFor } from './config/settings.ts';
import { defaultContext } from './default-context.ts';
import { diskContext } from './disk-context.ts';
import { type Flags, splitOptions } from './options.ts';
import { isUsageError, usageError } from './usage-error.ts';

const failed = (diagnostic: Diagnostic): Outcome => ({ ...nothingDone, outcome: 'failed', diagnostics: [diagnostic] });

const NOWHERE = { start: 0, end: 0 };

/** Contexts that were read already, by folder: the files of a repository often share one. */
export type OpenContexts = Map<string, BuildContext>;

/** Reads one Dockerfile (`-` is standard input) and splits it. A failure is an outcome, never an exception. */
export async function convertFile(
  file: string,
  flags: Flags,
  contexts: OpenContexts,
  planned?: (plan: SplitPlan) => void,
): Promise<FileReport> {
  const path = file.split('\\').join('/');
  let text: string;
  try {
    const bytes = readFileSync(file === '-' ? 0 : file);
    text = bytes.toString('utf8');
    if (!Buffer.from(text, 'utf8').equals(bytes)) {
      return fileReport(path, null, '', failed({ code: 'DF703', span: NOWHERE, args: { path } }));
    }
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^\w+: /, '').replace(/, \w+( '.*')?$/, '') : String(error);
    return fileReport(path, null, '', failed({ code: 'DF701', span: NOWHERE, args: { path, reason } }));
  }
  const settings = await settingsFor(file, flags);
  if (settings.problem !== undefined)
    return fileReport(path, null, text, failed({ code: 'DF704', span: NOWHERE, args: settings.problem }));
  if (settings.ignored)
    return fileReport(path, null, text, {
      ...nothingDone,
      diagnostics: [{ code: 'DF324', span: NOWHERE, args: {} }],
    });
  const folder = settings.flags.context ?? (file === '-' ? null : await defaultContext(file, text));
  try {
    const context = folder === null ? null : openContext(folder, file, contexts);
    const outcome = split(text, splitOptions(settings.flags, imagesOf(text), settings.own), context, planned);
    return fileReport(path, folder, text, outcome);
  } catch (error) {
    if (isUsageError(error)) throw error;
    const what =
      error instanceof Error ? `${error.message} (${error.stack?.split('\n')[1]?.trim() ?? ''})` : String(error);
    return fileReport(path, folder, text, failed({ code: 'DF502', span: NOWHERE, args: { what } }));
  }
}

function openContext(folder: string, file: string, contexts: OpenContexts): BuildContext {
  const key = existsSync(`${file}.dockerignore`) ? `${folder}\n${file}` : folder;
  const known = contexts.get(key);
  if (known !== undefined) return known;
  try {
    const context = diskContext(folder, file === '-' ? null : file);
    contexts.set(key, context);
    return context;
  } catch {
    throw usageError(`--context ${folder}: there is no such folder`);
  }
}

/** The names of the images that the file uses already, as patterns of --allow-images. */
function imagesOf(text: string): string[] {
  return parse(text).stages.flatMap((stage) => {
    const name = stage.image.replace(/@.*$/, '').replace(/:[^/]*$/, '');
    const folder = dirname(name);
    return /[.:]/.test(name.split('/')[0] ?? '') && name.includes('/') ? [`${folder}/*`] : [name];
  });
}
