import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import type { DocumentFormat } from '../report/documents.ts';
import { endOnInterrupt } from './interrupt.ts';
import { addMigrateOptions, addStateOption, type MigrateFlags } from './migrate/migrate-options.ts';
import { addSplitOptions, assumed, documentOption, type Flags, formatOption } from './options.ts';
import { run, runExplain } from './run.ts';
import { serve } from './serve.ts';
import { isUsageError } from './usage-error.ts';
import { addCheckpointOptions, addVerifyOptions, type EngineFlags, type VerifyFlags } from './verify-options.ts';

export { serve };

const EXAMPLES = `
Examples:
  dfsplit                                  what would change in ./Dockerfile, as a diff
  dfsplit --write services/                splits every Dockerfile below services/ whose split is proven
  dfsplit --write --assume DF202 Dockerfile   accepts one kind of assumption too
  dfsplit verify Dockerfile                builds it before and after with docker or podman, and compares
  dfsplit --write --verify services/       writes what an engine finds equal
  dfsplit explain Dockerfile               where each step goes, and the evidence
  dfsplit --check .                        for CI: prints the files that would change, exits 1
  dfsplit - < Dockerfile > Dockerfile.new  as a filter
  dfsplit rules DF304                      what a code means and what to do; or an ecosystem or image by its name

A PATH is a Dockerfile, a folder, a glob, or - for standard input. Without one: ./Dockerfile, else ./Containerfile.
Exit status: 0 done, 1 --check found something, 2 wrong usage, an invalid file or a failure, 3 --strict and a refusal.
`;

function program(done: (status: number) => void): Command {
  const root = new Command('dfsplit')
    .description('Splits single-stage Dockerfiles into a named build stage and a minimal runtime stage.')
    .version(manifest.version, '--version')
    .argument('[path...]', 'Dockerfile, folder, glob, or - (default: ./Dockerfile)')
    .option('-w, --write', 'write the files whose split is proven')
    .option('--backup', 'with --write, keep the old file as NAME.orig')
    .option('--require-clean', 'with --write, leave files alone that have uncommitted changes')
    .option('--assume [codes]', 'write splits that rest on assumptions too: all, or these codes', assumed)
    .option('--check', 'write nothing, print the names, exit 1 if anything would change')
    .addOption(formatOption())
    .option('--json', 'the same as --format json')
    .option('--patch <file>', 'write one patch that git apply takes');
  addCheckpointOptions(addSplitOptions(root))
    .helpOption('-h, --help', 'this text')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(dfsplit --help shows the options)')
    .enablePositionalOptions()
    .exitOverride()
    .action(async (paths: string[], flags: Flags & EngineFlags) => done(await run(paths, flags)));
  addVerifyOptions(addSplitOptions(root.command('verify').argument('[path...]', 'as for dfsplit')))
    .description('builds before and after with a real engine and compares them')
    .action(async (paths: string[], flags: VerifyFlags) => {
      const { runVerify } = await import('./verify.ts');
      done(await runVerify(paths, flags));
    });
  addSplitOptions(root.command('explain').argument('[path...]', 'as for dfsplit'))
    .description('every step with its placement, the evidence and the knowledge entry behind it')
    .action(async (paths: string[], flags: Flags) => done(await runExplain(paths, flags)));
  const migrate = root
    .command('migrate')
    .description('splits on a branch of each repository, commits, and if asked to pushes and opens a pull request');
  addMigrateOptions(
    addSplitOptions(
      migrate
        .command('run', { isDefault: true })
        .argument('[repository...]', 'an address, a local clone or a bare mirror'),
    ),
  ).action(async (repositories: string[], flags: MigrateFlags) => {
    const { runMigrate } = await import('./migrate.ts');
    done(await runMigrate(repositories, flags));
  });
  addStateOption(migrate.command('status').option('--json', 'for machines'))
    .description('where every repository stands')
    .action(async (flags: MigrateFlags) => {
      const { runStatus } = await import('./migrate.ts');
      done(runStatus(flags));
    });
  addStateOption(
    migrate
      .command('report')
      .argument('[state...]', 'state files, of runs with --shard; --state where none is named')
      .addOption(documentOption())
      .option('-o, --output <file>', 'the report goes there'),
  )
    .description('one report over all repositories')
    .action(async (states: string[], flags: MigrateFlags & { readonly format: DocumentFormat }) => {
      const { runFleetReport } = await import('./migrate.ts');
      done(await runFleetReport(states, flags));
    });
  root
    .command('merge')
    .argument('<page...>', 'html reports, as runs with --shard write them')
    .option('-o, --output <file>', 'the page goes there')
    .description('puts several html reports into one')
    .action(async (pages: string[], { output }: { output?: string }) => {
      const { runMerge } = await import('./merge.ts');
      await runMerge(pages, output);
      done(0);
    });
  root
    .command('init')
    .description('writes a dfsplit.config.json with the defaults')
    .action(async () => {
      const { runInit } = await import('./init.ts');
      process.stdout.write(`${runInit(manifest.version)}\n`);
      done(0);
    });
  root
    .command('rules')
    .argument('[name]', 'a code (DF304), an ecosystem (go) or an image (golang)')
    .description('the catalogue of codes; what dfsplit knows of one of them, of an ecosystem or of an image')
    .action(async (name: string | undefined) => {
      const { rulesText } = await import('./rules.ts');
      process.stdout.write(rulesText(name));
      done(0);
    });
  return root;
}

/** A code for `--assume` stands behind it without `=`; anything else there is a path. */
function withoutAmbiguity(argv: readonly string[]): string[] {
  return argv.flatMap((word, index) =>
    word === '--assume' && !/^DF\d{3}(,DF\d{3})*$/i.test(argv[index + 1] ?? '') ? ['--assume=all'] : [word],
  );
}

/** Runs the command line; the exit status is set, never forced, so that all output is written. */
export async function main(argv: readonly string[]): Promise<void> {
  endOnInterrupt();
  // A reader that has seen enough (`dfsplit . | head`) closes the pipe.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    const root = program((status) => {
      process.exitCode = status;
    });
    await root.parseAsync(withoutAmbiguity(argv), { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    const detail = error instanceof Error ? error.stack : undefined;
    process.stderr.write(isUsageError(error) ? `dfsplit: ${message}\n` : `dfsplit: ${detail ?? message}\n`);
    process.exitCode = 2;
  }
}
