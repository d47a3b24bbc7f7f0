/** The run-time packages of development packages, as a distribution's own index has them. */
export interface LibraryIndex {
  /** Those of one release; null where the release has none such. */
  readonly in: (release: string, name: string) => readonly string[] | null;
  /** Those of a package that has had the same ones in every release up to the newest; null of any other. */
  readonly always: (name: string) => readonly string[] | null;
  /** Whether any release has it. */
  readonly has: (name: string) => boolean;
}

/** The names of a front-coded list, each with what stands behind the space. */
export function decodeNames(text: string): (readonly [name: string, value: string])[] {
  let before = '';
  return text.split(';').map((coded) => {
    const space = coded.indexOf(' ');
    const end = space < 0 ? coded.length : space;
    before = before.slice(0, Number.parseInt(coded[0] ?? '0', 36)) + coded.slice(1, end);
    return [before, coded.slice(end + 1)] as const;
  });
}

/** An index as `encodeLibraries` in dev/generate-packages.ts writes it, decoded when the first package is asked for. */
export function libraryIndex(text: string, releases: readonly string[]): LibraryIndex {
  let sets: ReadonlyMap<string, string> | null = null;
  const columnsOf = (name: string): readonly string[] | undefined => {
    sets ??= new Map(decodeNames(text));
    return sets.get(name)?.split(' ');
  };
  const read = (name: string, column: string): readonly string[] => {
    const stem = name.replace(/-dev$/, '');
    return column.split(',').flatMap((library) => (library === '' ? [] : [library.replace('~', stem)]));
  };
  return {
    in: (release, name) => {
      const at = releases.indexOf(release);
      const columns = columnsOf(name);
      if (columns === undefined || at < 0) return null;
      const column = columns.slice(0, at + 1).findLast((set) => set !== '=');
      return column === undefined || column === '-' ? null : read(name, column);
    },
    always: (name) => {
      const columns = (columnsOf(name) ?? []).filter((set) => set !== '=');
      // A package may have come late; one that was once given up has other libraries behind its name.
      const [first = '-', ...others] = columns[0] === '-' ? columns.slice(1) : columns;
      return first === '-' || others.length > 0 ? null : read(name, first);
    },
    has: (name) => columnsOf(name) !== undefined,
  };
}
