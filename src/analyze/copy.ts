import { isProgramFile } from '../knowledge/program-files.ts';
import type { BuildContext } from '../syntax/build-context.ts';
import type { Instruction } from '../syntax/document.ts';
import { expandHeredoc } from '../syntax/expand.ts';
import { globMatcher } from '../syntax/glob.ts';
import { baseName, resolvePath } from '../syntax/paths.ts';
import { words } from '../syntax/words.ts';
import type { Mapping } from './image-files.ts';
import { expandIn, lookup, type State } from './state.ts';

/** What a COPY or ADD puts into the image. */
export interface CopyFacts {
  /** The flag --from; null for the build context. */
  readonly from: string | null;
  readonly owner: string | null;
  /** The flag --chmod. */
  readonly mode: string | null;
  /** The folder or file written, absolute; null where it cannot be told. */
  readonly target: string | null;
  /** What lies where; null where the sources cannot be told (a glob without context, an archive, a URL). */
  readonly mappings: readonly Mapping[] | null;
  /** What is copied, as the instruction names it; null for a name that cannot be told. */
  readonly sources: readonly (string | null)[];
  /** A source is fetched or unpacked by ADD: more may be written than the names say. */
  readonly unpacks: boolean;
  /** Programs that are taken out of an image or a stage, and what ADD fetches: where each file is written. */
  readonly files?: readonly string[];
}

/** An address of one file: those of repositories, and with a flag to unpack it, are more. */
const isFetched = (source: string): boolean =>
  /^https?:\/\/[^/]+\/[^#]*[^/#]$/.test(source) && !/\.git$/.test(source.replace(/\?.*/, ''));

/** The name under which ADD saves what lies at an address. */
const fetchedName = (address: string): string => baseName(address.replace(/[?#].*/, ''));

const flag = (instruction: Instruction, name: string): string | null =>
  instruction.flags.find((candidate) => candidate.name === name)?.value ?? null;

function matches(glob: string, context: BuildContext): string[] {
  let found = [''];
  for (const segment of glob.split('/').filter((part) => part !== '' && part !== '.')) {
    const isMatch = globMatcher(segment, '*?[');
    found = found.flatMap((folder) =>
      (context.list(folder) ?? [])
        .map((name) => (name.endsWith('/') ? name.slice(0, -1) : name))
        .filter(isMatch)
        .map((name) => (folder === '' ? name : `${folder}/${name}`)),
    );
  }
  return found;
}

/** Reads a COPY or ADD with the state in force. `isFolder` tells of a path whether a folder is known to be there. */
export function readCopy(
  instruction: Instruction,
  state: State,
  escape: string,
  context: BuildContext | null,
  isFolder: (path: string) => boolean,
): CopyFacts {
  const raw = instruction.exec ?? words(instruction.rest).map((word) => word.raw);
  const values = raw.map((word) => expandIn(state, word, escape));
  const from = flag(instruction, 'from');
  const expanded = (name: string): string | null => {
    const value = flag(instruction, name);
    return value === null ? null : (expandIn(state, value, escape) ?? value);
  };
  const [owner, mode] = [expanded('chown'), expanded('chmod')];
  const last = values.at(-1) ?? null;
  const absolute =
    last === null || (state.workdir === null && !last.startsWith('/')) ? null : resolvePath(state.workdir ?? '/', last);
  const sources = values.slice(0, -1);
  const facts = { from, owner, mode, target: absolute, sources };
  if (
    from !== null &&
    absolute !== null &&
    last !== null &&
    sources.every((source) => isProgramFile(from, source ?? ''))
  ) {
    const inside = /\/$|(^|\/)\.$/.test(last) || sources.length > 1 || isFolder(absolute);
    const files = inside ? sources.map((source) => resolvePath(absolute, baseName(source as string))) : [absolute];
    return { mappings: null, unpacks: false, files, ...facts };
  }
  if (from !== null || absolute === null || last === null || sources.includes(null))
    return { mappings: null, unpacks: false, ...facts };
  const known = (sources as string[]).filter((source) => !/^(<<|-$)/.test(source));
  const isAdd = instruction.keyword === 'ADD';
  const unpacks =
    isAdd && known.some((source) => /^(https?|git|ftp):|^git@|\.(tar|tgz|tbz2?|txz|tar\.\w+)$/.test(source));
  const mappings: Mapping[] = [];
  const intoFolder = /\/$|(^|\/)\.$/.test(last) || sources.length > 1 || isFolder(absolute);
  const heredocs = instruction.heredocs;
  for (const heredoc of heredocs) {
    const path = intoFolder ? resolvePath(absolute, heredoc.name) : absolute;
    const { content, quoted } = heredoc;
    const text = quoted ? content : expandHeredoc(content, (name) => lookup(state, name), escape);
    mappings.push({ kind: 'content', path, text: text ?? content });
  }
  // What comes from an address is not unpacked: https://docs.docker.com/reference/dockerfile/#add
  if (isAdd && known.length === 1 && known.length === sources.length && isFetched(known[0] as string)) {
    const path = intoFolder ? resolvePath(absolute, fetchedName(known[0] as string)) : absolute;
    return { mappings: null, unpacks, files: [path], ...facts };
  }
  if (unpacks) return { mappings: null, unpacks, ...facts };
  for (const source of known) {
    const path = resolvePath('/', source).slice(1);
    if (!/[*?[]/.test(path)) {
      const kind = path === '' ? 'folder' : (context?.kind(path) ?? null);
      if (kind === null && context !== null && !/\.\w+$/.test(path)) return { mappings: null, unpacks, ...facts };
      if (kind === null && context === null) return { mappings: null, unpacks, ...facts };
      if (kind === 'folder') mappings.push({ kind, path: absolute, source: path });
      else
        mappings.push({
          kind: 'file',
          path: intoFolder ? resolvePath(absolute, baseName(path)) : absolute,
          source: path,
          missing: kind === null,
        });
      continue;
    }
    if (context === null) return { mappings: null, unpacks, ...facts };
    for (const match of matches(path, context)) {
      if (context.kind(match) === 'folder') mappings.push({ kind: 'folder', path: absolute, source: match });
      else mappings.push({ kind: 'file', path: resolvePath(absolute, baseName(match)), source: match, missing: false });
    }
  }
  // A pattern that finds nothing means files that are made before the build.
  return { mappings: mappings.length === 0 && known.length > 0 ? null : mappings, unpacks, ...facts };
}
