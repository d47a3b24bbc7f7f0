import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Ecosystem, ImageFiles } from '../knowledge/ecosystem.ts';
import { isWithin, listedPath, parentFolder } from '../syntax/paths.ts';
import type { Carry } from './carry.ts';
import type { StageFiles, WriteRecord } from './records.ts';
import { presence } from './removals.ts';
import { carrier } from './sure-path.ts';
import type { Step } from './understand.ts';

/** Files that serve the repository, its builders and editors: neither compilers nor programs read them. */
export const METADATA =
  /(^|\/)(Dockerfile[^/]*|[^/]*\.Dockerfile|Containerfile|\.dockerignore|\.git(ignore|attributes|keep|modules|review|-blame-ignore-revs)?(\/.*)?|\.gitpod[^/]*|\.gitlab[^/]*|\.github\/.*|\.circleci\/.*|\.travis\.yml|\.editorconfig|\.golangci\.ya?ml|docker-compose[^/]*|compose\.ya?ml|CODEOWNERS|Makefile|\.pre-commit-config\.yaml|\.vscode\/.*|\.idea\/.*)$/is;

/** Folders of the distribution, which are never carried as a whole. */
export const SYSTEM_FOLDERS = new Set([
  '/',
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib64',
  '/proc',
  '/run',
  '/sbin',
  '/sys',
  '/usr',
  '/usr/bin',
  '/usr/lib',
  '/usr/sbin',
  '/usr/share',
  '/var',
  '/var/lib',
  '/home',
  '/tmp',
]);
/** Above this number one copy of the folder reads better than many of what lies in it. */
const MOST_ENTRIES = 12;
const MOST_FILES = 3000;

/** True where every file below the folder is read by the compiler alone; null where there are too many to look at. */
function onlyCompileInput(
  path: string,
  top: string,
  files: ImageFiles,
  ecosystems: readonly Ecosystem[],
  budget: { left: number },
): boolean {
  const relative = path.slice(top === '/' ? 1 : top.length + 1);
  if (ecosystems.some((ecosystem) => ecosystem.compileInput(relative)) || METADATA.test(relative)) return true;
  const names = files.list(path);
  if (names === null || budget.left-- < 0) return false;
  return (
    names.length > 0 &&
    names.every((name) => {
      const child = listedPath(path, name);
      return name.endsWith('/')
        ? METADATA.test(`${child.slice(1)}/x`) || onlyCompileInput(child, top, files, ecosystems, budget)
        : onlyCompileInputFile(child, top, ecosystems);
    })
  );
}

/** The same of one file. */
export function onlyCompileInputFile(path: string, top: string, ecosystems: readonly Ecosystem[]): boolean {
  const relative = path.slice(top === '/' ? 1 : top.length + 1);
  return METADATA.test(relative) || ecosystems.some((ecosystem) => ecosystem.compileInput(relative));
}

/** What is known of the sources when the files of the build context are divided. */
interface Sources {
  readonly records: readonly WriteRecord[];
  /** What is carried already. */
  readonly carries: readonly Carry[];
  readonly compiles: readonly { readonly folder: string; readonly ecosystem: Ecosystem }[];
  readonly interpreted: boolean;
  /** The compiled programs may open files. */
  readonly opened: boolean;
  /** The image starts in the root folder: a relative path there means the same in the runtime stage. */
  readonly rootFirst: boolean;
  /** Folders of sources that nothing leads them to. */
  readonly forgotten: readonly string[];
}

interface Divided {
  readonly carries: readonly Carry[];
  readonly left: readonly WriteRecord[];
  /** Steps that copy what the container needs as it is, so that they stand in both stages. */
  readonly again: readonly Step[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Files of the build context: what only a compiler reads stays behind, anything else may be read by the program. */
export function contextCarries(
  sources: Sources,
  named: readonly string[],
  files: ImageFiles,
  stage: StageFiles,
): Divided {
  const { records, compiles, interpreted, opened } = sources;
  const carries: Carry[] = [];
  const left: WriteRecord[] = [];
  const again: Step[] = [];
  const diagnostics: Diagnostic[] = [];
  const compilers = [...new Set(compiles.map(({ ecosystem }) => ecosystem))];
  const isCovered = (path: string): boolean => covered(path, sources.carries) || covered(path, carries);
  const carry = carrier(stage, carries, diagnostics);
  // Paths are told from the folder of the project that is compiled, where what is copied lies inside one.
  const projectOf = (path: string, otherwise: string): string =>
    compiles.find(({ folder }) => folder !== '/' && isWithin(path, folder) && path !== folder)?.folder ?? otherwise;
  const isFileInput = (path: string): boolean =>
    onlyCompileInputFile(path, projectOf(path, parentFolder(path)), compilers);
  for (const record of records) {
    const { path, mapping } = record;
    if (record.class !== 'context' || isCovered(path)) continue;
    const { word } = record.step;
    if (word?.kind === 'build') {
      left.push(record);
      continue;
    }
    const related = compiles.some(({ folder }) => isWithin(folder, path) || isWithin(path, folder));
    if (word?.kind === 'keep' || compilers.length === 0 || interpreted || !related) {
      const listed = mapping?.kind === 'folder' && SYSTEM_FOLDERS.has(path) ? (files.list(path) ?? []) : null;
      const inside = listed?.filter((name) => !stage.links.has(listedPath(path, name))) ?? null;
      if (inside !== null && isAsCopied(record, inside, stage, sources.rootFirst)) {
        again.push(record.step);
        continue;
      }
      for (const one of inside?.map((name) => listedPath(path, name)) ?? [path])
        carry(record, one, word === undefined ? originOf(record) : 'is kept by the author');
      // A file that is not there may be made before the build: then the sources here are not all there is either.
    } else if (!opened && !record.missing) left.push(record);
    else if (sources.forgotten.some((folder) => isWithin(path, folder))) left.push(record);
    else if (mapping === null || !record.tree) {
      if (mapping !== null && isFileInput(path)) left.push(record);
      else carry(record, path, originOf(record));
    } else {
      const names = files.list(path);
      const budget = { left: MOST_FILES };
      const project = projectOf(path, path);
      const kept = names?.filter(
        (name) =>
          // A link that a command made is told of by its own record.
          !stage.links.has(listedPath(path, name)) &&
          presence(listedPath(path, name), record.order, stage.removals) !== 'gone' &&
          !onlyCompileInput(listedPath(path, name), project, files, compilers, budget),
      );
      if (kept === undefined || (kept.length > MOST_ENTRIES && !SYSTEM_FOLDERS.has(path))) {
        diagnostics.push({ code: 'DF410', span: record.step.instruction.span, args: { folder: path } });
        carry(record, path, `${originOf(record)} and may be read`);
        continue;
      }
      for (const name of kept) carry(record, listedPath(path, name), `${originOf(record)} and may be read`);
      if (kept.length < (names?.length ?? 0)) left.push(record);
    }
  }
  // What the container's own words name is there, whatever else it may serve.
  for (const file of named)
    for (const record of records)
      if (record.class === 'context' && isWithin(file, record.path) && !isCovered(file) && isThere(file, files))
        carry(record, file, 'is named by the container');
  return { carries, left, again, diagnostics };
}

const originOf = ({ step: { copy } }: WriteRecord): string =>
  copy?.from == null
    ? copy?.files === undefined
      ? 'comes from the build context'
      : 'is fetched'
    : `is copied from ${copy.from}`;

/** What lies in a folder of the system is copied again by the author's own instruction, where it is as it was copied. */
function isAsCopied(
  { path, step }: WriteRecord,
  names: readonly string[],
  stage: StageFiles,
  rootFirst: boolean,
): boolean {
  const absolute = /\s["']?\/[^\s]*["'\]]?\s*$/.test(step.instruction.rest.text);
  const own = (other: string): boolean =>
    isWithin(path, other) || names.some((name) => isWithin(other, listedPath(path, name)));
  return (
    (absolute || (step.before.workdir === '/' && rootFirst)) &&
    step.copy?.from === null &&
    // What a step writes over it, or merges into it, is not what was copied.
    !stage.history.some(
      (record) => record.class !== 'context' && names.some((name) => isWithin(record.path, listedPath(path, name))),
    ) &&
    !stage.removals.some((removal) => own(removal.path)) &&
    !stage.ownerships.some((one) => one.step.index > step.index && own(one.path))
  );
}

const isThere = (path: string, files: ImageFiles): boolean => files.read(path) !== null || files.list(path) !== null;

/** True where the path is carried, by itself or in a folder. */
export const covered = (path: string, carries: readonly Carry[]): boolean =>
  carries.some((one) => isWithin(path, one.path));
