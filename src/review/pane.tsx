import { useEffect, useRef } from 'preact/hooks';
import type { Side } from './blocks.ts';
import type { Place } from './place.ts';

interface PaneProps {
  readonly pane: Place['pane'];
  readonly title: string;
  readonly lines: readonly string[];
  readonly sides: readonly Side[];
  /** Lines that are new or read differently. */
  readonly changed: ReadonlySet<number>;
  readonly findings: ReadonlySet<number>;
  /** The chosen line, or those of this pane that are the chosen one. */
  readonly lit: ReadonlySet<number>;
  readonly place: Place | null;
  readonly onPlace: (place: Place | null) => void;
  readonly onCross: () => void;
}

/** One of the two texts, as a list of lines that the arrow keys walk through. */
export function Pane(props: PaneProps) {
  const { pane, title, lines, sides, changed, findings, lit, place, onPlace, onCross } = props;
  const box = useRef<HTMLDivElement>(null);
  const active = place?.pane === pane ? place.line : null;
  useEffect(() => {
    if (active !== null && box.current?.contains(document.activeElement))
      box.current?.querySelector(`[data-line="${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const press = (event: KeyboardEvent): void => {
    const at = active ?? 0;
    if (event.key === 'ArrowDown') onPlace({ pane, line: Math.min(lines.length, at + 1) });
    else if (event.key === 'ArrowUp') onPlace({ pane, line: Math.max(1, at - 1) });
    else if (event.key === 'Home') onPlace({ pane, line: 1 });
    else if (event.key === 'End') onPlace({ pane, line: lines.length });
    else if (event.key === (pane === 'old' ? 'ArrowRight' : 'ArrowLeft')) onCross();
    else if (event.key === 'Escape' && place !== null) onPlace(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const choose = ({ target }: MouseEvent): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-line]') : null;
    if (row !== null) onPlace({ pane, line: Number(row.dataset.line) });
  };
  return (
    <section class={`pane ${pane}`} aria-label={title}>
      <h2>{title}</h2>
      <div
        ref={box}
        id={`pane-${pane}`}
        class="lines"
        role="listbox"
        tabIndex={0}
        aria-label={`${title}: lines`}
        aria-activedescendant={active === null ? undefined : `${pane}-${active}`}
        onKeyDown={press}
        onClick={choose}
      >
        {lines.map((text, index) => {
          const line = index + 1;
          const side = sides[index] ?? 'none';
          const starts = side !== 'none' && side !== (sides[index - 1] ?? 'none');
          return (
            <div
              // The lines of a file never change places.
              key={line}
              id={`${pane}-${line}`}
              class={`line side-${side}`}
              role="option"
              tabIndex={-1}
              aria-selected={line === active}
              data-lit={lit.has(line)}
              data-line={line}
              data-changed={changed.has(line) && text !== ''}
              data-finding={findings.has(line)}
            >
              <span class="number">{line}</span>
              <code>{painted(text, lines[index - 1] ?? '')}</code>
              {starts && <span class="side-tag">{side}</span>}
            </div>
          );
        })}
      </div>
    </section>
  );
}

const KEYWORD =
  /^(\s*)(ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)\b/i;

/** Keywords and comments apart from the rest: enough to find one's way. */
function painted(text: string, previous: string) {
  if (/^\s*#/.test(text)) return <span class="comment">{text}</span>;
  const [whole = '', indent = '', keyword = ''] = /[\\`]\s*$/.test(previous) ? [] : (KEYWORD.exec(text) ?? []);
  if (whole === '') return text === '' ? ' ' : text;
  return (
    <>
      {indent}
      <b>{keyword}</b>
      {text.slice(whole.length)}
    </>
  );
}
