import { accessSync, constants, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { unquote, words } from '../../syntax/words.ts';
import { compareBehaviour, type Observation } from '../../verify/behaviour.ts';
import { type Finding, finding } from '../../verify/finding.ts';
import type { Image } from '../../verify/image.ts';
import { DEFAULT_PATH, findExecutable } from '../../verify/lookup.ts';
import type { Engine } from './engine.ts';
import { observe } from './observe.ts';
import { observeBuildah } from './observe-buildah.ts';
import { runProgram } from './process.ts';
import type { Session } from './session.ts';
import { testOf, type Watch } from './watch.ts';

export interface WatchOptions {
  readonly seconds: number;
  readonly network: string | null;
  readonly command: string | null;
  readonly smoke: string | null;
}

/** An image by its tag and by what is in it. */
export interface Tagged {
  readonly tag: string;
  readonly image: Image;
}

export interface Watched {
  readonly findings: readonly Finding[];
  /** What both did, in words. */
  readonly says: string;
}

/** Starts both containers, looks at them side by side, then runs the smoke test on both images. */
export async function watchBoth(
  engine: Engine,
  before: Tagged,
  after: Tagged,
  options: WatchOptions,
  session: Session,
): Promise<Watched> {
  const argv = options.command === null ? null : words(options.command).map(({ raw }) => unquote(raw));
  const has = ({ image: { tree, config } }: Tagged): boolean =>
    findExecutable(tree, argv?.[0] ?? '', config.env.get('PATH') ?? DEFAULT_PATH, config.workdir) !== null;
  // What only one of them could run inside is run beside both.
  const command = argv === null ? null : { argv, inside: has(after) || !has(before) };
  const { seconds, network } = options;
  const watch = ({ tag, image: { config } }: Tagged, long: number): Watch => ({
    image: tag,
    config,
    seconds: long,
    network,
    command,
    helper: before.tag,
  });
  const look = engine.name === 'buildah' ? observeBuildah : observe;
  const one = (which: Tagged, long = seconds) => look(engine, watch(which, long), session);
  // On the host's own network two servers would want the same port.
  const both = async (long = seconds) =>
    network === 'host'
      ? [await one(before, long), await one(after, long)]
      : Promise.all([one(before, long), one(after, long)]);
  const [was, is] = await both();
  const smoke = await smokeTest(before, after, options.smoke, session);
  if (typeof was === 'string' || typeof is === 'string') {
    const same = typeof was === 'string' && typeof is === 'string';
    const which = typeof is === 'string' ? 'the split' : 'the original';
    const reason = typeof is === 'string' ? is : String(was);
    const failed = same ? [] : [finding('behaviour', 'DF604', { which, reason: reason.slice(0, 400) })];
    return { findings: [...failed, ...smoke], says: same ? 'neither can be started' : 'only one can be started' };
  }
  let findings = compareBehaviour(was, is, null);
  if (findings.length > 0) {
    const again = await one(before);
    if (typeof again !== 'string') findings = compareBehaviour(was, is, again);
  }
  // Of two of which one still runs, one may only be slower: what differs for that is the same a while later.
  if (findings.length > 0 && (was.exitCode === null || is.exitCode === null)) {
    const [wasLater, isLater] = await both(seconds * PATIENCE);
    if (
      typeof wasLater !== 'string' &&
      typeof isLater !== 'string' &&
      compareBehaviour(wasLater, isLater, null).length === 0
    )
      findings = [];
  }
  const unseen = notCompared(engine, was, is, testOf(before.image.config) !== null, options);
  const parts = [
    is.exitCode === null ? `stays up for ${seconds} s` : `ends with exit code ${is.exitCode}`,
    ...(is.ports === null || is.ports.length === 0 ? [] : [`listens on ${is.ports.join(', ')}`]),
    ...(is.health === 0 ? ['healthy'] : []),
    ...(is.command === null ? [] : [`--command ends with ${is.command.exitCode}`]),
    ...(options.smoke === null ? [] : ['smoke test']),
    ...(unseen.length === 0 ? [] : [`not compared: ${unseen.map(({ args }) => args.what).join(', ')}`]),
  ];
  return { findings: [...findings, ...unseen, ...smoke], says: parts.join(', ') };
}

/** What nobody could look at on this engine and network, each with its reason. */
function notCompared(
  { name }: Engine,
  was: Observation,
  is: Observation,
  hasTest: boolean,
  { network, command }: WatchOptions,
): Finding[] {
  const buildah = name === 'buildah' ? 'buildah starts no container that others can look into' : null;
  const note = (what: string, reason: string): Finding => finding('behaviour', 'DF648', { what, reason });
  const isUp = was.exitCode === null && is.exitCode === null;
  const noPorts =
    buildah ?? (network === 'host' ? 'on the network of the host all share them' : 'no tool to look with');
  const beside = buildah === null ? 'the container did not run' : `${buildah}; with --run-network host they could`;
  return [
    ...(isUp && (was.ports === null || is.ports === null) ? [note('open ports', noPorts)] : []),
    ...(hasTest && was.health === null && is.health === null ? [note('health check', beside)] : []),
    ...(command !== null && was.command === null && is.command === null ? [note('--command', beside)] : []),
  ];
}

const SMOKE_SECONDS = 300;
/** How many times longer two containers are watched that seem to differ. */
const PATIENCE = 3;

/** Runs the script on the original, then on the split. */
async function smokeTest(
  before: Tagged,
  after: Tagged,
  file: string | null,
  session: Session,
): Promise<readonly Finding[]> {
  if (file === null) return [];
  const run = async (image: string): Promise<{ readonly code: string | null; readonly output: string }> => {
    const path = resolve(file);
    const [program, ...args] = isProgram(path) ? [path, image] : ['bash', path, image];
    session.write(`$ ${program} ${args.join(' ')}\n`);
    const ended = await runProgram(program as string, args, {
      signal: session.signal,
      seconds: SMOKE_SECONDS,
      listen: session.write,
    });
    const output = ended.output.trim().split('\n').slice(-3).join(' / ').slice(0, 400);
    if (ended.exitCode === 0) return { code: null, output };
    return { code: ended.timedOut ? `no end after ${SMOKE_SECONDS} s` : `exit code ${ended.exitCode}`, output };
  };
  // A busy machine fails a test that waits for a fixed time: what counts is what it says twice.
  const steady = async (image: string) => {
    const first = await run(image);
    return first.code === null ? first : await run(image);
  };
  const was = await steady(before.tag);
  if (was.code !== null) return [finding('behaviour', 'DF647', { output: was.output }, was.code, null)];
  const is = await steady(after.tag);
  return is.code === null ? [] : [finding('behaviour', 'DF646', { output: is.output }, 'exit code 0', is.code)];
}

/** A program of its own: it may be started and says what runs it. */
function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return readFileSync(path, 'latin1').startsWith('#!');
  } catch {
    return false;
  }
}
