import fc from 'fast-check';
import { entryFor } from '../diagnostics/catalogue.ts';
import type { Outcome, SplitOptions } from '../outcome.ts';
import { split } from '../split.ts';
import { parse } from '../syntax/parse.ts';
import { memoryContext } from '../syntax/tree-context.ts';
import { checkRenames } from '../transform/check/check-renames.ts';
import { isSameOwner } from '../transform/check/check-rights.ts';
import { presenceOf, rightsOf } from '../transform/check/file-model.ts';
import { readForCheck } from '../transform/check/read-file.ts';
import { type StageModel, stageModels } from '../transform/check/stage-model.ts';
import { dockerfiles, project } from './generate-dockerfile.ts';

const options: SplitOptions = {
  target: null,
  runtime: 'auto',
  allowImages: ['docker.io/library/*', 'gcr.io/distroless/*', 'mcr.microsoft.com/*'],
  stageName: 'build',
  runtimeName: null,
  renameOnly: false,
  buildArgs: {},
};

/** The outcomes of the file at hand and of what is made of it: every property asks for them. */
const outcomes = new Map<string, Outcome>();
const MOST_KEPT = 8;

function convert(text: string): Outcome {
  const known = outcomes.get(text);
  if (known !== undefined) return known;
  if (outcomes.size >= MOST_KEPT) outcomes.clear();
  const outcome = split(text, options, null);
  outcomes.set(text, outcome);
  return outcome;
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

const SINGLE = ['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'STOPSIGNAL'];

/** Where the file may take a line without a change of meaning: in front of an instruction. */
const seams = (text: string): number[] => parse(text).instructions.map(({ line }) => line - 1);

function withLine(text: string, at: number, line: string): string {
  const lines = text.split('\n');
  const place = seams(text);
  const index = place[at % place.length] ?? 0;
  const eol = text.includes('\r\n') ? '\r' : '';
  // A byte order mark and directives stay at the top.
  const top = index === 0 || parse(text).directives.length >= index ? (place[1] ?? lines.length) : index;
  return [...lines.slice(0, top), line + eol, ...lines.slice(top)].join('\n');
}

const verdict = ({ outcome, runtime, steps, artifacts, diagnostics }: Outcome): string =>
  JSON.stringify([
    outcome,
    runtime,
    steps.map(({ placement, text }) => [placement, text]),
    artifacts.map(({ from }) => from),
    diagnostics.map(({ code }) => code).sort(),
  ]);

const RANK = ['scratch', 'distroless', 'slim', 'same'];
const rank = (image: string): number =>
  image === 'scratch' ? 0 : image.includes('distroless') ? 1 : /slim|alpine/.test(image) ? 2 : RANK.length;

/** The paths that the instructions of a stage name: without a build context, any of them may be read. */
function pathsOf(model: StageModel): ReadonlySet<string> {
  const paths = new Set<string>();
  if (model.configuration.workdir !== null) paths.add(model.configuration.workdir);
  for (const step of model.steps)
    if (step.kind === 'copy') {
      if (step.target !== null) paths.add(step.target);
    } else if (step.kind === 'run')
      for (const effect of step.effects) if (effect.kind === 'owns' || effect.kind === 'makes') paths.add(effect.path);
  return paths;
}

/** Paths that the text names are in both containers where `all` of them may be read, with the same owner where both are known. */
function haveSameFiles(text: string, { text: output, outcome }: Outcome, all: boolean): void {
  if (output === null || outcome !== 'split') return;
  const around = { buildArgs: {}, own: undefined };
  const old = stageModels(readForCheck(text), around).at(-1) as StageModel;
  const now = stageModels(readForCheck(output), around).at(-1) as StageModel;
  for (const path of pathsOf(old)) {
    if (presenceOf(old, path) !== 'there') continue;
    if (presenceOf(now, path) === 'absent') must(!all, `${path} is gone`);
    for (const inside of [false, true]) {
      const [was, is] = [rightsOf(old, path, inside), rightsOf(now, path, inside)];
      const known = was.owner !== undefined && is.owner !== undefined;
      must(!known || isSameOwner(was.owner ?? '', is.owner ?? ''), `${path} was ${was.owner}'s and is ${is.owner}'s`);
    }
  }
}

/** What holds for every valid file. The number turns into a place where something is put in. */
export const properties: Readonly<Record<string, (text: string, place: number) => void>> = {
  'the generator makes valid files'(text) {
    const { problems } = parse(text);
    must(problems.length === 0, problems.map(({ code }) => code).join());
  },
  'nothing fails, and twice is the same'(text) {
    const [once, twice] = [convert(text), split(text, options, null)];
    must(once.outcome !== 'failed', JSON.stringify(once.diagnostics));
    must(JSON.stringify(once) === JSON.stringify(twice), 'two runs differ');
  },
  'what came out is final'(text) {
    const { text: output, outcome } = convert(text);
    if (output === null) return;
    const again = convert(output);
    must(again.outcome !== 'failed' && again.outcome !== 'renamed', `${outcome} becomes ${again.outcome}`);
    must(again.text === null, `what was ${outcome} is ${again.outcome} once more`);
  },
  'every instruction and comment is kept as it is'(text) {
    const { text: output } = convert(text);
    if (output === null) return;
    const [before, after] = [parse(text), parse(output)];
    const kept = new Set(after.instructions.map(({ span }) => output.slice(span.start, span.end)));
    for (const { span, keyword, flags } of before.instructions)
      if (keyword !== 'FROM' && !flags.some(({ name }) => name === 'from'))
        must(kept.has(text.slice(span.start, span.end)), `${text.slice(span.start, span.end)} is gone`);
    must(before.comments.length <= after.comments.length, 'a comment is gone');
    must(before.eol === after.eol && before.bom === after.bom, 'line breaks or byte order mark differ');
    must(!text.includes('\r\n') || !/[^\r]\n/.test(output), 'line breaks are mixed');
    must(text.endsWith('\n') === output.endsWith('\n'), 'the last line break differs');
  },
  'the container starts the same'(text) {
    const { text: output } = convert(text);
    if (output === null) return;
    const last = (from: string, keyword: string): string | undefined => {
      const one = parse(from)
        .stages.at(-1)
        ?.instructions.findLast((each) => each.keyword === keyword);
      return one === undefined ? undefined : from.slice(one.span.start, one.span.end);
    };
    for (const keyword of SINGLE) must(last(text, keyword) === last(output, keyword), `${keyword} differs`);
  },
  'no index is left, and names are as many as stages'(text) {
    const { text: output, renames } = convert(text);
    if (output === null) return;
    const { stages } = parse(output);
    for (const { instructions } of stages)
      for (const { flags, keyword } of instructions)
        for (const { name, value } of flags)
          must(keyword !== 'COPY' || name !== 'from' || !/^"?[+-]?\d+"?$/.test(value ?? ''), `--from=${value}`);
    const names = new Map(renames.map(({ was, becomes }) => [becomes, Number(was)]));
    for (const { was, becomes } of renames) must(names.get(becomes) === Number(was), `${becomes} means two stages`);
  },
  'names for indexes are one to one, and say the same'(text) {
    const { text: output, renames } = split(text, { ...options, renameOnly: true }, null);
    if (output === null) return;
    const names = new Map<number, string>();
    for (const { was, becomes } of renames) {
      const known = names.get(Number(was));
      must(known === undefined || known === becomes, `stage ${was} is ${known} and ${becomes}`);
      names.set(Number(was), becomes);
    }
    must(new Set(names.values()).size === names.size, 'two stages have one name');
    const { stages } = parse(output);
    for (const [index, name] of names) must(stages[index]?.name === name, `stage ${index} is not called ${name}`);
    must(checkRenames(text, output).length === 0, checkRenames(text, output).join());
  },
  'lines that nobody edits are the same to the byte'(text) {
    const { text: output, lines, outcome } = convert(text);
    if (output === null) return;
    const bare = (one: string): string[] =>
      one
        .replace(/^\uFEFF/, '')
        .replaceAll('\r', '')
        .split('\n');
    const [before, after] = [bare(text), bare(output)];
    must(lines.length === after.length, 'not every line is told of');
    const kept = new Set<number>();
    for (const [index, { from, why }] of lines.entries()) {
      if (from !== null && after[index] === before[from - 1]) kept.add(from);
      must(from === null || why !== null || kept.has(from), `line ${index + 1} is not line ${from}`);
      must(from !== null || why !== null || after[index] === '', `line ${index + 1} is new without a reason`);
    }
    const edited = lines.flatMap(({ from, why }) => (why !== null && from !== null ? [from] : []));
    const end = before.findLastIndex((line) => line.trim() !== '') + 1;
    for (let line = 1; line <= end; line++)
      must(kept.has(line) || edited.includes(line), `line ${line} is nowhere in what is ${outcome}`);
  },
  'both containers have the files that the text tells of'(text) {
    haveSameFiles(text, convert(text), true);
  },
  'with a repository around nothing fails, and what is there has its owner'(text) {
    const outcome = split(text, options, memoryContext(project));
    must(outcome.outcome !== 'failed', JSON.stringify(outcome.diagnostics));
    haveSameFiles(text, outcome, false);
  },
  'a comment or a blank line changes no verdict'(text, place) {
    const before = verdict(convert(text));
    for (const line of ['# a remark', ''])
      must(verdict(convert(withLine(text, place, line))) === before, `${JSON.stringify(line)} changes the verdict`);
  },
  'an unknown command lets nothing more leave'(text, place) {
    const known = convert(text);
    const stages = parse(text).stages;
    const first = (stages.at(-1)?.from.line ?? 0) - 1;
    const lines = seams(text).filter((line) => line > first);
    const position = seams(text).indexOf(lines[place % Math.max(lines.length, 1)] ?? -1);
    if (position < 0) return;
    const unknown = convert(withLine(text, position, 'RUN frobnicate'));
    // What rests on an assumption shows it, and is not written for it.
    if (unknown.outcome !== 'split' || unknown.diagnostics.some(({ code }) => entryFor(code).severity === 'assumption'))
      return;
    must(known.outcome === 'split', `${known.outcome} becomes split`);
    must(rank(unknown.runtime?.image ?? '') >= rank(known.runtime?.image ?? ''), 'the image is smaller');
  },
};

/** Tries every property on each of so many files: the first violation, made small, or null. */
export function tryProperties(runs: number, seed: number): string | null {
  const property = fc.property(dockerfiles, fc.nat(1000), (text, place) => {
    for (const [name, holds] of Object.entries(properties))
      try {
        holds(text, place);
      } catch (error) {
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
  });
  const result = fc.check(property, { numRuns: runs, seed });
  if (!result.failed) return null;
  const [text, place] = result.counterexample ?? ['', 0];
  const error = result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance);
  return `${error}\nplace ${place}, seed ${seed}, path ${result.counterexamplePath}\n${JSON.stringify(text)}\n${text}`;
}
