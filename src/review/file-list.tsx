import { useEffect, useRef, useState } from 'preact/hooks';
import { harmless } from '../report/harmless.ts';
import { bytes } from './bytes.ts';
import type { Mark, Marks } from './marks.ts';
import { prose } from './prose.tsx';
import { type File, isChanged, LABELS } from './report.ts';
import { useKeys } from './use-keys.ts';
import { Verdict } from './verdict.tsx';

interface FileListProps {
  readonly selected: readonly File[];
  readonly marks: Marks;
  readonly onMark: (index: number, mark: Mark | null) => void;
  readonly address: (index: number) => string;
  readonly returning: number | null;
}

/** Rows that are drawn at once; more come as the reader gets near the end. */
const STEP = 150;

/** The files as rows that the keyboard walks through. */
export function FileList({ selected, marks, onMark, address, returning }: FileListProps) {
  const [limit, setLimit] = useState(STEP);
  const list = useRef<HTMLOListElement>(null);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => setLimit(STEP), [selected.length]);
  useEffect(() => {
    if (end.current === null) return;
    const watch = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setLimit((now) => now + STEP),
      { rootMargin: '800px' },
    );
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [limit, selected]);
  useEffect(() => {
    const at = selected.findIndex((file) => file.index === returning);
    if (at < 0) return;
    setLimit(at + STEP);
    requestAnimationFrame(() => rowAt(list.current, at)?.focus());
  }, []);
  useKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && /^(INPUT|SELECT|DIALOG)$/.test(event.target.tagName)) return;
    if (document.querySelector('dialog[open]') !== null) return;
    const row = document.activeElement?.closest('li[data-at]') as HTMLElement | null;
    const at = row === null ? -1 : Number(row.dataset.at);
    const file = selected[at];
    if (event.key === 'j') rowAt(list.current, at + 1)?.focus();
    else if (event.key === 'k') rowAt(list.current, Math.max(0, at - 1))?.focus();
    else if (event.key === 'a' && file !== undefined && isChanged(file)) onMark(file.index, 'accepted');
    else if (event.key === 'x' && file !== undefined && isChanged(file)) onMark(file.index, 'rejected');
    else return;
    event.preventDefault();
  });
  if (selected.length === 0) return <p class="empty">No file is like that.</p>;
  return (
    <>
      <ol class="files" ref={list}>
        {selected.slice(0, limit).map((file, at) => (
          <Row
            key={file.index}
            at={at}
            file={file}
            mark={marks.get(file.index) ?? null}
            onMark={(mark) => onMark(file.index, mark)}
            address={address(file.index)}
          />
        ))}
      </ol>
      {selected.length > limit && <div ref={end} class="more" />}
    </>
  );
}

const rowAt = (list: HTMLElement | null, at: number): HTMLElement | null =>
  list?.querySelector<HTMLElement>(`li[data-at="${at}"] a`) ?? null;

interface RowProps {
  readonly at: number;
  readonly file: File;
  readonly mark: Mark | null;
  readonly onMark: (mark: Mark | null) => void;
  readonly address: string;
}

function Row({ at, file, mark, onMark, address }: RowProps) {
  const path = harmless(file.path);
  const cut = path.lastIndexOf('/') + 1;
  return (
    <li data-at={at} class={mark ?? ''}>
      <a href={address}>
        <span class={`state ${file.category}`}>{LABELS[file.category]}</span>
        <span class="path">
          {cut > 0 && <span>{path.slice(0, cut)}</span>}
          <b>{path.slice(cut)}</b>
        </span>
        <span class="what">
          {file.images !== null ? (
            <>
              <code>{harmless(file.images[0])}</code> → <code class="now">{harmless(file.images[1])}</code>
            </>
          ) : (
            <span class="because">{prose(file.because?.message ?? '')}</span>
          )}
          {file.assumptions.map((code) => (
            <span key={code} class="tag assumed">
              {code}
            </span>
          ))}
          {file.written && <span class="tag">written</span>}
        </span>
        {file.sizes !== null && (
          <span class="sizes">
            {bytes(file.sizes.before)} → <b>{bytes(file.sizes.after)}</b>
          </span>
        )}
      </a>
      {isChanged(file) ? <Verdict mark={mark} onMark={onMark} path={path} /> : <span class="verdict" />}
    </li>
  );
}
