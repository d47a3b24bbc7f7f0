import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { taskfileScript } from '../taskfile.ts';

const NAMES = [
  'Taskfile.yml',
  'taskfile.yml',
  'Taskfile.yaml',
  'taskfile.yaml',
  'Taskfile.dist.yml',
  'Taskfile.dist.yaml',
];

function task(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const change = words.flags.get('-d') ?? words.flags.get('--dir');
  const named = words.flags.get('-t') ?? words.flags.get('--taskfile');
  if (
    ['-l', '--list', '-a', '--list-all', '--version', '--help', '-h', '--dry', '-n'].some((flag) =>
      words.flags.has(flag),
    )
  )
    return [{ kind: 'checks' }];
  if (change === null || named === null || words.operands.includes(null))
    return [{ kind: 'unknown', why: 'what it runs is not known' }];
  const folder = typeof change === 'string' ? resolvePath(call.cwd, change) : call.cwd;
  const file = (typeof named === 'string' ? [named] : NAMES)
    .map((name) => call.files.read(resolvePath(folder, name)))
    .find((text) => text !== null);
  const script = file == null ? null : taskfileScript(file, words.operands as string[]);
  const state: BuildEffect = { kind: 'cache', path: resolvePath(folder, '.task') };
  if (script !== null) return [state, { kind: 'runs', script, folder }];
  return [
    state,
    { kind: 'builds-in-place', folder },
    { kind: 'assumes', code: 'DF202', args: { command: ['task', ...words.operands].join(' '), where: folder } },
  ];
}

/** Runners of tasks that are written as shell commands: https://taskfile.dev/ */
export const tasks: Ecosystem = {
  id: 'tasks',
  docs: 'https://taskfile.dev/docs/guide',
  interpreted: false,
  compileInput: (path) => /(^|\/)[Tt]askfile(\.dist)?\.ya?ml$/.test(path),
  rules: [
    {
      id: 'task',
      tools: ['task', 'go-task'],
      subcommands: null,
      valueFlags: [
        '-d',
        '--dir',
        '-t',
        '--taskfile',
        '-o',
        '--output',
        '-c',
        '-C',
        '--concurrency',
        '-I',
        '--interval',
      ],
      says: 'runs tasks of its file',
      example: 'task build',
      read: task,
    },
  ],
};
