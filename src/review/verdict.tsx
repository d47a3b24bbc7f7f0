import type { Mark } from './marks.ts';

interface VerdictProps {
  readonly mark: Mark | null;
  readonly onMark: (mark: Mark | null) => void;
  readonly path: string;
  readonly words?: boolean;
}

/** Accept and reject; the pressed one takes it back. */
export function Verdict({ mark, onMark, path, words = false }: VerdictProps) {
  return (
    <span class={`verdict${words ? ' words' : ''}`}>
      <button
        type="button"
        class="accept"
        aria-pressed={mark === 'accepted'}
        aria-label={words ? undefined : `Accept ${path}`}
        title="Accept (a)"
        onClick={() => onMark('accepted')}
      >
        <span aria-hidden="true">✓</span>
        {words && (mark === 'accepted' ? 'Accepted' : 'Accept')}
      </button>
      <button
        type="button"
        class="reject"
        aria-pressed={mark === 'rejected'}
        aria-label={words ? undefined : `Reject ${path}`}
        title="Reject (x)"
        onClick={() => onMark('rejected')}
      >
        <span aria-hidden="true">✕</span>
        {words && (mark === 'rejected' ? 'Rejected' : 'Reject')}
      </button>
    </span>
  );
}
