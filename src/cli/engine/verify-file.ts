import type { SplitPlan } from '../../analyze/plan.ts';
import type { Outcome } from '../../outcome.ts';
import type { Document } from '../../syntax/document.ts';
import { parse } from '../../syntax/parse.ts';
import { type Expectation, expectationOf, wholeImage } from '../../verify/expectation.ts';
import { type BuildFailure, failingLine, originalLine, summary } from '../../verify/failure.ts';
import { finding } from '../../verify/finding.ts';
import type { BaseImage, Image } from '../../verify/image.ts';
import { compareImages, isDifference, type Verification } from '../../verify/verification.ts';
import { type BuildOptions, type BuildRequest, type Built, buildImage } from './build-image.ts';
import type { Engine } from './engine.ts';
import { inspectImage } from './inspect-image.ts';
import { readContainer } from './read-container.ts';
import type { ReadOptions, ReadTree } from './read-image.ts';
import type { Session } from './session.ts';
import { type WatchOptions, watchBoth } from './watch-both.ts';

/** A file with what dfsplit made of it. */
export interface VerifyRequest {
  readonly path: string;
  readonly context: string;
  readonly original: string;
  readonly outcome: Outcome;
  /** null where references were renamed and nothing was split. */
  readonly plan: SplitPlan | null;
  /** Another text to hold against the original, in place of dfsplit's own. */
  readonly against: string | null;
  readonly target: string | null;
}

export interface VerifyOptions {
  readonly build: BuildOptions;
  readonly watch: WatchOptions;
  /** File systems of images that were read already, by the engine's name for their content. */
  readonly read: Map<string, ReadTree>;
  /** The same original is compared several times: what was read of it is kept too. */
  readonly again: boolean;
  readonly tell: (what: string) => void;
}

const nothing = { findings: [], comparison: null, failure: null };

/** Builds the file as it was and as it would be, and compares the images and what their containers do. */
export async function verifyFile(
  engine: Engine,
  request: VerifyRequest,
  options: VerifyOptions,
  session: Session,
): Promise<Verification> {
  const { original, outcome, plan, path, context, target } = request;
  const text = request.against ?? outcome.text;
  if (text === null) {
    const findings = [finding('configuration', 'DF603', { outcome: outcome.outcome })];
    return { ...nothing, result: 'not-split', findings };
  }
  const build = (role: string, source: string, goal: string | null, again: boolean): Promise<Built> => {
    const wanted: BuildRequest = { role, text: source, path, context, target: goal };
    // The second build stands on the layers of the first: what both share is then the same to the byte.
    return buildImage(
      engine,
      wanted,
      again ? options.build : { ...options.build, noCache: false, pull: false },
      session,
    );
  };
  options.tell('builds the original');
  const old = await build('before', original, target, true);
  const originalDocument = parse(original);
  if (old.image === null) return notBuilt(old, 'original', originalDocument, originalDocument, session);
  options.tell('builds the split');
  const now = await build('after', text, target, false);
  if (now.image === null) return notBuilt(now, 'split', parse(text), originalDocument, session);
  const base =
    plan === null
      ? null
      : await readBase(engine, plan, (source) => build('base', source, null, false), options, session);
  options.tell('compares the images');
  const after = await readImage(engine, now.image, () => true, null, session);
  const digest = (file: string, size: number): boolean => options.again || after.tree.get(file)?.size === size;
  const before = await readImage(engine, old.image, digest, options.again ? options.read : null, session);
  const expected: Expectation = plan === null ? wholeImage : expectationOf(plan);
  const compared = compareImages(before, after, base, expected);
  options.tell('starts both containers');
  const tagged = [
    { tag: old.image, image: before },
    { tag: now.image, image: after },
  ] as const;
  const watched = await watchBoth(engine, ...tagged, options.watch, session);
  const findings = [...compared.findings, ...watched.findings];
  return {
    result: findings.some(isDifference) ? 'different' : 'equal',
    findings,
    comparison: { ...compared, behaviour: watched.says },
    failure: null,
  };
}

async function readImage(
  engine: Engine,
  tag: string,
  digest: ReadOptions['digest'],
  read: Map<string, ReadTree> | null,
  session: Session,
): Promise<Image> {
  const { id, config, size, layers } = await inspectImage(engine, tag);
  const known = read?.get(id) ?? (await readContainer(engine, tag, { contents: true, digest }, session));
  read?.set(id, known);
  return { config, ...known, size: size ?? sizeOfTree(known), layers };
}

/** What an engine that does not count layers leaves to count. */
const sizeOfTree = ({ tree }: ReadTree): number => [...tree.values()].reduce((sum, { size }) => sum + size, 0);

/** The image behind FROM: the file up to there is built, so that its variables and earlier stages count. */
async function readBase(
  engine: Engine,
  { understanding: { document, stage } }: SplitPlan,
  build: (text: string) => Promise<Built>,
  { read }: VerifyOptions,
  session: Session,
): Promise<BaseImage | null> {
  const lineEnd = document.text.indexOf('\n', stage.from.span.end);
  const built = await build(`${document.text.slice(0, lineEnd < 0 ? undefined : lineEnd)}\n`);
  if (built.image === null) return null;
  const { id, config } = await inspectImage(engine, built.image);
  const known = read.get(id) ?? (await readContainer(engine, built.image, HEADERS, session));
  read.set(id, known);
  return { name: stage.image, config, tree: known.tree };
}

/** Of the base image only names, sizes and times are told from what was written over it. */
const HEADERS: ReadOptions = { contents: false, digest: () => false };

function notBuilt(
  built: Extract<Built, { image: null }>,
  which: BuildFailure['which'],
  document: Document,
  original: Document,
  session: Session,
): Verification {
  const failed = failingLine(built.output, document);
  const line = which === 'original' ? failed : originalLine(failed, document, original);
  const instruction = document.instructions.findLast((one) => failed !== null && one.line <= failed);
  const step =
    instruction === undefined ? null : firstLine(document.text.slice(instruction.span.start, instruction.span.end));
  const output = summary(built.output);
  const failure = { which, line, step, output, log: session.log, timedOut: built.timedOut };
  const where = original.instructions.find((one) => one.line === line)?.span ?? { start: 0, end: 0 };
  const says =
    step === null ? (output.split('\n').at(-1) ?? '') : `${step}${built.timedOut ? ' (over the time limit)' : ''}`;
  const one = { ...finding('configuration', which === 'original' ? 'DF601' : 'DF602', { step: says }), span: where };
  return {
    result: which === 'original' ? 'original-not-built' : 'not-built',
    findings: [one],
    comparison: null,
    failure,
  };
}

function firstLine(text: string): string {
  const [line = '', ...more] = text.split('\n');
  return (more.length === 0 ? line : `${line.trimEnd().replace(/\\$/, '').trimEnd()} …`).slice(0, 120);
}
