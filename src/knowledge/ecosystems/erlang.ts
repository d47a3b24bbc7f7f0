import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';

const cache = (call: ToolCall): BuildEffect[] =>
  ['.cache/rebar3', '.hex', '.rebar'].map((name) => ({ kind: 'cache', path: resolvePath(call.home, name) }));

/** Whether a release brings the virtual machine along and holds files instead of links: https://rebar3.org/docs/deployment/releases/ */
function isComplete(config: string): boolean {
  return (
    /\{\s*mode\s*,\s*(prod|minimal)\s*\}/.test(config) ||
    (/\{\s*include_erts\s*,\s*true\s*\}/.test(config) && !/\{\s*dev_mode\s*,\s*true\s*\}/.test(config))
  );
}

function rebar3(call: ToolCall, words: ParsedWords): BuildEffect[] {
  if (words.operands.includes(null)) return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const tasks = words.operands.flatMap((word) => (word as string).split(',')).filter((word) => word !== '');
  const profiles = tasks[0] === 'as' ? (tasks[1] ?? '').split('+') : [];
  const wanted = tasks.slice(tasks[0] === 'as' ? 2 : 0).filter((task) => task !== 'do');
  const profile = ['default', ...profiles].at(-1) === 'default' ? 'default' : profiles.join('+');
  const config = call.files.read(resolvePath(call.cwd, 'rebar.config')) ?? '';
  // Hooks and plug-ins write where they like in the project: https://rebar3.org/docs/configuration/configuration/#hooks
  const isBelow = config.trim() !== '' && !/\b(\w*hooks|\w*plugins|base_dir|\w+_dir)\b/.test(config);
  const inPlace: BuildEffect = { kind: 'builds-in-place', folder: isBelow ? `${call.cwd}/_build` : call.cwd };
  const plain =
    /^(get-deps|deps|upgrade|compile|clean|update|unlock|tree|eunit|ct|dialyzer|xref|version|update-deps|skip_deps=true|cover|fmt|hex)$/;
  const stranger = wanted.find((task) => !plain.test(task) && !/^(release|tar|escriptize)$/.test(task));
  const effects: BuildEffect[] = [...cache(call), { kind: 'compiles', folder: call.cwd }];
  if (stranger !== undefined)
    return [
      ...effects,
      inPlace,
      { kind: 'assumes', code: 'DF202', args: { command: `rebar3 ${stranger}`, where: call.cwd } },
    ];
  if (!wanted.includes('release')) return [...effects, inPlace];
  if (!isComplete(config)) return [...effects, inPlace];
  return [
    ...effects,
    { kind: 'intermediate', path: `${call.cwd}/_build` },
    { kind: 'supersedes', path: `${call.cwd}/_build` },
    { kind: 'artifact', path: `${call.cwd}/_build/${profile}/rel`, tree: true, linkage: 'unknown' },
  ];
}

/** Erlang with rebar and rebar3: https://rebar3.org/docs/commands/ */
export const erlang: Ecosystem = {
  id: 'erlang',
  docs: 'https://rebar3.org/docs/commands/',
  // Nothing but a complete release is told from its sources: modules are loaded, and data read, by the folders of the project.
  interpreted: true,
  compileInput: () => false,
  runners: ['rebar', 'rebar3'],
  rules: [
    {
      id: 'rebar',
      tools: ['rebar3', 'rebar'],
      subcommands: null,
      says: 'builds with rebar',
      example: 'rebar3 as prod release',
      read: rebar3,
    },
    {
      id: 'erlc',
      tools: ['erlc'],
      subcommands: null,
      valueFlags: ['-o', '-I', '-pa'],
      says: 'compiles modules',
      example: 'erlc -o ebin app.erl',
      read: (call, words) => {
        const folder = words.flags.get('-o');
        return folder === null
          ? [{ kind: 'unknown', why: 'where it compiles to is not known' }]
          : [
              {
                kind: 'builds-in-place',
                folder: typeof folder === 'string' ? resolvePath(call.cwd, folder) : call.cwd,
              },
            ];
      },
    },
  ],
};
