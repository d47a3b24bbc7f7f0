import type { Marks } from './marks.ts';
import { CATEGORIES, type Category, type File } from './report.ts';

/** Which files the list shows; it stands in the address, so that a view can be shared. */
export interface Filter {
  readonly query: string;
  readonly category: Category | null;
  /** A code of a refusal or an assumption. */
  readonly code: string | null;
  readonly mark: 'accepted' | 'rejected' | 'open' | null;
}

export const NO_FILTER: Filter = { query: '', category: null, code: null, mark: null };

export const isFiltered = (filter: Filter): boolean => toParameters(filter) !== '';

/** Every word of the query stands in the path, an image, a code or the reason. */
export function selectFiles(files: readonly File[], filter: Filter, marks: Marks): readonly File[] {
  const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean);
  return files.filter((file) => {
    if (filter.category !== null && file.category !== filter.category) return false;
    if (filter.code !== null && file.because?.code !== filter.code && !file.assumptions.includes(filter.code))
      return false;
    if (filter.mark !== null && (marks.get(file.index) ?? 'open') !== filter.mark) return false;
    if (words.length === 0) return true;
    const text = [file.path, ...(file.images ?? []), ...file.assumptions, file.because?.code, file.because?.message]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function toParameters({ query, category, code, mark }: Filter): string {
  const parameters = new URLSearchParams();
  if (query !== '') parameters.set('q', query);
  if (category !== null) parameters.set('outcome', category);
  if (code !== null) parameters.set('code', code);
  if (mark !== null) parameters.set('mark', mark);
  return parameters.toString();
}

export function fromParameters(text: string): Filter {
  const parameters = new URLSearchParams(text);
  const mark = parameters.get('mark');
  return {
    query: parameters.get('q') ?? '',
    category: CATEGORIES.find((category) => category === parameters.get('outcome')) ?? null,
    code: parameters.get('code'),
    mark: mark === 'accepted' || mark === 'rejected' || mark === 'open' ? mark : null,
  };
}
