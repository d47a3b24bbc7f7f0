import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Ecosystem, ImageFiles, ProgramTraits } from '../knowledge/ecosystem.ts';
import { isStandardFolder } from '../knowledge/standard-folders.ts';
import type { Instruction } from '../syntax/document.ts';
import { baseName, isWithin, parentFolder, resolvePath } from '../syntax/paths.ts';
import type { StageFiles, WriteRecord } from './records.ts';
import type { Roots } from './roots.ts';
import type { Understanding } from './understand.ts';

/** Something the build stage made that the runtime stage takes over, at the same path. */
export interface Carry {
  readonly path: string;
  /** The instruction whose step made it; FROM for what the image brought along. */
  readonly writer: Instruction;
  readonly entry: string;
  readonly why: string;
}

export interface CarryPlan {
  readonly carries: readonly Carry[];
  readonly diagnostics: readonly Diagnostic[];
  /** Records that stay behind, for the evidence. */
  readonly left: readonly WriteRecord[];
  /** What the compiled programs do; null where their sources do not tell. */
  readonly traits: ProgramTraits | null;
  readonly compiled: boolean;
  readonly interpreted: boolean;
  /** Whose sources were compiled. */
  readonly compilers: readonly Ecosystem[];
}

/** Files of a project that neither compilers nor programs read. */
const METADATA =
  /(^|\/)(Dockerfile[^/]*|[^/]*\.Dockerfile|Containerfile|\.dockerignore|\.git[^/]*(\/.*)?|\.github\/.*|\.circleci\/.*|\.travis\.yml|\.gitlab-ci\.yml|\.editorconfig|\.golangci\.ya?ml|docker-compose[^/]*|compose\.ya?ml|LICEN[CS]E[^/]*|COPYING|NOTICE|README[^/]*|CHANGELOG[^/]*|CONTRIBUTING[^/]*|AUTHORS|CODEOWNERS|CODE_OF_CONDUCT[^/]*|Makefile|\.pre-commit-config\.yaml|\.vscode\/.*|\.idea\/.*)$/i;

/** Folders of the distribution, which are never carried as a whole. */
const SYSTEM_FOLDERS = new Set([
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
const TEMPORARY = /^\/(tmp|var\/tmp|var\/cache|var\/lib\/apt\/lists|run)(\/|$)/;
const MOST_ENTRIES = 10;

/** What the programs compiled in these folders do, taken together. */
function mergeTraits(
  folders: readonly { readonly folder: string; readonly ecosystem: Ecosystem }[],
  files: ImageFiles,
): ProgramTraits | null {
  const all = folders.map(({ folder, ecosystem }) => ecosystem.traits?.(folder, files) ?? null);
  if (all.length === 0 || all.some((traits) => traits === null)) return null;
  const known = all as ProgramTraits[];
  const any = (pick: (traits: ProgramTraits) => boolean): boolean => known.some(pick);
  return {
    readsFiles: any((t) => t.readsFiles),
    runs: known.flatMap((t) => t.runs),
    timeZones: any((t) => t.timeZones),
    certificates: any((t) => t.certificates),
    users: any((t) => t.users),
    evidence: (known[0] as ProgramTraits).evidence,
  };
}

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
      const child = resolvePath(path, name);
      return name.endsWith('/')
        ? METADATA.test(`${child.slice(1)}/x`) || onlyCompileInput(child, top, files, ecosystems, budget)
        : onlyCompileInputFile(child, top, ecosystems);
    })
  );
}

function onlyCompileInputFile(path: string, top: string, ecosystems: readonly Ecosystem[]): boolean {
  const relative = path.slice(top === '/' ? 1 : top.length + 1);
  return METADATA.test(relative) || ecosystems.some((ecosystem) => ecosystem.compileInput(relative));
}

/** Decides what the runtime stage takes over from the steps before `until`. `restated` tells what its own RUNs make again. */
export function planCarries(
  understanding: Understanding,
  stage: StageFiles,
  roots: Roots,
  until: number,
  restated: (path: string) => boolean,
): CarryPlan {
  const { files, image } = understanding;
  const records = stage.records.filter((record) => record.step.index < until);
  const carries: Carry[] = [];
  const left: WriteRecord[] = [];
  const diagnostics: Diagnostic[] = [];
  const commands = understanding.steps.slice(0, until).flatMap((step) => step.commands);
  const compiles = commands.flatMap((command) =>
    command.effects.flatMap((effect) =>
      effect.kind === 'compiles' && command.ecosystem !== null
        ? [{ folder: effect.folder, ecosystem: command.ecosystem }]
        : [],
    ),
  );
  const interpreted = commands.some(
    (command) =>
      command.ecosystem?.interpreted &&
      command.effects.some((effect) => effect.kind === 'builds-in-place' || effect.kind === 'dependencies'),
  );
  const compilers = [...new Set(compiles.map(({ ecosystem }) => ecosystem))];
  const traits = compiles.length === 0 ? null : mergeTraits(compiles, understanding.sources);
  const installs = records.some((record) => record.class === 'artifact');
  const carry = (record: WriteRecord, path: string, why: string): void => {
    carries.push({ path, writer: record.step.instruction, entry: record.command?.entry ?? 'instructions#copy', why });
  };
  const named = (path: string): boolean =>
    roots.files.includes(path) ||
    roots.needs.some(
      ({ name }) => name === path || (name === baseName(path) && onPath(understanding, parentFolder(path))),
    );
  // What lies among a compiler's intermediate results and is copied out of them serves by its copy.
  const isTakenElsewhere = (record: WriteRecord): boolean =>
    !named(record.path) &&
    records.some((other) => other.class === 'intermediate' && isWithin(record.path, other.path)) &&
    commands.some(({ effects }) => effects.some((effect) => effect.kind === 'copies' && effect.from === record.path));
  for (const record of records) {
    switch (record.class) {
      case 'artifact':
        if (isTakenElsewhere(record)) left.push(record);
        else carry(record, record.path, 'is built here');
        break;
      case 'program-folder': {
        const wanted = new Set<string>();
        for (const need of roots.needs)
          if (need.name !== null && !need.name.includes('/') && onPath(understanding, record.path))
            wanted.add(`${record.path}/${need.name}`);
        for (const file of roots.files) if (isWithin(file, record.path) && file !== record.path) wanted.add(file);
        const taken = commands.some((command) =>
          command.effects.some(
            (effect) =>
              ((effect.kind === 'copies' || effect.kind === 'moves') && isWithin(effect.from, record.path)) ||
              (effect.kind === 'reads' && isWithin(effect.path, record.path)),
          ),
        );
        const plausible = [...wanted].filter(
          (path) =>
            roots.files.includes(path) ||
            !records.some((other) => other.class === 'artifact' && baseName(other.path) === baseName(path)),
        );
        if (plausible.length > 0) for (const path of plausible) carry(record, path, 'is started by the container');
        else if (!taken && !installs)
          diagnostics.push({
            code: 'DF304',
            span: (record.command ?? record.step.instruction).span,
            args: { command: record.command?.argv.filter(Boolean).join(' ') ?? '', path: record.path },
          });
        else left.push(record);
        break;
      }
      case 'dependencies':
        carry(record, record.path, 'are dependencies read when it runs');
        break;
      case 'in-place': {
        const assumed = record.command?.effects.some((effect) => effect.kind === 'assumes') ?? false;
        const alive =
          record.command?.ecosystem?.interpreted ||
          roots.files.some((file) => isWithin(file, record.path)) ||
          !installs ||
          (assumed && !record.command?.effects.some((effect) => effect.kind === 'artifact'));
        if (!alive) left.push(record);
        else carry(record, record.path, 'is what the build leaves');
        break;
      }
      case 'data':
        if (!interpreted && onlyCompileInputFile(record.path, parentFolder(record.path), compilers)) left.push(record);
        else if (TEMPORARY.test(record.path) || restated(record.path) || isMadeFor(record, records)) left.push(record);
        else carry(record, record.path, 'is written here');
        break;
      case 'context':
        break;
      default:
        left.push(record);
    }
  }
  // Paths are told from the folder of the project that is compiled, where what is copied lies inside one.
  const projectOf = (path: string, otherwise: string): string =>
    compiles.find(({ folder }) => folder !== '/' && isWithin(path, folder) && path !== folder)?.folder ?? otherwise;
  const opened = traits !== null && !traits.readsFiles;
  for (const record of records) {
    if (record.class !== 'context' || covered(record.path, carries)) continue;
    const related = compiles.filter(({ folder }) => isWithin(folder, record.path) || isWithin(record.path, folder));
    if (compilers.length === 0 || interpreted || related.length === 0) {
      if (record.mapping?.kind === 'folder' && SYSTEM_FOLDERS.has(record.path))
        for (const name of files.list(record.path) ?? [])
          carry(record, resolvePath(record.path, name), 'comes from the build context');
      else carry(record, record.path, 'comes from the build context');
      continue;
    }
    // A file that is not there may be made before the build: then the sources here are not all there is either.
    if (opened && !record.missing) {
      left.push(record);
      continue;
    }
    if (record.mapping === null || !record.tree) {
      if (
        record.mapping !== null &&
        onlyCompileInputFile(record.path, projectOf(record.path, parentFolder(record.path)), compilers)
      )
        left.push(record);
      else carry(record, record.path, 'comes from the build context');
      continue;
    }
    const names = files.list(record.path);
    const budget = { left: 3000 };
    const kept =
      names === null
        ? null
        : names.filter(
            (name) =>
              !onlyCompileInput(
                resolvePath(record.path, name),
                projectOf(record.path, record.path),
                files,
                compilers,
                budget,
              ),
          );
    if (kept === null || (kept.length > MOST_ENTRIES && !SYSTEM_FOLDERS.has(record.path))) {
      diagnostics.push({ code: 'DF410', span: record.step.instruction.span, args: { folder: record.path } });
      carry(record, record.path, 'comes from the build context and may be read');
    } else {
      for (const name of kept)
        carry(record, resolvePath(record.path, name), 'comes from the build context and may be read');
      if (kept.length < (names?.length ?? 0)) left.push(record);
    }
  }
  // What the container's own words name is there, whatever else it may serve.
  for (const file of roots.files)
    for (const record of records)
      if (record.class === 'context' && isWithin(file, record.path) && !covered(file, carries) && isThere(file, files))
        carry(record, file, 'is named by the container');
  const minimal = carries.filter(
    (one, index) =>
      carries.findIndex((other) => other.path === one.path) === index &&
      !carries.some((other) => other.path !== one.path && isWithin(one.path, other.path)),
  );
  for (const one of minimal) {
    const tree = image?.toolchainTrees.some((folder) => isWithin(folder, one.path)) && one.path !== '/usr/local/bin';
    if (SYSTEM_FOLDERS.has(one.path) || tree)
      diagnostics.push({
        code: 'DF304',
        span: one.writer.span,
        args: { command: one.writer.keyword, path: one.path },
      });
  }
  return {
    carries: wholeFolders(minimal, records, left, restated, understanding),
    diagnostics,
    left,
    traits,
    compiled: compilers.length > 0,
    interpreted,
    compilers,
  };
}

/** One copy of the folder that the file itself made, where all that lies in it is carried anyway. */
function wholeFolders(
  carries: readonly Carry[],
  records: readonly WriteRecord[],
  left: readonly WriteRecord[],
  restated: (path: string) => boolean,
  { steps }: Understanding,
): Carry[] {
  const made = new Set(steps.flatMap(({ before, after }) => [before.workdir, after.workdir]));
  const stays = (record: WriteRecord): boolean =>
    (left.includes(record) && !restated(record.path)) || /^(cache|intermediate|toolchain)$/.test(record.class);
  const whole = (folder: string): boolean =>
    made.has(folder) &&
    !isStandardFolder(folder) &&
    carries.filter((one) => parentFolder(one.path) === folder).length > 1 &&
    records.every(
      (record) =>
        !isWithin(record.path, folder) || ((covered(record.path, carries) || restated(record.path)) && !stays(record)),
    );
  const folders = new Set(carries.map((one) => parentFolder(one.path)).filter(whole));
  const joined = carries.flatMap((one, index) => {
    const folder = parentFolder(one.path);
    if (!folders.has(folder)) return [one];
    const first = carries.findIndex((other) => parentFolder(other.path) === folder) === index;
    return first ? [{ ...one, path: folder, why: 'holds what is built and copied here' }] : [];
  });
  return joined.filter((one) => !joined.some((other) => other.path !== one.path && isWithin(one.path, other.path)));
}

/** A folder made for what a build puts into it: what of that stays brings the folder along. */
function isMadeFor(folder: WriteRecord, records: readonly WriteRecord[]): boolean {
  const makes = folder.command?.effects.some((effect) => effect.kind === 'makes-folder' && effect.path === folder.path);
  return (
    makes === true &&
    records.some((record) => record !== folder && record.class !== 'data' && isWithin(record.path, folder.path))
  );
}

const isThere = (path: string, files: ImageFiles): boolean => files.read(path) !== null || files.list(path) !== null;

const covered = (path: string, carries: readonly Carry[]): boolean => carries.some((one) => isWithin(path, one.path));

/** True where a folder is on the PATH that the container has. */
export function onPath({ final }: Understanding, folder: string): boolean {
  return (final.env.get('PATH') ?? '').split(':').includes(folder);
}
