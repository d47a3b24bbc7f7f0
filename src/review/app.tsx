import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ExportDialog } from './export-dialog.tsx';
import { selectFiles } from './filter.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { useMarks } from './marks.ts';
import { Overview } from './overview.tsx';
import { type File, isChanged } from './report.ts';
import { Review } from './review.tsx';
import { addressOf, useRoute } from './route.ts';
import { ThemeButton } from './theme-button.tsx';
import { useKeys } from './use-keys.ts';

interface AppProps {
  readonly version: string;
  readonly files: readonly File[];
}

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

/** The whole page: the overview or one file, and what both share. */
export function App({ version, files }: AppProps) {
  const [route, go] = useRoute();
  const [marks, setMark] = useMarks(files);
  const [dialog, setDialog] = useState<'keys' | 'export' | null>(null);
  const selected = useMemo(() => selectFiles(files, route.filter, marks), [files, route.filter, marks]);
  const file = route.file === null ? undefined : files[route.file];
  const returning = useRef<number | null>(null);
  // The list that a page of a file walks through: taking back a mark must not pull the file out from under the reader.
  const walk = useRef<readonly File[]>(selected);
  if (file === undefined) walk.current = selected;
  const neighbour = (step: number): File | undefined => {
    const list = walk.current.some((one) => one.index === file?.index) ? walk.current : files;
    return list[list.findIndex((one) => one.index === file?.index) + step];
  };
  const open = (next: File | undefined): void => {
    if (next !== undefined) go({ ...route, file: next.index });
  };
  const back = (): void => {
    returning.current = route.file;
    go({ ...route, file: null });
  };

  useEffect(() => {
    document.title = file === undefined ? 'dfsplit report' : `${file.path}: dfsplit report`;
    if (file !== undefined) scrollTo(0, 0);
  }, [file]);

  useKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || dialog !== null) return;
    if (event.key === '?') setDialog('keys');
    else if (event.key === 'e') setDialog('export');
    else if (file === undefined) return;
    else if (event.key === 'Escape') back();
    else if (event.key === 'j' || event.key === 'n') open(neighbour(1));
    else if (event.key === 'k' || event.key === 'p') open(neighbour(-1));
    else if (event.key === 'a' && isChanged(file)) setMark(file.index, 'accepted');
    else if (event.key === 'x' && isChanged(file)) setMark(file.index, 'rejected');
    else return;
    event.preventDefault();
  });

  return (
    <>
      <header class="top">
        <a class="mark" href={addressOf({ ...route, file: null })} aria-label="dfsplit report: overview">
          <span class="logo" aria-hidden="true">
            <i />
            <i />
          </span>
          dfsplit
        </a>
        <span class="spacer" />
        <button type="button" class="quiet" onClick={() => setDialog('export')}>
          {marks.size > 0 ? `Export ${marks.size} ${marks.size === 1 ? 'verdict' : 'verdicts'}` : 'Export'}
        </button>
        <button type="button" class="quiet" onClick={() => setDialog('keys')} aria-label="Keyboard">
          <kbd>?</kbd>
        </button>
        <ThemeButton />
      </header>
      {file === undefined ? (
        <Overview
          files={files}
          selected={selected}
          filter={route.filter}
          marks={marks}
          onMark={setMark}
          onFilter={(filter) => go({ file: null, filter }, true)}
          address={(index) => addressOf({ ...route, file: index })}
          returning={returning.current}
        />
      ) : (
        <Review
          key={file.index}
          file={file}
          mark={marks.get(file.index) ?? null}
          onMark={(mark) => setMark(file.index, mark)}
          previous={neighbour(-1)}
          next={neighbour(1)}
          onOpen={open}
          onBack={back}
        />
      )}
      <footer class="foot">dfsplit {version}. This page holds everything it shows and asks no network.</footer>
      {dialog === 'keys' && <KeysDialog onClose={() => setDialog(null)} />}
      {dialog === 'export' && <ExportDialog files={files} marks={marks} onClose={() => setDialog(null)} />}
    </>
  );
}
