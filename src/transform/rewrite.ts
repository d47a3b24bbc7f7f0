import type { SplitPlan } from '../analyze/plan.ts';
import { type Restated, runsAgain } from '../analyze/restated.ts';
import { rootPrefix } from '../analyze/restored.ts';
import type { Step } from '../analyze/understand.ts';
import { isReadByPrograms } from '../knowledge/program-variables.ts';
import type { Instruction, Span } from '../syntax/document.ts';
import { variablesIn } from '../syntax/expand.ts';
import { isWithin } from '../syntax/paths.ts';
import { keyValues } from '../syntax/words.ts';

/** A part of the output: a span of the input, an edited one, or new text with the reason for it. */
export type Piece =
  | { readonly kind: 'original'; readonly span: Span }
  /** `added`: packages among its words that the author does not install. */
  | { readonly kind: 'copy'; readonly span: Span; readonly text: string; readonly added?: readonly string[] }
  | { readonly kind: 'new'; readonly text: string; readonly reason: string };

/** The output as pieces in order. Line breaks in new text are the file's own. */
export function rewrite(plan: SplitPlan): Piece[] {
  const { document, stage, steps } = plan.understanding;
  const { text, eol } = document;
  const pieces: Piece[] = [];
  const put = (piece: Piece): number => pieces.push(piece);
  const blocks = new Map(steps.map((step) => [step.index, blockOf(step, plan)]));
  put({ kind: 'original', span: { start: 0, end: stage.imageSpan.end } });
  const first = plan.shared?.name ?? plan.buildName;
  const reason = plan.shared === null ? 'names the build stage' : 'names the stage that both others stand on';
  put({ kind: 'new', text: ` ${asWord(plan)} ${first}`, reason });
  put({
    kind: 'original',
    span: { start: stage.nameSpan?.end ?? stage.imageSpan.end, end: lineEnd(text, stage.from.span.end) },
  });
  for (const step of steps) {
    if (plan.shared !== null && step.index === plan.shared.until)
      put({
        kind: 'new',
        text: `${eol}${keyword(plan, 'FROM')} ${plan.shared.name} ${asWord(plan)} ${plan.buildName}${eol}`,
        reason: 'starts the build stage',
      });
    if (plan.placements[step.index] !== 'runtime') put({ kind: 'original', span: blocks.get(step.index) as Span });
  }
  const last = steps.at(-1)?.instruction.span.end ?? stage.from.span.end;
  const tail = { start: lineEnd(text, last), end: text.length };
  put({ kind: 'new', text: `${eol}${runtimeFrom(plan)}${eol}`, reason: 'starts the runtime stage' });
  for (const piece of prelude(plan)) put(piece);
  for (const step of steps.slice(plan.until)) put({ kind: 'original', span: blocks.get(step.index) as Span });
  put({ kind: 'original', span: tail });
  return pieces;
}

function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

/** An instruction with the comments and blank lines above it, its indentation and its line break. */
function blockOf(step: Step, { understanding: { document, stage, steps } }: SplitPlan): Span {
  const previous = steps[step.index - 1]?.instruction ?? stage.from;
  return { start: lineEnd(document.text, previous.span.end), end: lineEnd(document.text, step.instruction.span.end) };
}

function asWord({ understanding: { document, stage } }: SplitPlan): string {
  const written = stage.asWord ?? document.stages.find((other) => other.asWord !== null)?.asWord;
  const keyword = document.text.slice(stage.from.keywordSpan.start, stage.from.keywordSpan.end);
  return written ?? (keyword === keyword.toLowerCase() ? 'as' : 'AS');
}

/** FROM in the file's own case, with the flags of the original one. */
function runtimeFrom(plan: SplitPlan): string {
  const { document, stage } = plan.understanding;
  const head = document.text.slice(stage.from.span.start, stage.imageSpan.start);
  const name = plan.runtimeName === null ? '' : ` ${asWord(plan)} ${plan.runtimeName}`;
  const image = plan.shared?.name ?? plan.choice.candidate.image;
  // Broken over lines, its parts stand on one.
  const flags = stage.platform === null ? '' : `--platform=${stage.platform} `;
  return `${/[\\`\n]/.test(head) ? `${keyword(plan, 'FROM')} ${flags}` : head}${image}${name}`;
}

/** Why the runtime stage installs what the author does not. */
export const installReason = (packages: readonly string[]): string =>
  `the build image has ${packages.join(', ')}, the runtime image does not`;

/** The keyword in the case the file uses. */
function keyword(plan: SplitPlan, word: string): string {
  const { document, stage } = plan.understanding;
  const from = document.text.slice(stage.from.keywordSpan.start, stage.from.keywordSpan.end);
  return from === from.toLowerCase() ? word.toLowerCase() : word;
}

const verbatim = (plan: SplitPlan, instruction: Instruction): string =>
  plan.understanding.document.text.slice(instruction.span.start, instruction.span.end);

/** What a piece writes. */
export const textOf = (piece: Piece, { understanding: { document } }: SplitPlan): string =>
  piece.kind === 'original' ? document.text.slice(piece.span.start, piece.span.end) : piece.text;

/** What the runtime stage has of the steps before the end of the build: configuration, system changes, copies. */
function prelude(plan: SplitPlan): Piece[] {
  const { steps, image } = plan.understanding;
  const { eol, escape } = plan.understanding.document;
  const line = (text: string, reason: string): Piece => ({
    kind: 'new',
    text: text.replaceAll(/\r?\n/g, eol) + eol,
    reason,
  });
  const body: Piece[] = [];
  const late: Piece[] = [];
  for (const step of steps.slice(plan.shared?.until ?? 0, plan.until)) {
    const placement = plan.placements[step.index];
    if (placement === 'runtime') body.push({ kind: 'original', span: blockOf(step, plan) });
    else if (step.instruction.keyword === 'RUN') {
      const run = plan.restated.find((restated) => restated.step === step);
      const text = run === undefined ? null : restatedText(run, plan);
      for (const path of text === null ? [] : (run?.before ?? []))
        body.push(line(copyLine(plan, path), `${path} is read by the next instruction`));
      const added = plan.joined && run === plan.restated[0] ? plan.choice.packages : [];
      if (text !== null) body.push({ kind: 'copy', span: step.instruction.span, text: text + eol, added });
    } else if (placement === 'both' && step.instruction.keyword !== 'ARG')
      (step.instruction.keyword === 'USER' && isLate(step, plan) ? late : body).push({
        kind: 'copy',
        span: step.instruction.span,
        text: verbatim(plan, step.instruction) + eol,
      });
  }
  const early = plan.restated.flatMap((run) => run.before);
  const carries = plan.carries
    .filter((one) => !early.some((path) => isWithin(one.path, path)))
    .map((one) => line(copyLine(plan, one.path), `${one.path} ${one.why}`));
  const restored = restoredText(plan);
  const head: Piece[] = [];
  if (plan.choice.path !== null)
    head.push(
      line(
        `${keyword(plan, 'ENV')} PATH=${plan.choice.path}`,
        'a program is found through the PATH of the build image',
      ),
    );
  for (const { name, number } of plan.groups)
    head.push(
      line(
        `${keyword(plan, 'RUN')} groupadd --system --gid ${number} ${name}`,
        `the build image has the group ${name}, and those made behind it get the next number`,
      ),
    );
  if (plan.choice.manuals.length > 0)
    head.push(
      line(
        `${keyword(plan, 'RUN')} mkdir -p ${plan.choice.manuals.join(' ')}`,
        'the slim image leaves out the folders in which packages register their manual pages',
      ),
    );
  const { distribution } = plan.choice.candidate.facts;
  if (plan.choice.packages.length > 0 && !plan.joined) {
    const names = plan.choice.packages.join(' ');
    const install =
      distribution === 'alpine'
        ? `apk add --no-cache ${names}`
        : `apt-get update ${escape}\n && apt-get install -y --no-install-recommends ${names} ${escape}\n && rm -rf /var/lib/apt/lists/*`;
    head.push(line(`${keyword(plan, 'RUN')} ${install}`, installReason(plan.choice.packages)));
  }
  const after = steps.slice(plan.until).map((step) => verbatim(plan, step.instruction));
  const texts = [...[...body, ...late, ...carries].map((piece) => textOf(piece, plan)), ...after, restored];
  const args = argumentsRead(texts, plan);
  const read = variablesIn([...args.map(({ instruction }) => verbatim(plan, instruction)), ...texts].join('\n'));
  const { env } = plan.choice.candidate.facts;
  for (const [name, value] of Object.entries(image?.env ?? {})) {
    if (name === 'PATH' || env[name] === value) continue;
    const stated = statedAt(plan, name);
    const isRead = read.has(name) && stated >= readAt(plan, name);
    // What the file itself sets, it sets again below.
    const isOther =
      (image?.programVariables ?? []).includes(name) &&
      (value !== '' || env[name] !== undefined) &&
      stated === Number.POSITIVE_INFINITY;
    const why = isRead
      ? 'the base image sets it and the instructions below read it'
      : 'the runtime image sets it to something else';
    if (isRead || isOther) head.unshift(line(`${keyword(plan, 'ENV')} ${name}=${value}`, why));
  }
  return [
    ...head,
    ...inTheirOrder(body, args, plan),
    ...carries,
    ...(restored === '' ? [] : [line(restored, restoredReason(plan))]),
    ...late,
  ];
}

/** The index of the first step that sets a variable by ENV; infinity where none does. */
const statedAt = ({ understanding: { steps } }: SplitPlan, name: string): number =>
  steps.find(
    ({ instruction }) => instruction.keyword === 'ENV' && keyValues(instruction).some(({ key }) => key === name),
  )?.index ?? Number.POSITIVE_INFINITY;

/** The index of the first step that reads a variable; infinity where none does. */
const readAt = ({ understanding: { steps } }: SplitPlan, name: string): number =>
  steps.find(({ instruction }) => variablesIn(instruction.rest.text).has(name))?.index ?? Number.POSITIVE_INFINITY;

/** The ARGs of the build stage that the texts of the runtime stage read, themselves, through each other or in their programs. */
function argumentsRead(texts: readonly string[], plan: SplitPlan): Step[] {
  const read = variablesIn(texts.join('\n'));
  const args: Step[] = [];
  for (const step of plan.understanding.steps.slice(0, plan.until).toReversed()) {
    const { instruction } = step;
    if (instruction.keyword !== 'ARG') continue;
    const keys = keyValues(instruction).map(({ key }) => key);
    if (!keys.some((key) => read.has(key)) && !servesRuns(step, keys, plan)) continue;
    args.unshift(step);
    for (const name of variablesIn(instruction.rest.text)) read.add(name);
  }
  return args;
}

/** Programs of a RUN of the runtime stage behind it read it, and no stage below has it already. */
function servesRuns({ index }: Step, keys: readonly string[], plan: SplitPlan): boolean {
  if (index < (plan.shared?.until ?? 0)) return false;
  const { steps, document } = plan.understanding;
  const commands = [
    ...plan.restated.flatMap((run) => run.step.commands.filter((command) => runsAgain(run, command))),
    ...steps.slice(plan.until).flatMap((step) => step.commands),
  ];
  const texts = commands.filter(({ span }) => span.start > (steps[index]?.instruction.span.start ?? 0));
  return keys.some((key) => texts.some(({ span }) => isReadByPrograms(key, document.text.slice(span.start, span.end))));
}

/** What the runtime stage has, with ARGs where they stood among it. */
function inTheirOrder(body: readonly Piece[], args: readonly Step[], plan: SplitPlan): Piece[] {
  const out: Piece[] = [];
  const pending = [...body];
  // A copy for the next instruction stands behind the ARGs that it is written with.
  const isBefore = (piece: Piece, { instruction, index }: Step): boolean => {
    if (piece.kind !== 'new') return piece.span.end < instruction.span.start;
    const read = variablesIn(piece.text);
    return !args.some((one) => one.index >= index && keyValues(one.instruction).some(({ key }) => read.has(key)));
  };
  for (const step of args) {
    while (pending[0] !== undefined && isBefore(pending[0], step)) out.push(pending.shift() as Piece);
    const text = verbatim(plan, step.instruction) + plan.understanding.document.eol;
    out.push({ kind: 'copy', span: step.instruction.span, text });
  }
  return [...out, ...pending];
}

/** A RUN run again with only the items that change the system. */
function restatedText(run: Restated, plan: SplitPlan): string | null {
  const { document } = plan.understanding;
  const { instruction, items } = run.step;
  if (run.items === null || items === null) return verbatim(plan, instruction);
  const edited = (span: Span): string => {
    let out = '';
    let at = span.start;
    for (const edit of run.edits
      .filter(({ span: own }) => own.start >= span.start && own.end <= span.end)
      .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
      out += document.text.slice(at, edit.span.start) + edit.text;
      at = edit.span.end;
    }
    return out + document.text.slice(at, span.end);
  };
  const first = items[0] as Span;
  const { start, end } = instruction.keywordSpan;
  const word = document.text.slice(start, end);
  // A keyword that continues on the next line is written in one.
  const head = (word.includes('\n') ? instruction.keyword : word) + document.text.slice(end, first.start);
  let out = '';
  for (const index of run.items) {
    const item = items[index] as Span;
    const separator = index === 0 ? '' : document.text.slice((items[index - 1] as Span).end, item.start);
    out += (out === '' ? '' : separator) + edited(item);
  }
  if (out === '') return null;
  // Flags on lines of their own stand there again.
  const flags = document.text.slice(end, instruction.flags.at(-1)?.span.end ?? end);
  if (instruction.heredocs.length === 0) return (flags.includes('\n') ? head : firstLine(head)) + out.trimStart();
  return head + out.trimStart() + document.text.slice((items.at(-1) as Span).end, instruction.span.end);
}

/** What stands in front of a continuation, with one space for it; a text of one line as it is. */
function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0
    ? text
    : `${text
        .slice(0, end)
        .trimEnd()
        .replace(/[\\`]$/, '')
        .trimEnd()} `;
}

const restoredReason = ({ restored, choice }: SplitPlan): string =>
  [
    ...(restored.length > 0 ? ['COPY does not keep the owner and mode of the folder itself'] : []),
    ...(choice.tellsLoader ? ['the loader is told of the libraries that are copied'] : []),
  ].join(', and ');

/** The owners and modes that copied folders had, as instructions without the last line break; empty where all is as it was. */
function restoredText(plan: SplitPlan): string {
  if (plan.restored.length === 0 && !plan.choice.tellsLoader) return '';
  const { steps } = plan.understanding;
  const commands = new Map<string, string[]>();
  const spell = (path: string): string => plan.spelled.get(path) ?? shellWord(path);
  const missing = plan.restored.filter(({ isMissing }) => isMissing).map(({ path }) => spell(path));
  if (missing.length > 0) commands.set('mkdir -p', missing);
  // What is set on top of something else is set behind it.
  const rounds = Math.max(...plan.restored.map(({ modes }) => modes.length), 1);
  for (let round = 0; round < rounds; round++)
    for (const { path, owner, modes, ownsAll, modesAll } of plan.restored)
      for (const { program, rights, all } of [
        { program: 'chown', rights: round === 0 ? owner : null, all: ownsAll },
        { program: 'chmod', rights: modes[round] ?? null, all: modesAll },
      ]) {
        if (rights === null) continue;
        const command = `${program} ${all ? '-R ' : ''}${spelled(plan, rights)}`;
        commands.set(command, [...(commands.get(command) ?? []), spell(path)]);
      }
  const prefix = rootPrefix(steps, plan.choice.candidate.facts);
  const rights = [...commands].map(([command, paths]) => [prefix + command, ...paths].join(' '));
  const text = [...rights, ...(plan.choice.tellsLoader ? [`${prefix}ldconfig`] : [])].join(' && ');
  const user = steps.slice(0, plan.until).findLast((step) => step.instruction.keyword === 'USER');
  const run = `${keyword(plan, 'RUN')} ${text}`;
  if (user === undefined || /^(root|0)(:|$)/.test(user.instruction.rest.text) || isLate(user, plan)) return run;
  // The author's own line goes last: it is the one that counts for the container.
  return [`${keyword(plan, 'USER')} root`, run, verbatim(plan, user.instruction)].join('\n');
}

/** A USER that no RUN and no WORKDIR of the runtime stage follows stands behind the copies. */
function isLate(user: Step, plan: SplitPlan): boolean {
  const { steps } = plan.understanding;
  return (
    plan.placements[user.index] === 'both' &&
    !steps
      .slice(user.index + 1, plan.until)
      .some(
        (step) =>
          (step.instruction.keyword === 'WORKDIR' && plan.placements[step.index] === 'both') ||
          plan.restated.some((run) => run.step === step),
      )
  );
}

function copyLine(plan: SplitPlan, path: string): string {
  const variable = plan.spelled.get(path);
  const words = variable === undefined ? copyWords(path) : `${variable} ${variable}`;
  return `${keyword(plan, 'COPY')} --from=${plan.buildName} ${words}`;
}

/** A text of the plan as new lines write it. */
const spelled = (plan: SplitPlan, text: string): string => plan.spelled.get(text) ?? text;

/** Source and target of a COPY; the JSON form where a name has spaces. The source is a pattern: brackets are escaped. */
function copyWords(path: string): string {
  const source = path.replaceAll('[', '[[]');
  return /\s/.test(path) ? `[${JSON.stringify(source)}, ${JSON.stringify(path)}]` : `${source} ${path}`;
}

/** A path as one word of the shell. */
const shellWord = (path: string): string => (/^[\w./@%+:,=-]+$/.test(path) ? path : `'${path}'`);
