import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Ecosystem, ImageFiles, ProgramTraits } from '../knowledge/ecosystem.ts';
import { isScratchFolder, isStandardFolder } from '../knowledge/standard-folders.ts';
import type { Instruction } from '../syntax/document.ts';
import { baseName, isWithin, parentFolder } from '../syntax/paths.ts';
import { programsAmongOwn } from './among-own.ts';
import { startsCompiledAlone, startsOthers } from './compiled-alone.ts';
import { contextCarries, covered, onlyCompileInputFile, SYSTEM_FOLDERS } from './context-carries.ts';
import { enclosingFolder } from './enclosed-links.ts';
import { fetchedFolder } from './fetched-folder.ts';
import { forgottenSources } from './forgotten-sources.ts';
import { behindLinks } from './links.ts';
import { mayName, mayStart } from './programs.ts';
import type { StageFiles, WriteRecord } from './records.ts';
import type { Roots } from './roots.ts';
import { isUnserved, servedPaths } from './served-alone.ts';
import { onPath, searchedFolders, startedIn, startsTaken, takes } from './started-files.ts';
import { carrier } from './sure-path.ts';
import type { Step, Understanding } from './understand.ts';
import { isUnread, unreadProjects } from './unread-projects.ts';

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
  /** A server starts alone, and all that its settings name is known. */
  readonly served: boolean;
  /** Whose sources were compiled. */
  readonly compilers: readonly Ecosystem[];
  /** Steps that copy from the build context what the container needs as it is. */
  readonly again: readonly Step[];
}

const TEMPORARY = /^\/(tmp|var\/tmp|var\/cache|var\/lib\/apt\/lists|run)(\/|$)/;
/** Places of programs that run, where a folder is made for one of them: https://refspecs.linuxfoundation.org/FHS_3.0/fhs/ch03s15.html */
const OF_PROGRAMS = /^\/(run|var\/cache\/(?!(apk|apt|debconf|dnf|fontconfig|ldconfig|man|yum|zypp)(\/|$)))/;
const isTemporary = ({ path, command }: WriteRecord): boolean =>
  TEMPORARY.test(path) &&
  !(
    OF_PROGRAMS.test(path) &&
    command?.effects.some((effect) => effect.kind === 'makes-folder' && effect.path.replace(/\/$/, '') === path)
  );

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
    mayRun: known.flatMap((t) => t.mayRun),
    timeZones: any((t) => t.timeZones),
    certificates: any((t) => t.certificates),
    users: any((t) => t.users),
    ...(known.every((t) => t.libraries !== undefined) ? { libraries: known.flatMap((t) => t.libraries ?? []) } : {}),
    evidence: (known[0] as ProgramTraits).evidence,
  };
}

/** What COPY would read otherwise than as a name: quotes, variables, patterns. */
const UNWRITABLE = /["'$\\`*?]/;

/** Decides what the runtime stage takes over from the steps before `until`. `restated` tells what its own RUNs make again. */
export function planCarries(
  understanding: Understanding,
  stage: StageFiles,
  roots: Roots,
  until: number,
  restated: (record: WriteRecord) => boolean,
): CarryPlan {
  const { image } = understanding;
  const records = stage.records.filter((record) => record.step.index < until);
  const carries: Carry[] = [];
  const left: WriteRecord[] = [];
  const diagnostics: Diagnostic[] = [];
  const commands = understanding.steps.slice(0, until).flatMap((step) => step.commands);
  const compiles = commands.flatMap((command) =>
    command.effects.flatMap((effect) =>
      effect.kind === 'compiles' && command.ecosystem !== null
        ? [
            {
              folder: effect.folder,
              ecosystem: command.ecosystem,
              runs: command.effects.some(({ kind }) => kind === 'runs'),
            },
          ]
        : [],
    ),
  );
  const builtByInterpreter = commands.some(
    (command) =>
      command.ecosystem?.interpreted &&
      command.effects.some((effect) => effect.kind === 'builds-in-place' || effect.kind === 'dependencies'),
  );
  const compilers = [...new Set(compiles.map(({ ecosystem }) => ecosystem))];
  // What runs a script compiles what the commands of the script do.
  const inner = compiles.filter(({ runs }) => !runs);
  const compiled = inner.length > 0 ? inner : compiles;
  const traits = compiled.length === 0 ? null : mergeTraits(compiled, understanding.sources);
  // A container that starts what was compiled needs no interpreter, whatever built its files.
  const settings = builtByInterpreter ? servedPaths(roots, understanding) : null;
  const served = settings !== null;
  const interpreted = builtByInterpreter && !served && !startsCompiledAlone(roots, records, understanding, traits);
  const opened = traits === null || traits.readsFiles || startsOthers(roots, records, understanding);
  const installs = records.some((record) => record.class === 'artifact');
  const enclosed: WriteRecord[] = [];
  const carry = carrier(stage, carries, diagnostics);
  const searched = searchedFolders(understanding, roots, records);
  // The file itself tells where programs are looked for.
  const hasPrograms = (path: string): boolean =>
    (understanding.final.env.get('PATH') ?? '').split(':').some((folder) => isWithin(folder, path));
  const isNamed = (path: string): boolean =>
    roots.files.includes(path) ||
    roots.needs.some(
      ({ name }) => name === path || (name === baseName(path) && onPath(understanding, parentFolder(path))),
    );
  // What lies among a compiler's intermediate results and is copied out of them serves by its copy.
  const isTakenElsewhere = (record: WriteRecord): boolean =>
    !isNamed(record.path) &&
    records.some((other) => other.class === 'intermediate' && isWithin(record.path, other.path)) &&
    commands.some(({ effects }) => takes(effects, record.path));
  // Of the folder that a build tool fills, the container starts what was taken out of it, and names nothing else.
  const isStartedElsewhere = (record: WriteRecord): boolean =>
    record.tree &&
    record.command?.ecosystem?.interpreted === false &&
    ![...roots.files, ...searched, understanding.final.workdir ?? '/'].some((path) => isWithin(path, record.path)) &&
    commands.some((command) => startsTaken(command, record.path, roots));
  // What a program alone reads is of no use to a container that does not start it.
  const isIdle = (record: WriteRecord): boolean =>
    record.command?.effects.some(
      (effect) =>
        (effect.kind === 'program-data' || (effect.kind === 'writes' && !interpreted)) &&
        effect.programs !== undefined &&
        effect.path === record.path &&
        !mayStart(effect.programs, roots, understanding) &&
        !effect.programs.some((name) => traits?.runs.includes(name) || traits?.mayRun.includes(name)),
    ) ?? false;
  // A tool that the file put on the PATH, and that the container's own words or its sources name.
  const isStartedTool = ({ class: kind, path }: WriteRecord): boolean =>
    kind === 'toolchain' && onPath(understanding, parentFolder(path)) && mayName(baseName(path), roots, understanding);
  // A tool on the PATH that no command of the build names serves whatever else the container starts.
  const isUnusedTool = ({ class: kind, path }: WriteRecord): boolean =>
    kind === 'toolchain' &&
    (interpreted || traits === null || startsOthers(roots, records, understanding)) &&
    onPath(understanding, parentFolder(path)) &&
    !commands.some(({ argv }) => argv.some((word) => word !== null && baseName(word) === baseName(path)));
  // Some other place has the program that the container starts.
  const isProvided = records.some((record) =>
    record.class === 'program-folder'
      ? startedIn(record, stage.records, roots, understanding).length > 0
      : record.class === 'data' && isNamed(record.path),
  );
  const isSearched = records.some(
    (record) => record.class === 'intermediate' && searched.some((folder) => isWithin(folder, record.path)),
  );
  const reach = unreadProjects(understanding, roots, records, settings);
  for (const record of records) {
    const { word } = record.step;
    // Packages without their interpreter serve nobody, unless they are served themselves.
    const isIdlePackage =
      /^(dependencies|program-folder)$/.test(record.class) &&
      record.command?.ecosystem?.interpreted === true &&
      settings !== null &&
      !settings.some((path) => path !== '/' && (isWithin(path, record.path) || isWithin(record.path, path)));
    if (word?.kind !== 'keep' && (isIdlePackage || isUnread(record, reach))) {
      left.push(record);
      for (const path of reach.served)
        if (isWithin(path, record.path)) carry(record, path, 'is served by the container');
      continue;
    }
    if (word?.kind === 'keep' && record.class !== 'context') {
      if (restated(record)) left.push(record);
      else carry(record, record.path, 'is kept by the author');
      continue;
    }
    if (word?.kind === 'build' && record.class === 'data') {
      left.push(record);
      continue;
    }
    switch (record.class) {
      case 'artifact':
        if (isTakenElsewhere(record) || isStartedElsewhere(record)) left.push(record);
        else carry(record, record.path, 'is built here');
        break;
      case 'program-folder': {
        const taken = commands.some((command) =>
          command.effects.some(
            (effect) =>
              ((effect.kind === 'copies' || effect.kind === 'moves') && isWithin(effect.from, record.path)) ||
              (effect.kind === 'reads' && isWithin(effect.path, record.path)),
          ),
        );
        const plausible = startedIn(record, stage.records, roots, understanding);
        if (plausible.length > 0) for (const path of plausible) carry(record, path, 'is started by the container');
        else if (roots.files.includes(record.path)) carry(record, record.path, 'is named by the container');
        else if (!taken && !installs && !isProvided && !isSearched)
          diagnostics.push({
            code: 'DF328',
            span: (record.command ?? record.step.instruction).span,
            args: { command: commandOf(record), path: record.path },
          });
        else left.push(record);
        break;
      }
      case 'dependencies':
        if (!interpreted && !opened) left.push(record);
        else carry(record, record.path, 'are dependencies read when it runs');
        break;
      case 'in-place': {
        const assumed = record.command?.effects.some((effect) => effect.kind === 'assumes') ?? false;
        const alive =
          (record.command?.ecosystem?.interpreted && (interpreted || opened)) ||
          [...roots.files, ...searched].some((path) => isWithin(path, record.path)) ||
          !installs ||
          (assumed && !record.command?.effects.some((effect) => effect.kind === 'artifact'));
        if (!alive) left.push(record);
        else carry(record, record.path, 'is what the build leaves');
        break;
      }
      case 'data':
        if (!interpreted && onlyCompileInputFile(record.path, parentFolder(record.path), compilers)) left.push(record);
        else if (isIdle(record)) left.push(record);
        else if ((isTemporary(record) && !hasPrograms(record.path)) || restated(record) || isMadeFor(record, records))
          left.push(record);
        else if (enclosingFolder(record, image) !== null) enclosed.push(record);
        else carry(record, record.path, 'is written here');
        break;
      case 'superseded': {
        const others = records.filter((other) => other !== record);
        const named = roots.files.some((file) => isWithin(file, record.path) && !isMadeExactly(file, others, carries));
        if (named) carry(record, record.path, 'is built here');
        else left.push(record);
        break;
      }
      case 'context':
        break;
      default: {
        const fetched = fetchedFolder(record, records, understanding);
        if (fetched !== null) carry(record, fetched, 'was fetched, and the container starts in it');
        else if (isStartedTool(record)) carry(record, record.path, 'may be started by the container');
        else if (isUnusedTool(record)) carry(record, record.path, 'is a tool that the build does not use');
        else left.push(record);
      }
    }
  }
  for (const record of enclosed)
    if (left.some(({ path }) => path === stage.links.get(record.path))) left.push(record);
    else carry(record, enclosingFolder(record, image) as string, 'holds a link that is made here');
  // What the container's own words name among intermediate results, and nobody made more exactly, is no intermediate one.
  for (const record of records.filter((one) => one.class === 'intermediate'))
    if (roots.files.some((file) => isWithin(file, record.path) && !isMadeExactly(file, records, carries)))
      carry(record, record.path, 'is named by the container');
    else
      for (const folder of searched)
        if (isWithin(folder, record.path)) carry(record, folder, 'is on the PATH of what the container starts');
  const own = programsAmongOwn(understanding, stage, roots, until);
  if (interpreted || opened) {
    carries.push(...own.programs);
    diagnostics.push(...own.diagnostics);
  }
  const forgotten = interpreted ? [] : forgottenSources(understanding, roots, compiles);
  const isLeft = (record: WriteRecord): boolean =>
    isUnread(record, reach) || (settings !== null && isUnserved(record.path, settings, roots, understanding));
  const read = records.filter((record) => record.step.word?.kind === 'keep' || !isLeft(record));
  const sources = {
    records: read,
    carries,
    compiles,
    interpreted,
    opened,
    forgotten,
    rootFirst: image?.workdir === '/',
  };
  const named = [...new Set(roots.files.flatMap((file) => [file, behindLinks(file, stage)]))];
  // What later steps copy to the same place is not there when the build is done.
  const context = contextCarries(sources, named, understanding.filesBefore(until), stage);
  carries.push(...context.carries);
  left.push(...context.left);
  diagnostics.push(...context.diagnostics);
  const minimal = carries.filter(
    (one, index) =>
      carries.findIndex((other) => other.path === one.path) === index &&
      !carries.some((other) => other.path !== one.path && isWithin(one.path, other.path)),
  );
  for (const one of minimal) {
    const tree = image?.toolchainTrees.some((folder) => isWithin(folder, one.path)) && one.path !== '/usr/local/bin';
    const maker = records.find(({ path, step }) => path === one.path && step.instruction === one.writer);
    // What the author put there by hand is the container's own.
    const unpacked = isScratchFolder(one.path) && maker?.step.copy != null;
    if (unpacked || (!SYSTEM_FOLDERS.has(one.path) && !tree && !UNWRITABLE.test(one.path))) continue;
    diagnostics.push({
      code: 'DF304',
      span: (maker?.command ?? one.writer).span,
      args: { command: maker === undefined ? one.writer.keyword : commandOf(maker), path: one.path },
    });
  }
  return {
    carries: wholeFolders(minimal, records, left, restated, understanding),
    diagnostics,
    left,
    traits,
    compiled: compilers.length > 0,
    interpreted,
    served,
    compilers,
    again: context.again,
  };
}

/** The command that makes it, as a message quotes it. */
const commandOf = ({ command, step }: WriteRecord): string =>
  command?.argv
    .map((word) => word ?? '…')
    .join(' ')
    .slice(0, 80) || step.instruction.keyword;

/** Some other step says more of a file than that it lies among intermediate results. */
function isMadeExactly(file: string, records: readonly WriteRecord[], carries: readonly Carry[]): boolean {
  return (
    carries.some((one) => isWithin(file, one.path)) ||
    records.some(
      ({ class: kind, path }) =>
        !/^(intermediate|cache|toolchain|context|superseded)$/.test(kind) && isWithin(file, path),
    )
  );
}

/** One copy of the folder that the file itself made, where all that lies in it is carried anyway. */
function wholeFolders(
  carries: readonly Carry[],
  records: readonly WriteRecord[],
  left: readonly WriteRecord[],
  restated: (record: WriteRecord) => boolean,
  { steps }: Understanding,
): Carry[] {
  const made = new Set(steps.flatMap(({ before, after }) => [before.workdir, after.workdir]));
  const stays = (record: WriteRecord): boolean =>
    (left.includes(record) && !restated(record)) || /^(cache|intermediate|toolchain)$/.test(record.class);
  const whole = (folder: string): boolean =>
    made.has(folder) &&
    !isStandardFolder(folder) &&
    carries.filter((one) => parentFolder(one.path) === folder).length > 1 &&
    records.every(
      (record) =>
        !isWithin(record.path, folder) || ((covered(record.path, carries) || restated(record)) && !stays(record)),
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
    records.some(
      (record) =>
        record !== folder && record.class !== 'data' && isWithin(record.path, folder.path) && !isHomeOf(record, folder),
    )
  );
}

/** What lies in a folder is no more than a cache that programs keep in the home of whoever runs them. */
const isHomeOf = ({ class: kind, path }: WriteRecord, folder: WriteRecord): boolean =>
  kind === 'cache' && path.startsWith(`${folder.path}/.`);
