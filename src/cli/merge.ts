import { readFileSync } from 'node:fs';
import { mergedPage, type ReportPage, readReportPage } from '../report/merge-html.ts';
import { about } from './about.ts';
import { openReport } from './open-report.ts';
import { usageError } from './usage-error.ts';

/** `dfsplit merge PAGE...`: one html report of several, of runs with `--shard` above all. */
export async function runMerge(files: readonly string[], output: string | undefined): Promise<void> {
  const pages = files.map(readPage);
  const sink = await openReport(output, false);
  await sink.put(mergedPage(pages, about.page(), about.version));
  await sink.close();
}

function readPage(file: string): ReportPage {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw usageError(`${file}: it cannot be read`);
  }
  const page = readReportPage(text);
  if (page === null) throw usageError(`${file}: it is no report of dfsplit --format html`);
  if (page.version !== about.version)
    throw usageError(`${file}: dfsplit ${page.version} wrote it, this is ${about.version}`);
  return page;
}
