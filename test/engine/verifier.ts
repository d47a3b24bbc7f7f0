import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { SplitPlan } from '../../src/analyze/plan.ts';
import { convertFile } from '../../src/cli/convert-file.ts';
import { type EngineName, findEngine } from '../../src/cli/engine/engine.ts';
import { openSession, type Session } from '../../src/cli/engine/session.ts';
import { type VerifyOptions, verifyFile } from '../../src/cli/engine/verify-file.ts';
import type { Flags } from '../../src/cli/options.ts';
import type { FileReport } from '../../src/report/file-report.ts';
import { colorsFor } from '../../src/report/human.ts';
import { humanVerification } from '../../src/report/verification.ts';
import type { Verification } from '../../src/verify/verification.ts';
import { provideBases } from './engine.ts';

const FLAGS: Flags = {
  runtime: 'auto',
  stageName: 'build',
  format: 'diff',
  include: [],
  exclude: [],
  buildArg: {},
  limit: {},
};

/** An application laid out where it may be written to, with what dfsplit makes of it. */
export interface Application {
  readonly name: string;
  readonly folder: string;
  readonly report: FileReport;
  readonly plan: SplitPlan | null;
  readonly smoke: string | null;
}

export interface Verifier {
  readonly session: Session;
  readonly open: (folder: string, smoke: string | null, flags?: Partial<Flags>) => Promise<Application>;
  readonly verify: (application: Application, options?: Choice) => Promise<Verification>;
  readonly close: () => Promise<void>;
}

export interface Choice {
  readonly against?: string;
  readonly smoke?: boolean;
  readonly again?: boolean;
  readonly seconds?: number;
  readonly runNetwork?: string;
  readonly command?: string;
}

/** What `dfsplit verify` does, for many files with one engine. */
export async function openVerifier(name: EngineName = 'docker'): Promise<Verifier> {
  const session = openSession(null);
  const engine = await findEngine(name, session);
  const work = mkdtempSync(join(tmpdir(), 'dfsplit-engine-'));
  const read: VerifyOptions['read'] = new Map();
  return {
    session,
    open: async (from, smoke, flags = {}) => {
      const name = basename(from);
      const folder = join(work, name);
      cpSync(from, folder, { recursive: true });
      execFileSync('chmod', ['-R', 'u+w', folder]);
      const file = join(folder, 'Dockerfile');
      // The frontend that a syntax line names cannot be had without a registry: the engine's own one serves.
      const text = readFileSync(file, 'utf8').replace(/^#\s*syntax\s*=[^\n]*/i, '#');
      writeFileSync(file, text);
      let plan: SplitPlan | null = null;
      const report = await convertFile(file, { ...FLAGS, ...flags, context: folder }, new Map(), (made) => {
        plan = made;
      });
      provideBases(text, ...(report.outcome.text === null ? [] : [report.outcome.text]));
      return { name, folder, report, plan, smoke: smoke !== null && existsSync(smoke) ? smoke : null };
    },
    verify: (
      { report, plan, folder, smoke },
      { against, smoke: smokes = true, again = false, seconds = 2, runNetwork, command } = {},
    ) =>
      verifyFile(
        engine,
        {
          path: report.path,
          context: folder,
          original: report.original,
          outcome: report.outcome,
          plan,
          against: against ?? null,
          target: null,
        },
        {
          build: {
            buildArgs: {},
            secrets: [],
            ssh: [],
            platform: null,
            network: 'host',
            noCache: false,
            pull: false,
            timeLimit: 900,
          },
          watch: { seconds, network: runNetwork ?? null, command: command ?? null, smoke: smokes ? smoke : null },
          read,
          again,
          tell: () => {},
        },
        session,
      ),
    close: async () => {
      await session.close({ images: false, log: false });
      rmSync(work, { recursive: true, force: true });
    },
  };
}

/** The report of a verification, for the message of a test that fails. */
export function tell({ report }: Application, verification: Verification): string {
  const file = { path: report.path, original: report.original, engine: 'docker', verification };
  return `${humanVerification(file, colorsFor(false), false)}\n${report.outcome.text ?? ''}`;
}
