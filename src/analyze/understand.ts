import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { BuildEffect, ImageFiles } from '../knowledge/ecosystem.ts';
import { editedText } from '../knowledge/edited-text.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import { onbuildTriggers } from '../knowledge/images/onbuild.ts';
import { isWindowsImage } from '../knowledge/images.ts';
import { describeAnyImage } from '../knowledge/own-image.ts';
import type { SplitOptions } from '../outcome.ts';
import type { BuildContext } from '../syntax/build-context.ts';
import type { Document, Instruction, Span, Stage } from '../syntax/document.ts';
import { expand } from '../syntax/expand.ts';
import { defaultLimits, type Limits } from '../syntax/limits.ts';
import { parseShell } from '../syntax/parse-shell.ts';
import { baseName, isWithin, resolvePath } from '../syntax/paths.ts';
import type { ShellNode } from '../syntax/shell.ts';
import { isReadShell, startsShell } from '../syntax/shell-name.ts';
import { keyValues } from '../syntax/words.ts';
import { flatItems, readCommands } from './commands.ts';
import { type CopyFacts, readCopy } from './copy.ts';
import { type AuthorWord, obey, readDirectives } from './directives.ts';
import { rememberAdded } from './fetched-scripts.ts';
import { homeOf } from './homes.ts';
import { imageFiles, type Mapping, mappedAt, matchesMappedAt } from './image-files.ts';
import { knownFolders } from './known-folders.ts';
import { removedBy } from './removals.ts';
import { type CommandFacts, expandsBraces } from './shell-world.ts';
import { advance, initialState, isDefault, lookup, type State } from './state.ts';
import { withUnpackedFolders } from './unpacked-folders.ts';

/** An instruction of the stage with the state in force and what it does. */
export interface Step {
  readonly index: number;
  readonly instruction: Instruction;
  readonly before: State;
  readonly after: State;
  readonly commands: readonly CommandFacts[];
  readonly copy: CopyFacts | null;
  /** What the author says of it in a comment. */
  readonly word: AuthorWord | undefined;
  /** Of a RUN that is a flat list of commands: where each stands in the original text. */
  readonly items: readonly Span[] | null;
}

/** The stage as facts. */
export interface Understanding {
  readonly document: Document;
  readonly stage: Stage;
  /** The image behind FROM, expanded; null where a variable in it is not known. */
  readonly reference: string | null;
  readonly image: ImageFacts | null;
  readonly steps: readonly Step[];
  readonly final: State;
  readonly files: ImageFiles;
  /** What lies where before the step of that index. */
  readonly filesBefore: (index: number) => ImageFiles;
  /** What the step of that index alone copies. */
  readonly copiedBy: (index: number) => ImageFiles;
  /** Files of the build context whose text the build changes, nobody knows how. */
  readonly changed: ReadonlySet<string>;
  /** The same with what `--mount=type=bind` showed to RUNs alone: what compilers could read. */
  readonly sources: ImageFiles;
  readonly blockers: readonly Diagnostic[];
}

/** Stages that stand on each other: nobody has as many. */
const MOST_BASES = 100;

/** The ARGs before the first FROM. */
export function globalArgs(
  document: Document,
  given: Readonly<Record<string, string>>,
): ReadonlyMap<string, string | null> {
  const globals = new Map<string, string | null>();
  for (const instruction of document.globals) {
    if (instruction.keyword !== 'ARG') continue;
    for (const { key, value } of keyValues(instruction)) {
      const own = value == null ? undefined : expand(value, (name) => globals.get(name), document.escape).value;
      const known = (Object.hasOwn(given, key) ? given[key] : undefined) ?? own;
      if (known !== undefined) globals.set(key, known);
    }
  }
  return globals;
}

/** Follows FROM through earlier stages to the image at the bottom. */
function bottomImage(document: Document, stage: Stage, globals: ReadonlyMap<string, string | null>): string | null {
  const named = (reference: string, before: number): Stage | undefined =>
    document.stages.findLast((other) => other.index < before && other.name?.toLowerCase() === reference.toLowerCase());
  for (let at = stage, left = MOST_BASES; left > 0; left--) {
    const reference = expand(at.image, (name) => globals.get(name), document.escape).value;
    const earlier = reference === null ? undefined : named(reference, at.index);
    // A variable without a value leaves a hole that no reference has.
    if (earlier === undefined)
      return reference === null || /^$|^[:/@]|[:/@-]$|\/\/|:-|[:@/][:@/]/.test(reference) ? null : reference;
    at = earlier;
  }
  return null;
}

/** A RUN of nothing but a heredoc. */
const HEREDOC_SCRIPT = /^<<-?\s*["']?[\w.]+["']?$/;

/** The script of a RUN and where its characters stand in the original text; null for the exec form. */
function scriptOf(instruction: Instruction): { readonly text: string; readonly at: (offset: number) => number } {
  const { rest, heredocs, exec, span } = instruction;
  if (exec !== null)
    return { text: exec.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' '), at: () => span.start };
  const heredoc = heredocs[0];
  if (heredoc !== undefined && heredocs.length === 1 && HEREDOC_SCRIPT.test(rest.text)) {
    return { text: heredoc.content, at: (offset) => Math.min(heredoc.body.start + offset, heredoc.body.end) };
  }
  const bodies = heredocs
    .map((doc) => `\n${doc.content}${doc.content.endsWith('\n') || doc.content === '' ? '' : '\n'}${doc.name}`)
    .join('');
  const at = (offset: number): number => rest.offsets[Math.min(offset, rest.text.length)] ?? span.end;
  return { text: rest.text + bodies, at };
}

/** The RUN is one heredoc, whose lines are its commands, letter for letter. */
function isOwnText({ rest, heredocs: [heredoc, ...others] }: Instruction, { text }: Document): boolean {
  return (
    heredoc !== undefined &&
    others.length === 0 &&
    HEREDOC_SCRIPT.test(rest.text) &&
    text.startsWith(heredoc.content, heredoc.body.start)
  );
}

/** Build-context files that `--mount=type=bind` shows a RUN. */
function boundFiles(instruction: Instruction, state: State, context: BuildContext | null): Mapping[] {
  return instruction.flags.flatMap((flag): Mapping[] => {
    const options = new Map(
      (flag.name === 'mount' ? (flag.value ?? '') : '')
        .split(',')
        .map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)]),
    );
    if ((options.get('type') ?? 'bind') !== 'bind' || options.has('from') || flag.name !== 'mount') return [];
    const source = resolvePath('/', options.get('source') ?? options.get('src') ?? '').slice(1);
    const target = options.get('target') ?? options.get('dst') ?? options.get('destination');
    if (target === undefined || state.workdir === null) return [];
    const path = resolvePath(state.workdir, target);
    const isFile = context?.kind(source) === 'file';
    return [isFile ? { kind: 'file', path, source, missing: false } : { kind: 'folder', path, source }];
  });
}

/** What goes beyond a limit, for the message; null where all is within them. */
function stageTooLarge({ instructions }: Stage, limits: Limits): Record<string, string> | null {
  const said = (what: string, most: number, limit: string): Record<string, string> => ({
    what,
    most: String(most),
    limit,
  });
  if (instructions.length > limits.instructions)
    return said(`${instructions.length} instructions`, limits.instructions, 'instructions');
  const length = instructions.reduce(
    (sum, { keyword, rest, heredocs }) =>
      sum + rest.text.length + (keyword === 'RUN' ? heredocs.reduce((all, { content }) => all + content.length, 0) : 0),
    0,
  );
  return length > limits.stageLength ? said(`${length} characters`, limits.stageLength, 'stage-length') : null;
}

/** Walks the stage in order and asks the knowledge what each instruction does. */
export function understand(
  document: Document,
  stage: Stage,
  options: SplitOptions,
  context: BuildContext | null,
): Understanding {
  const globals = globalArgs(document, options.buildArgs);
  const reference = bottomImage(document, stage, globals);
  const image = reference === null ? null : describeAnyImage(reference, options.own);
  const blockers: Diagnostic[] = [];
  const block = (code: string, span: Span, args: Record<string, string> = {}): number =>
    blockers.push({ code, span, args });
  if (reference === null) block('DF208', stage.imageSpan, { image: stage.image });
  else if (isWindowsImage(reference) || stage.platform?.startsWith('windows'))
    block('DF207', stage.imageSpan, { image: reference });
  const triggers = reference === null ? null : onbuildTriggers(reference);
  if (reference !== null && triggers !== null)
    block('DF214', stage.imageSpan, { image: reference, what: triggers === '' ? '' : ` (${triggers})` });
  const limits = { ...defaultLimits, ...options.limits };
  const tooLarge = stageTooLarge(stage, limits);
  if (tooLarge !== null) block('DF210', stage.from.span, tooLarge);
  const end = document.instructions.at(-1);
  // What is put behind it would go on in the same line.
  if (end !== undefined && document.text.slice(end.span.start, end.span.end).trimEnd().endsWith(document.escape))
    block('DF211', end.span, { keyword: end.keyword });
  const memory = new Map<string, string>();
  const version = /:(\d+(?:\.\d+)*)/.exec(reference ?? '')?.[1];
  if (version !== undefined) memory.set('image-version', version);
  const mappings: Mapping[] = [];
  /** How many of them there are before each step. */
  const mapped: number[] = [];
  const bound: Mapping[] = [];
  const steps: Step[] = [];
  const changed = new Set<string>();
  const folders = knownFolders();
  const budget = { left: limits.commands };
  const { words } = readDirectives(document);
  let state = initialState(image);
  for (const [index, instruction] of (tooLarge === null ? stage.instructions : []).entries()) {
    const before = state;
    mapped.push(mappings.length);
    const word = words.get(instruction);
    if (before.workdir !== null) folders.add(before.workdir);
    const after = advance(before, instruction, document.escape, globals, options.buildArgs);
    let commands: readonly CommandFacts[] = [];
    let copy: CopyFacts | null = null;
    let items: readonly Span[] | null = null;
    if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
      copy = readCopy(instruction, before, document.escape, context, (path) => folders.state(path) === 'there');
      for (const mapping of copy.mappings ?? []) if (mapping.kind === 'folder') folders.add(mapping.path);
      rememberAdded(copy, memory);
      mappings.push(...(copy.mappings ?? []));
      const copied = imageFiles(copy.mappings ?? [], context);
      for (const path of changed) if (copied.read(path) !== null) changed.delete(path);
    } else if (instruction.keyword === 'RUN') {
      if (!isReadShell(before.shell[0] ?? '')) {
        block('DF209', instruction.span, { shell: before.shell[0] ?? '' });
        steps.push({ index, instruction, before, after, commands, copy, word, items });
        continue;
      }
      const script = scriptOf(instruction);
      const parsed = parseShell(script.text, limits.nesting);
      if ('message' in parsed || (script.text.startsWith('#!') && !startsShell(script.text, isReadShell)))
        block('DF201', instruction.span, { reason: 'message' in parsed ? parsed.message : 'it is not a shell script' });
      else if (parsed.body !== null) {
        const path = before.env.get('PATH') ?? '';
        for (const [key, folder] of memory)
          if (key.startsWith('venv:') && path.includes(`${folder}/bin`)) memory.set('venv-on-path', folder);
        bound.push(...boundFiles(instruction, before, context));
        const files = imageFiles([...mappings, ...bound], context);
        commands = readCommands(parsed.body, {
          lookup: (name) => lookup(before, name),
          isArgument: (name) => isDefault(before, name, options.buildArgs),
          cwd: before.workdir,
          home: homeOf(before, { steps, image }),
          user: before.user ?? 'root',
          image,
          braces: expandsBraces(/^#!\s*(?:\S*\/env\s+)?(\S+)/.exec(script.text)?.[1] ?? before.shell[0] ?? 'sh', image),
          files,
          own: options.own,
          memory,
          at: script.at,
          budget,
        }).map((command) => obey(command, word));
        // The body of a heredoc that is the script is one as it is written, but for tabs that are taken away (`<<-`).
        const isWritten =
          instruction.exec === null && (instruction.heredocs.length === 0 || isOwnText(instruction, document));
        items = isWritten ? flatSpans(parsed.body, script.at) : null;
      }
    }
    for (const command of commands)
      for (const effect of command.effects) {
        if (effect.kind === 'makes-folder') folders.add(effect.path);
        if (effect.kind === 'writes' && !effect.tree && effect.from === undefined) {
          const { path } = effect;
          const before = imageFiles(mappings, context).read(path);
          const text = effect.text ?? (before === null || !command.certain ? null : editedText(command.argv, before));
          if (text !== null) mappings.push({ kind: 'content', path, text });
          if (text !== null && command.certain) changed.delete(path);
          else if (before !== null) changed.add(path);
        }
        if (effect.kind === 'writes' && effect.from !== undefined)
          mappings.push(...matchesMappedAt(effect.from, effect.path, mappings, context));
        const removed = removedBy(effect);
        if (removed !== null) folders.remove({ certain: command.certain, before: 0, ...removed });
        const [from, to] =
          effect.kind === 'copies' || effect.kind === 'moves'
            ? [effect.from, effect.to]
            : effect.kind === 'links'
              ? [effect.target, effect.path]
              : [];
        if (from === undefined || to === undefined) continue;
        const isInside = /[^/]\/$/.test(to) || folders.state(to) === 'there';
        const target = isInside ? resolvePath(to, baseName(from)) : to;
        mappings.push(...mappedAt(from, target, mappings, context));
        for (const path of [...changed])
          if (isWithin(path, from)) changed.add(resolvePath(target, `.${path.slice(from.length)}`));
      }
    steps.push({ index, instruction, before, after, commands, copy, word, items });
    state = after;
  }
  return {
    document,
    stage,
    reference,
    image,
    steps: withUnpackedFolders(steps),
    final: state,
    files: imageFiles(mappings, context),
    filesBefore: (until) => imageFiles(mappings.slice(0, mapped[until]), context),
    copiedBy: (index) => imageFiles(mappings.slice(mapped[index], mapped[index + 1]), context),
    changed,
    sources: imageFiles([...bound, ...mappings], context),
    blockers,
  };
}

/** The spans of a flat list; null where one of its items is not a plain command or pipeline. */
function flatSpans(body: ShellNode, at: (offset: number) => number): readonly Span[] | null {
  const items = flatItems(body);
  return items.map((item) => ({
    start: at(item.span.start),
    end: at(Math.max(item.span.end - 1, item.span.start)) + 1,
  }));
}

/** The item of a flat RUN that a command stands in. The end of a command may lie behind a line that is continued: `zip\`. */
export function itemOf(step: Step, { span: { start } }: CommandFacts): number {
  return step.items?.findIndex((item) => item.start <= start && start < item.end) ?? -1;
}

/** Effects that show that a command serves the build. */
export function isBuilding(effect: BuildEffect): boolean {
  return [
    'artifact',
    'program-folder',
    'dependencies',
    'intermediate',
    'builds-in-place',
    'toolchain',
    'compiles',
    'checks',
    'cache',
  ].includes(effect.kind);
}
