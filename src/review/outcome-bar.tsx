import { CATEGORIES, type Category, type File, LABELS } from './report.ts';

interface OutcomeBarProps {
  readonly files: readonly File[];
  readonly chosen: Category | null;
  readonly onChoose: (category: Category | null) => void;
}

/** The outcomes as one bar, whose legend narrows the list. */
export function OutcomeBar({ files, chosen, onChoose }: OutcomeBarProps) {
  const parts = CATEGORIES.map((category) => ({
    category,
    count: files.filter((file) => file.category === category).length,
  })).filter(({ count }) => count > 0);
  return (
    <section class="outcomes" aria-label="Outcomes">
      <div class="outcome-bar" aria-hidden="true">
        {parts.map(({ category, count }) => (
          <span
            key={category}
            class={category}
            style={{ flexGrow: count }}
            data-dim={chosen !== null && chosen !== category}
          />
        ))}
      </div>
      <ul class="legend">
        {parts.map(({ category, count }) => (
          <li key={category}>
            <button
              type="button"
              aria-pressed={chosen === category}
              onClick={() => onChoose(chosen === category ? null : category)}
            >
              <i class={category} aria-hidden="true" />
              <b>{count}</b> {LABELS[category]}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
