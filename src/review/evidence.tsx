import type { Reason } from '../outcome.ts';
import { harmless } from '../report/harmless.ts';
import type { ReviewDetail, ReviewStep } from '../report/review-data.ts';
import { linesOf, type Place } from './place.ts';
import { prose } from './prose.tsx';
import { reasonAt } from './report.ts';

interface EvidenceProps {
  readonly detail: ReviewDetail;
  readonly place: Place | null;
  readonly linked: readonly number[];
  readonly onGo: (place: Place) => void;
  readonly onClose: () => void;
}

/** Why the chosen line stands where it stands. */
export function Evidence({ detail, place, linked, onGo, onClose }: EvidenceProps) {
  if (place === null)
    return (
      <p class="hint">
        Choose a line to see the evidence behind it. <kbd>?</kbd> shows the keys.
      </p>
    );
  const { pane, line } = place;
  const origin = pane === 'old' ? line : (detail.origins[line - 1] ?? 0);
  const steps = origin > 0 ? stepsAt(detail.steps, origin) : [];
  const why = pane === 'new' ? detail.whys[line] : undefined;
  const found = origin > 0 ? detail.diagnostics.filter((one) => one.line === origin && one.severity !== 'note') : [];
  const artifacts = pane === 'new' && origin === 0 ? artifactsAt(detail, line) : [];
  const other = pane === 'old' ? 'new' : 'old';
  return (
    <section class="evidence" aria-label="Evidence" aria-live="polite">
      <div class="evidence-head">
        <h2>
          {pane === 'old' ? 'Before' : 'After'}, line {line}
        </h2>
        {linked.map((to) => (
          <button key={to} type="button" class="link" onClick={() => onGo({ pane: other, line: to })}>
            {pane === 'old' ? `goes to line ${to}` : `was line ${to}`}
          </button>
        ))}
        <span class="spacer" />
        <button type="button" class="quiet" onClick={onClose}>
          Close
        </button>
      </div>
      {why !== undefined && (
        <p class="why">
          <span class="tag">{origin === 0 ? 'new' : 'changed'}</span> {prose(why)}
        </p>
      )}
      {artifacts.map(({ from, writer, readers }) => (
        <p key={from} class="why">
          <code>{harmless(from)}</code> is made on <LineButton line={writer} onGo={onGo} />
          {readers.length > 0 && ' and needed on '}
          {readers.map((reader) => (
            <LineButton key={reader} line={reader} onGo={onGo} />
          ))}
        </p>
      ))}
      {steps.map((step) => (
        <Step key={`${step.line}-${step.text}`} step={step} colours={detail.text !== null} />
      ))}
      {found.map((one) => (
        <p key={one.code + one.message} class={`why ${one.severity}`}>
          <span class="tag">{one.code}</span> {prose(one.message)}
        </p>
      ))}
      {steps.length + artifacts.length + found.length === 0 && why === undefined && (
        <p class="why muted">{silentLine(linesOf(detail.original)[origin - 1] ?? '')}</p>
      )}
    </section>
  );
}

function LineButton({ line, onGo }: { readonly line: number; readonly onGo: (place: Place) => void }) {
  return (
    <button type="button" class="link" onClick={() => onGo({ pane: 'old', line })}>
      line {line}
    </button>
  );
}

function Step({ step, colours }: { readonly step: ReviewStep; readonly colours: boolean }) {
  return (
    <div class="step">
      <p>
        {colours && <span class={`tag side-${step.placement}`}>{step.placement}</span>}{' '}
        <code>{harmless(step.text)}</code>
      </p>
      <ul>
        {step.because
          .map(reasonAt)
          .filter((reason): reason is Reason => reason !== undefined)
          .map((reason) => (
            <li key={reason.rule + reason.says}>
              {prose(reason.says)} <small class="entry">{reason.entry}</small>
              {reason.certainty === 'assumed' && <span class="tag assumed">assumed</span>}
            </li>
          ))}
      </ul>
    </div>
  );
}

/** The commands on a line, or all of the instruction where the line holds none of its own. */
function stepsAt(steps: readonly ReviewStep[], line: number): readonly ReviewStep[] {
  const own = steps.filter(({ lines: [first, last] }) => first <= line && line <= last);
  return own.length > 0 ? own : steps.filter((step) => step.line === line);
}

/** What a new COPY brings. */
function artifactsAt({ text, artifacts }: ReviewDetail, line: number): ReviewDetail['artifacts'] {
  const words = (linesOf(text ?? '')[line - 1] ?? '').split(/[\s"[\],]+/);
  return artifacts.filter(({ from }) => words.includes(from));
}

const silentLine = (text: string): string =>
  text.trim() === ''
    ? 'A blank line.'
    : /^\s*#/.test(text)
      ? 'A comment; it stays with what stands below it.'
      : 'No step of the stage that was looked at.';
