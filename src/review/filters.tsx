import { useRef } from 'preact/hooks';
import { codes } from './codes.ts';
import { type Filter, isFiltered, NO_FILTER } from './filter.ts';
import { LABELS } from './report.ts';
import { useKeys } from './use-keys.ts';

interface FiltersProps {
  readonly filter: Filter;
  readonly shown: number;
  readonly total: number;
  readonly onFilter: (filter: Filter) => void;
}

/** Search and what narrows the list. */
export function Filters({ filter, shown, total, onFilter }: FiltersProps) {
  const search = useRef<HTMLInputElement>(null);
  useKeys((event) => {
    if (event.key !== '/' || (event.target instanceof HTMLElement && event.target.tagName === 'INPUT')) return;
    event.preventDefault();
    search.current?.focus();
  });
  return (
    <div class="filters">
      <label class="search">
        <span class="hidden">Search paths, images and codes</span>
        <input
          ref={search}
          type="search"
          placeholder="Search paths, images, codes"
          value={filter.query}
          onInput={(event) => onFilter({ ...filter, query: event.currentTarget.value })}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
        <kbd>/</kbd>
      </label>
      <select
        aria-label="Verdict"
        value={filter.mark ?? ''}
        onChange={(event) => onFilter({ ...filter, mark: (event.currentTarget.value || null) as Filter['mark'] })}
      >
        <option value="">Every verdict</option>
        <option value="open">Open</option>
        <option value="accepted">Accepted</option>
        <option value="rejected">Rejected</option>
      </select>
      {filter.category !== null && (
        <Chip label={LABELS[filter.category]} onRemove={() => onFilter({ ...filter, category: null })} />
      )}
      {filter.code !== null && (
        <Chip
          label={`${filter.code} ${codes.get(filter.code)?.name.replaceAll('-', ' ') ?? ''}`}
          onRemove={() => onFilter({ ...filter, code: null })}
        />
      )}
      <span class="shown" role="status">
        {isFiltered(filter) ? `${shown} of ${total} files` : `${total} ${total === 1 ? 'file' : 'files'}`}
      </span>
      {isFiltered(filter) && (
        <button type="button" class="quiet" onClick={() => onFilter(NO_FILTER)}>
          Clear
        </button>
      )}
    </div>
  );
}

function Chip({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  return (
    <button type="button" class="chip" onClick={onRemove} aria-label={`Without the filter ${label}`}>
      {label} <span aria-hidden="true">×</span>
    </button>
  );
}
