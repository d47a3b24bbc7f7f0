import { readFileSync } from 'node:fs';
import type { SplitPlan } from '../analyze/plan.ts';
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
import { openReport, useColor } from './run.ts';
import { usageError } from './usage-error.ts';
import type { VerifyFlags } from './verify-options.ts';

/** `dfsplit verify [PATH...]`: 0 all equal, 1 a container differs, 2 something could not be built. */
export async function runVerify(paths: readonly string[], flags: VerifyFlags): Promise<number> {
  const found = await findFiles(paths, flags);
  const files = flags.shard === undefined ? found : takeShard(found, flags.shard);
  if (files.length === 0) throw usageError(`${paths.join(' ')}: there is no Dockerfile in it`);
  if (flags.against !== undefined && files.length > 1) throw usageError('--against goes with one file');
  const against = flags.against === undefined ? null : readText(flags.against);
  const format = flags.json ? 'json' : flags.format;
  const colors = colorsFor(useColor(flags, false));
  const session = openSession(flags.log ?? null);
  const forget = onInterrupt(session.abort);
  const verified: VerifiedFile[] = [];
  let failed = false;
  try {
    const engine = await findEngine(flags.engine ?? null, session);
    const sink = await openReport(flags.output, false);
    const contexts: OpenContexts = new Map();
    const options = verifyOptions(flags, format === 'table');
    for (const file of files) {
      if (session.signal.aborted) break;
      let plan: SplitPlan | null = null;
      const split = { ...flags, format: 'diff' as const };
      const report = await convertFile(file, split, contexts, (made) => {
        plan = made;
      });
      if (report.outcome.outcome === 'failed') {
        for (const one of report.diagnostics)
          process.stderr.write(`${report.path}:${one.line}: ${one.code} ${one.message}\n`);
        failed = true;
        continue;
      }
      const verification = await verifyFile(
        engine,
        {
          path: report.path,
          context: report.context ?? '.',
          original: report.original,
          outcome: report.outcome,
          plan,
          against,
          target: flags.target ?? null,
        },
        { ...options, tell: (what) => options.tell(`${report.path}: ${what}`) },
        session,
      );
      const one = {
        path: report.path,
        original: report.original,
        engine: `${engine.name} ${engine.version}`,
        verification,
      };
      verified.push(one);
      if (format === 'table') sink.put(humanVerification(one, colors, flags.verbose === true));
    }
    if (format === 'json') sink.put(verificationJson(verified));
    else if (format === 'markdown') sink.put(verificationMarkdown(verified));
    else if (verified.length > 1) sink.put(verifiedSummary(verified, colors));
    await sink.close();
  } finally {
    forget();
    const broken = verified.some(({ verification }) => verification.failure !== null);
    await session.close({ images: flags.keep === true, log: broken || flags.keep === true });
  }
  return failed ? 2 : statusOf(verified.map(({ verification }) => verification));
}

/** The choices of the command line; what goes on is told where a person looks on. */
function verifyOptions(flags: VerifyFlags, talks: boolean): VerifyOptions {
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
