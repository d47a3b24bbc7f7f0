import type { Runner } from './git.ts';
import type { MigrateFlags } from './migrate-options.ts';
import type { Repository } from './repository.ts';

/** What a pull request is made of. */
export interface Proposal {
  readonly title: string;
  readonly body: string;
  /** The file with the body, for tools that read one. */
  readonly bodyFile: string;
}

type Tool = 'gh' | 'glab';

/** The tool for the place a repository lives at; null where `--pr` does not say and the address does not tell. */
export function toolFor(remote: string, wanted: string | true): Tool | null {
  if (wanted === 'gh' || wanted === 'glab') return wanted;
  return /github\./i.test(remote) ? 'gh' : /gitlab/i.test(remote) ? 'glab' : null;
}

/** The open pull request of the branch, or a new one: its address. */
export async function propose(
  tool: Tool,
  { gitDir, base }: Repository,
  remote: string,
  flags: MigrateFlags,
  { title, body, bodyFile }: Proposal,
  run: Runner,
): Promise<string> {
  const labels = flags.label.flatMap((label) => ['--label', label]);
  const draft = flags.draft ? ['--draft'] : [];
  const where = ['--repo', remote];
  if (tool === 'gh') {
    const open = JSON.parse(
      (await run.tool(
        'gh',
        ['pr', 'list', ...where, '--head', flags.branch, '--state', 'open', '--json', 'url'],
        gitDir,
      )) || '[]',
    );
    if (open[0]?.url !== undefined) return open[0].url;
    const named = ['--head', flags.branch, '--base', base.branch, '--title', title, '--body-file', bodyFile];
    return addressIn(await run.tool('gh', ['pr', 'create', ...where, ...named, ...labels, ...draft], gitDir));
  }
  const open = JSON.parse(
    (await run.tool('glab', ['mr', 'list', ...where, '--source-branch', flags.branch, '--output', 'json'], gitDir)) ||
      '[]',
  );
  if (open[0]?.web_url !== undefined) return open[0].web_url;
  const named = [
    '--source-branch',
    flags.branch,
    '--target-branch',
    base.branch,
    '--title',
    title,
    '--description',
    body,
  ];
  return addressIn(await run.tool('glab', ['mr', 'create', ...where, ...named, ...labels, ...draft, '--yes'], gitDir));
}

const addressIn = (text: string): string => /https?:\/\/\S+/.exec(text)?.[0] ?? text.trim();

/** Whether a pull request that was opened earlier is open still. */
export async function isOpen(url: string, run: Runner): Promise<boolean> {
  try {
    // glab takes a number and the project's address, not the address of the merge request.
    const [, project, number] = /^(.*?)(?:\/-)?\/merge_requests\/(\d+)/.exec(url) ?? [];
    if (project !== undefined && number !== undefined) {
      const view = ['mr', 'view', number, '--repo', project, '--output', 'json'];
      return JSON.parse(await run.tool('glab', view, '.')).state === 'opened';
    }
    return JSON.parse(await run.tool('gh', ['pr', 'view', url, '--json', 'state'], '.')).state === 'OPEN';
  } catch {
    // Who cannot be asked may well be open.
    return true;
  }
}
