import type { FileReport } from './file-report.ts';
import { reviewCodes, reviewDetail, reviewEntry, reviewReasons } from './review-data.ts';

/** Stands in the page where the data comes. */
const DATA_PLACE = '<!-- dfsplit data -->';

/** JSON that no HTML parser takes for a tag or a comment. */
const embedded = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/**
 * The report as one page that needs no network. `page` is the built `src/review`. The overview is one block of data and each
 * file one of its own, which the page reads when the file is opened: thousands of files open as fast as one.
 */
export function htmlReport(reports: readonly FileReport[], page: string, version: string): string {
  const [head, foot] = page.split(DATA_PLACE);
  if (head === undefined || foot === undefined) throw new Error('the page has no place for the data');
  const block = (id: string, value: unknown): string =>
    `<script type="application/json" id="${id}">${embedded(value)}</script>\n`;
  const { table, placeOf } = reviewReasons(reports);
  return [
    head,
    block('index', { version, files: reports.map(reviewEntry) }),
    block('codes', reviewCodes(reports)),
    block('reasons', table),
    ...reports.map((report, index) => block(`file-${index}`, reviewDetail(report, placeOf))),
    foot,
  ].join('');
}
