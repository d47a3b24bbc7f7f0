import { useState } from 'preact/hooks';
import type { File } from './report.ts';

export type Mark = 'accepted' | 'rejected';

/** The reader's verdicts by file. */
export type Marks = ReadonlyMap<number, Mark>;

/** The same files give the same key: a report that was made again finds the verdicts of its last reading. */
function storageKey(files: readonly File[]): string {
  let hash = 5381;
  for (const { path } of files)
    for (let at = 0; at < path.length; at++) hash = ((hash << 5) + hash + path.charCodeAt(at)) | 0;
  return `dfsplit-marks-${files.length}-${hash >>> 0}`;
}

/** Storage may be switched off: then the verdicts last as long as the page. */
function stored(key: string): [number, Mark][] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as [number, Mark][];
  } catch {
    return [];
  }
}

/** The verdicts, and how to set or take back one. */
export function useMarks(files: readonly File[]): [Marks, (index: number, mark: Mark | null) => void] {
  const [key] = useState(() => storageKey(files));
  const [marks, setMarks] = useState<Marks>(() => new Map(stored(key)));
  return [
    marks,
    (index, mark) => {
      const next = new Map(marks);
      if (mark === null || marks.get(index) === mark) next.delete(index);
      else next.set(index, mark);
      setMarks(next);
      try {
        localStorage.setItem(key, JSON.stringify([...next]));
      } catch {}
    },
  ];
}

/** A list for `--files-from`, one path a line; a path with a line break cannot stand in it. */
export function fileList(files: readonly File[], marks: Marks, mark: Mark): string {
  return files
    .filter(({ index, path }) => marks.get(index) === mark && !/[\r\n]/.test(path))
    .map(({ path }) => `${path}\n`)
    .join('');
}

/** The command that writes what was accepted, assumptions included where it rests on some. */
export function writeCommand(files: readonly File[], marks: Marks): string {
  const codes = new Set(
    files.filter(({ index }) => marks.get(index) === 'accepted').flatMap(({ assumptions }) => assumptions),
  );
  return `dfsplit --write${codes.size > 0 ? ` --assume ${[...codes].sort().join(',')}` : ''} --files-from accepted.txt`;
}
