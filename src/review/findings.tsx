import type { RenderedDiagnostic } from '../diagnostics/catalogue.ts';
import type { Outcome } from '../outcome.ts';
import { prose } from './prose.tsx';

interface FindingsProps {
  readonly diagnostics: readonly RenderedDiagnostic[];
  readonly outcome: Outcome['outcome'];
  readonly onGo: (line: number) => void;
}

const WORDS = { blocker: 'refused', assumption: 'assumes', note: 'note', error: 'error' } as const;

/** What has to be known of the file. Notes on a split are folded: they ask for nothing. */
export function Findings({ diagnostics, outcome, onGo }: FindingsProps) {
  const folded = (one: RenderedDiagnostic): boolean => one.severity === 'note' && outcome !== 'unchanged';
  const open = diagnostics.filter((one) => !folded(one));
  const notes = diagnostics.filter(folded);
  return (
    <>
      {open.length > 0 && (
        <ul class="findings" aria-label="Findings">
          {open.map((one) => (
            <Finding key={`${one.code}-${one.line}-${one.message}`} one={one} onGo={onGo} />
          ))}
        </ul>
      )}
      {notes.length > 0 && (
        <details class="notes">
          <summary>
            {notes.length} {notes.length === 1 ? 'note' : 'notes'}
          </summary>
          <ul class="findings" aria-label="Notes">
            {notes.map((one) => (
              <Finding key={`${one.code}-${one.line}-${one.message}`} one={one} onGo={onGo} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Finding({ one, onGo }: { readonly one: RenderedDiagnostic; readonly onGo: (line: number) => void }) {
  return (
    <li class={one.severity}>
      <span class="finding-head">
        <span class="tag">{WORDS[one.severity]}</span> <span class="code">{one.code}</span>{' '}
        <button type="button" class="link" onClick={() => onGo(one.line)}>
          line {one.line}
        </button>
      </span>
      <p>{prose(one.message)}</p>
      <p class="help">{prose(one.help)}</p>
    </li>
  );
}
