import { useState } from 'preact/hooks';
import { codes } from './codes.ts';

export interface Bar {
  readonly code: string;
  readonly count: number;
}

interface BarsProps {
  readonly title: string;
  readonly kind: 'refused' | 'assumed';
  readonly bars: readonly Bar[];
  readonly chosen: string | null;
  readonly onChoose: (code: string) => void;
}

const AT_FIRST = 7;

/** A bar chart of codes; each of them narrows the list, and the chosen one says what can be done. */
export function Bars({ title, kind, bars, chosen, onChoose }: BarsProps) {
  const [all, setAll] = useState(false);
  const most = Math.max(...bars.map(({ count }) => count));
  const shown = all ? bars : bars.slice(0, AT_FIRST);
  return (
    <section class={`bars ${kind}`} aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {shown.map(({ code, count }) => (
          <li key={code}>
            <button type="button" aria-pressed={chosen === code} onClick={() => onChoose(code)}>
              <span class="bar-name">
                {codes.get(code)?.name.replaceAll('-', ' ') ?? code} <small>{code}</small>
              </span>
              <span class="bar-count">{count}</span>
              <span class="bar-track" aria-hidden="true">
                <span style={{ width: `${(count / most) * 100}%` }} />
              </span>
            </button>
            {chosen === code && <p class="bar-help">{codes.get(code)?.help}</p>}
          </li>
        ))}
      </ul>
      {bars.length > AT_FIRST && (
        <button type="button" class="quiet" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${bars.length}`}
        </button>
      )}
    </section>
  );
}
