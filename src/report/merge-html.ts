import type { Reason } from '../outcome.ts';
import { pageOf } from './html.ts';
import type { ReviewCode, ReviewDetail, ReviewEntry } from './review-data.ts';

/** The data of one html report. */
export interface ReportPage {
  readonly version: string;
  readonly codes: readonly ReviewCode[];
  readonly files: readonly { readonly entry: ReviewEntry; readonly detail: ReviewDetail; readonly reasons: Reasons }[];
}

type Reasons = readonly Reason[];

const BLOCK = /<script type="application\/json" id="([\w-]+)">([^<]*)<\/script>/g;

/** Reads what `htmlReport` wrote; null for any other text. */
export function readReportPage(text: string): ReportPage | null {
  try {
    const blocks = new Map(
      [...text.matchAll(BLOCK)].map(([, id, json]) => [id, JSON.parse(json as string) as unknown]),
    );
    const index = blocks.get('index') as { readonly version: string; readonly files: readonly ReviewEntry[] };
    const reasons = blocks.get('reasons') as Reasons;
    const files = index.files.map((entry, at) => ({
      entry,
      detail: blocks.get(`file-${at}`) as ReviewDetail,
      reasons,
    }));
    return { version: index.version, codes: blocks.get('codes') as readonly ReviewCode[], files };
  } catch {
    return null;
  }
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One page of the reports of several runs, in the order of the paths: parts of a run become what the whole run writes. */
export function mergedPage(pages: readonly ReportPage[], page: string, version: string): string {
  const files = pages.flatMap((one) => one.files).toSorted((a, b) => byCodePoint(a.entry.path, b.entry.path));
  const codes = new Map(pages.flatMap((one) => one.codes.map((code) => [code.code, code])));
  const table: Reason[] = [];
  const places = new Map<string, number>();
  const placeOf = (reason: Reason): number => {
    const key = JSON.stringify(reason);
    const place = places.get(key) ?? table.push(reason) - 1;
    places.set(key, place);
    return place;
  };
  const details = files.map(
    ({ detail, reasons }): ReviewDetail => ({
      ...detail,
      steps: detail.steps.map((step) => ({
        ...step,
        because: step.because.map((at) => placeOf(reasons[at] as Reason)),
      })),
    }),
  );
  return pageOf(page, {
    version,
    entries: files.map(({ entry }) => entry),
    codes: [...codes.values()].sort((a, b) => byCodePoint(a.code, b.code)),
    table,
    details,
  });
}
