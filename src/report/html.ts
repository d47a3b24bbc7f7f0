import type { Reason } from '../outcome.ts';
import type { FileReport } from './file-report.ts';
import { harmlessJson } from './harmless.ts';
import {
  type ReviewCode,
  type ReviewDetail,
  type ReviewEntry,
  reviewCodes,
  reviewDetail,
  reviewEntry,
  reviewReasons,
} from './review-data.ts';

/** Stands in the page where the data comes. */
const DATA_PLACE = '<!-- dfsplit data -->';

/** JSON that no HTML parser takes for a tag or a comment. */
const embedded = (value: unknown): string => harmlessJson(value).replaceAll('<', '\\u003c');

/** What stands in the page: the overview, and what is read when a file is opened. */
export interface PageData {
  readonly version: string;
  readonly entries: readonly ReviewEntry[];
  readonly codes: readonly ReviewCode[];
  /** Every reason once. */
  readonly table: readonly Reason[];
  readonly details: readonly ReviewDetail[];
}

/**
 * The page with its data. The overview is one block and each file one of its own, which the page reads when the file is
 * opened: thousands of files open as fast as one.
 */
export function pageOf(page: string, { version, entries, codes, table, details }: PageData): string {
  const [head, foot] = page.split(DATA_PLACE);
  if (head === undefined || foot === undefined) throw new Error('the page has no place for the data');
  const block = (id: string, value: unknown): string =>
    `<script type="application/json" id="${id}">${embedded(value)}</script>\n`;
  return [
    head,
    block('index', { version, files: entries }),
    block('codes', codes),
    block('reasons', table),
    ...details.map((detail, index) => block(`file-${index}`, detail)),
    foot,
  ].join('');
}

/** The report as one page that needs no network. `page` is the built `src/review`. */
export function htmlReport(reports: readonly FileReport[], page: string, version: string): string {
  const { table, placeOf } = reviewReasons(reports);
  return pageOf(page, {
    version,
    entries: reports.map(reviewEntry),
    codes: reviewCodes(reports),
    table,
    details: reports.map((report) => reviewDetail(report, placeOf)),
  });
}
