import { useMemo, useState } from 'preact/hooks';
import { harmless } from '../report/harmless.ts';
import { blocksOf, newSides, oldSides, type Side } from './blocks.ts';
import { Evidence } from './evidence.tsx';
import { Findings } from './findings.tsx';
import type { Mark } from './marks.ts';
import { Pane } from './pane.tsx';
import { linesOf, linkedLines, type Place } from './place.ts';
import { type File, isChanged, LABELS, readDetail } from './report.ts';
import { Ribbons } from './ribbons.tsx';
import { Verdict } from './verdict.tsx';

interface ReviewProps {
  readonly file: File;
  readonly mark: Mark | null;
  readonly onMark: (mark: Mark | null) => void;
  readonly previous: File | undefined;
  readonly next: File | undefined;
  readonly onOpen: (file: File | undefined) => void;
  readonly onBack: () => void;
}

/** One file: what was decided, the two texts side by side, and the evidence of the line that is chosen. */
export function Review({ file, mark, onMark, previous, next, onOpen, onBack }: ReviewProps) {
  const detail = useMemo(() => readDetail(file.index), [file]);
  const sides = useMemo(() => newSides(detail), [detail]);
  const before = useMemo(() => oldSides(detail, sides), [detail, sides]);
  const blocks = useMemo(() => (file.outcome === 'split' ? blocksOf(detail, sides) : []), [detail, sides, file]);
  const [place, setPlace] = useState<Place | null>(null);
  const [shown, setShown] = useState<Place['pane']>(detail.text === null ? 'old' : 'new');
  const linked = place === null ? [] : linkedLines(detail, place);
  const go = (to: Place): void => {
    setPlace(to);
    setShown(to.pane);
    requestAnimationFrame(() => {
      const pane = document.getElementById(`pane-${to.pane}`);
      pane?.focus({ preventScroll: true });
      pane?.querySelector(`[data-line="${to.line}"]`)?.scrollIntoView({ block: 'nearest' });
    });
  };
  const cross = (): void => {
    const [line] = linked;
    if (place !== null && line !== undefined) go({ pane: place.pane === 'old' ? 'new' : 'old', line });
  };
  const finding = new Set(detail.diagnostics.filter(({ severity }) => severity !== 'note').map(({ line }) => line));
  const path = harmless(file.path);
  const used = new Set<Side>([...before, ...sides]);
  const linesIn = (pane: Place['pane']): ReadonlySet<number> =>
    new Set(place === null ? [] : place.pane === pane ? [place.line] : linked);
  return (
    <main class="review">
      <nav class="crumbs" aria-label="Files">
        <button type="button" class="quiet" onClick={onBack}>
          ‹ All files
        </button>
        <span class="spacer" />
        <button type="button" class="quiet" disabled={previous === undefined} onClick={() => onOpen(previous)}>
          Previous
        </button>
        <button type="button" class="quiet" disabled={next === undefined} onClick={() => onOpen(next)}>
          Next
        </button>
      </nav>
      <div class="review-head">
        <div>
          <span class={`state ${file.category}`}>{LABELS[file.category]}</span>
          <h1>{path}</h1>
          <p class="what">{summaryOf(file, detail.renames.length)}</p>
        </div>
        {isChanged(file) && <Verdict words mark={mark} onMark={onMark} path={path} />}
      </div>
      <Findings diagnostics={detail.diagnostics} outcome={file.outcome} onGo={(line) => go({ pane: 'old', line })} />
      <div class="pane-bar">
        {file.outcome === 'split' && <Legend used={used} />}
        {detail.text !== null && (
          <div class="pane-switch">
            {(['old', 'new'] as const).map((pane) => (
              <button key={pane} type="button" aria-pressed={shown === pane} onClick={() => setShown(pane)}>
                {pane === 'old' ? 'Before' : 'After'}
              </button>
            ))}
          </div>
        )}
      </div>
      <div class={`panes${detail.text === null ? ' single' : ''}`} data-shown={shown}>
        <Pane
          pane="old"
          title={detail.text === null ? 'The file' : 'Before'}
          lines={linesOf(detail.original)}
          sides={before}
          changed={new Set()}
          findings={finding}
          lit={linesIn('old')}
          place={place}
          onPlace={setPlace}
          onCross={cross}
        />
        {detail.text !== null && (
          <>
            <Ribbons blocks={blocks} place={place} />
            <Pane
              pane="new"
              title="After"
              lines={linesOf(detail.text)}
              sides={sides}
              changed={new Set(Object.keys(detail.whys).map(Number))}
              findings={new Set()}
              lit={linesIn('new')}
              place={place}
              onPlace={setPlace}
              onCross={cross}
            />
          </>
        )}
      </div>
      <Evidence detail={detail} place={place} linked={linked} onGo={go} onClose={() => setPlace(null)} />
    </main>
  );
}

function summaryOf(file: File, renames: number) {
  if (file.images !== null)
    return (
      <>
        Builds on <code>{harmless(file.images[0])}</code>, runs on <code class="now">{harmless(file.images[1])}</code>.{' '}
        {file.assumptions.length === 0 ? 'Every claim is proven.' : 'It rests on what is listed below.'}
      </>
    );
  if (file.outcome === 'renamed')
    return `${renames} index ${renames === 1 ? 'reference' : 'references'} turned into names; the images stay the same.`;
  return file.outcome === 'unchanged' ? 'There is nothing to change.' : 'The file is left alone.';
}

const SIDES: readonly (readonly [Side, string])[] = [
  ['build', 'only the build'],
  ['both', 'both stages'],
  ['runtime', 'the container'],
  ['undecided', 'undecided'],
];

function Legend({ used }: { readonly used: ReadonlySet<Side> }) {
  return (
    <ul class="sides" aria-label="Colours">
      {SIDES.filter(([side]) => used.has(side)).map(([side, says]) => (
        <li key={side}>
          <i class={`side-${side}`} aria-hidden="true" /> {side} <small>{says}</small>
        </li>
      ))}
    </ul>
  );
}
