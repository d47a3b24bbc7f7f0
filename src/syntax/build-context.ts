/**
 * The files a build may COPY, seen read-only. Paths are relative to the context root, with `/`, without a leading `./`;
 * `''` is the root. What .dockerignore leaves out is not there. Nothing outside the root is ever read.
 */
export interface BuildContext {
  /** Names in a folder in code-point order, folders with a trailing `/`; null where there is no such folder. */
  list(folder: string): readonly string[] | null;
  /** The text of a file, null where there is none, or it is too large, or it is not text. */
  read(file: string): string | null;
  /** What stands at the path. */
  kind(path: string): 'file' | 'folder' | null;
}
