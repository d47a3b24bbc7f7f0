import { type Command, InvalidArgumentError } from 'commander';
import { assumed, type Flags } from '../options.ts';

/** What `dfsplit migrate` was told. */
export interface MigrateFlags extends Omit<Flags, 'format' | 'patch' | 'write' | 'check'> {
  readonly reposFrom?: string;
  readonly state: string;
  readonly workDir?: string;
  readonly branch: string;
  readonly base?: string;
  readonly patchDir?: string;
  readonly push?: true;
  readonly remote: string;
  /** `auto`, `gh` or `glab`. */
  readonly pr?: string | true;
  readonly title: string;
  readonly body?: string;
  readonly label: readonly string[];
  readonly draft?: true;
  readonly maxOpen?: number;
  readonly timeout: number;
  readonly retries: number;
  readonly fresh?: true;
}

const TITLE = 'Split the Dockerfile into a build and a runtime stage';

function number(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('Say a whole number.');
  return value;
}

/** Where everything is remembered; `status` and `report` read it. */
export function addStateOption(command: Command): Command {
  return command.option('--state <file>', 'what is done so far; a run goes on from it', 'dfsplit-migrate.ndjson');
}

/** The options of `dfsplit migrate` beyond those that choose how a file is split. */
export function addMigrateOptions(command: Command): Command {
  return addStateOption(command)
    .option('--assume [codes]', 'take splits that rest on assumptions too: all, or these codes', assumed)
    .option('--repos-from <file>', 'a list of repositories, one a line; - is standard input')
    .option('--work-dir <dir>', 'where clones go (default: beside the state file)')
    .option('--branch <name>', 'the branch of each repository', 'dfsplit/split-stages')
    .option('--base <branch>', 'the branch to start from (default: the default branch)')
    .option('--patch-dir <dir>', 'one patch and the text of a pull request for each repository')
    .option('--push', 'push the branch')
    .option('--remote <name>', 'the remote of a local clone', 'origin')
    .option('--pr [tool]', 'push, and open a pull request with gh or glab')
    .option('--title <text>', 'its title, and the first line of the commit message; {name} is the repository', TITLE)
    .option(
      '--body <file>',
      'a template of its text: {name}, {repository}, {branch}, {base}, {count}, {files}, {report}',
    )
    .option('--label <name>', 'a label of it', (label, all: string[]) => [...all, label], [])
    .option('--draft', 'open it as a draft')
    .option('--max-open <n>', 'leave repositories waiting while so many pull requests are open', number)
    .option('--timeout <s>', 'how long one repository may take', number, 600)
    .option('--retries <n>', 'how often the network is tried again', number, 3)
    .option('--fresh', 'begin a new run, even if the last one was cut short');
}
