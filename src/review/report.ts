import type { Reason } from '../outcome.ts';
import type { ReviewCode, ReviewDetail, ReviewEntry } from '../report/review-data.ts';

/** A file of the report with its place in it. */
export interface File extends ReviewEntry {
  readonly index: number;
  readonly category: Category;
}

export const CATEGORIES = ['proven', 'assumed', 'renamed', 'unchanged', 'refused', 'failed'] as const;

/** An outcome as the overview tells them apart: a split on proof alone is another thing than one on assumptions. */
export type Category = (typeof CATEGORIES)[number];

export const LABELS: Readonly<Record<Category, string>> = {
  proven: 'Split, proven',
  assumed: 'Split, on assumptions',
  renamed: 'Stages named',
  unchanged: 'Unchanged',
  refused: 'Refused',
  failed: 'Failed',
};

const categoryOf = ({ outcome, assumptions }: ReviewEntry): Category =>
  outcome === 'split' ? (assumptions.length > 0 ? 'assumed' : 'proven') : outcome;

function dataOf<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? 'null') as T;
}

/** The overview's data, read once. */
export function readReport(): { readonly version: string; readonly files: readonly File[] } {
  const { version, files } = dataOf<{ version: string; files: ReviewEntry[] }>('index');
  return { version, files: files.map((entry, index) => ({ ...entry, index, category: categoryOf(entry) })) };
}

/** What the page of a file shows. */
export const readDetail = (index: number): ReviewDetail => dataOf<ReviewDetail>(`file-${index}`);

export const isChanged = (file: File): boolean => file.outcome === 'split' || file.outcome === 'renamed';

/** What the catalogue says of the codes that stand in the report. */
export const readCodes = (): ReadonlyMap<string, ReviewCode> =>
  new Map(dataOf<ReviewCode[]>('codes').map((code) => [code.code, code]));

let reasons: readonly Reason[] | null = null;

/** A reason of the report's table, which is read when the first is asked for. */
export function reasonAt(place: number): Reason | undefined {
  reasons ??= dataOf<Reason[]>('reasons');
  return reasons[place];
}
