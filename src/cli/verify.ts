import { readFileSync } from 'node:fs';
import type { SplitPlan } from '../analyze/plan.ts';
import type { FileReport } from '../report/file-report.ts';
import { colorsFor } from '../report/human.ts';
import { humanVerification, type VerifiedFile, verifiedSummary } from '../report/verification.ts';
import { verificationJson } from '../report/verification-json.ts';
import { verificationMarkdown } from '../report/verification-markdown.ts';
import type { Verification } from '../verify/verification.ts';
import { convertFile, type OpenContexts } from './convert-file.ts';
import type { BuildOptions } from './engine/build-image.ts';
import { findEngine } from './engine/engine.ts';
import { openSession } from './engine/session.ts';
import { type VerifyOptions, verifyFile } from './engine/verify-file.ts';
import { findFiles, takeShard } from './find-files.ts';
import { onInterrupt } from './interrupt.ts';
import { openReport } from './open-report.ts';
import { useColor } from './run.ts';
import { usageError } from './usage-error.ts';
import type { Checkpoint, EngineFlags, VerifyFlags } from './verify-options.ts';

/** Verifies one file after the other on one engine, for `dfsplit verify` and for `--write --verify`. */
export interface Prover {
  readonly verify: (report: FileReport, plan: SplitPlan | null, against: string | null) => Promise<VerifiedFile>;
  readonly interrupted: () => boolean;
  readonly close: () => Promise<void>;
}

/** Finds an engine and opens a session on it. An interruption ends the builds and removes what was made. */
export async function openProver(flags: EngineFlags, talks: boolean): Promise<Prover> {
  const session = openSession(flags.log ?? null);
  const forget = onInterrupt(session.abort);
  let broken = false;
  const close = async (): Promise<void> => {
    forget();
    await session.close({ images: flags.keep === true, log: broken || flags.keep === true });
  };
  try {
    const engine = await findEngine(flags.engine ?? null, session);
    const options = verifyOptions(flags, talks);
    return {
      verify: async ({ path, context, original, outcome }, plan, against) => {
        const target = flags.target ?? null;
        const verification = await verifyFile(
          engine,
          { path, context: context ?? '.', original, outcome, plan, against, target },
          { ...options, tell: (what) => options.tell(`${path}: ${what}`) },
          session,
        );
        broken ||= verification.failure !== null;
        return { path, original, engine: `${engine.name} ${engine.version}`, verification };
      },
      interrupted: () => session.signal.aborted,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** `dfsplit verify [PATH...]`: 0 all equal, 1 a container differs, 2 something could not be built. */
export async function runVerify(paths: readonly string[], flags: VerifyFlags): Promise<number> {
  const found = await findFiles(paths, flags);
  const files = flags.shard === undefined ? found : takeShard(found, flags.shard);
  if (files.length === 0) throw usageError(`${paths.join(' ')}: there is no Dockerfile in it`);
  if (flags.against !== undefined && files.length > 1) throw usageError('--against goes with one file');
  const against = flags.against === undefined ? null : readText(flags.against);
  const format = flags.json ? 'json' : flags.format;
  const colors = colorsFor(useColor(flags, false));
  const verified: VerifiedFile[] = [];
  let failed = false;
  const prover = await openProver(flags, format === 'table');
  try {
    const sink = await openReport(flags.output, false);
    const contexts: OpenContexts = new Map();
    for (const file of files) {
      if (prover.interrupted()) break;
      let plan: SplitPlan | null = null;
      const report = await convertFile(file, { ...flags, format: 'diff' }, contexts, (made) => {
        plan = made;
      });
      if (report.outcome.outcome === 'failed') {
        for (const one of report.diagnostics)
          process.stderr.write(`${report.path}:${one.line}: ${one.code} ${one.message}\n`);
        failed = true;
        continue;
      }
      const one = await prover.verify(report, plan, against);
      verified.push(one);
      if (format === 'table') sink.put(humanVerification(one, colors, flags.verbose === true));
    }
    if (format === 'json') sink.put(verificationJson(verified));
    else if (format === 'markdown') sink.put(verificationMarkdown(verified));
    else if (verified.length > 1) sink.put(verifiedSummary(verified, colors));
    await sink.close();
  } finally {
    await prover.close();
  }
  return failed ? 2 : statusOf(verified.map(({ verification }) => verification));
}

/** What `--write --verify` asks before it writes: whether the comparison holds. It tells on standard error why not. */
export async function openCheckpoint(flags: EngineFlags): Promise<Checkpoint> {
  const prover = await openProver(flags, true);
  const results: Verification[] = [];
  let last: Verification | null = null;
  return {
    holds: async (report, plan) => {
      last = null;
      if (prover.interrupted()) return false;
      const one = await prover.verify(report, plan, null);
      last = one.verification;
      results.push(last);
      process.stderr.write(humanVerification(one, colorsFor(false), flags.verbose === true));
      return one.verification.result === 'equal';
    },
    sizes: () => {
      const sizes = last?.comparison?.sizes;
      return sizes === undefined ? undefined : { before: sizes.before.bytes, after: sizes.after.bytes };
    },
    status: () => statusOf(results),
    close: prover.close,
  };
}

/** The choices of the command line; what goes on is told where a person looks on. */
function verifyOptions(flags: EngineFlags, talks: boolean): VerifyOptions {
  const build: BuildOptions = {
    buildArgs: flags.buildArg,
    secrets: flags.secret,
    ssh: flags.ssh,
    platform: flags.platform ?? null,
    network: flags.network ?? null,
    noCache: flags.cache === false,
    pull: flags.pull === true,
    timeLimit: flags.timeLimit,
  };
  const watch = {
    seconds: flags.seconds,
    network: flags.runNetwork ?? null,
    command: flags.command ?? null,
    smoke: flags.smoke ?? null,
  };
  const tell = (what: string): void => {
    if (talks && !flags.quiet && process.stderr.isTTY) process.stderr.write(`${what}\n`);
  };
  return { build, watch, read: new Map(), again: false, tell };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw usageError(`--against ${file}: it cannot be read`);
  }
}

/** What differs weighs more than what could not be built. */
export function statusOf(verifications: readonly Verification[]): number {
  const results = verifications.map(({ result }) => result);
  if (results.includes('different')) return 1;
  return results.includes('not-built') || results.includes('original-not-built') ? 2 : 0;
}
