import { literal } from '../../syntax/glob.ts';
import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { table } from '../table.ts';

/** Tasks that write to _build, deps, priv and the caches alone: https://hexdocs.pm/mix, https://hexdocs.pm/phoenix/deployment.html */
const PREPARING =
  /^(deps\.(get|compile|update|clean|unlock|tree)|compile|clean|test|format|credo|dialyzer|loadpaths|phx\.digest(\.clean)?|assets\.(setup|deploy|build)|(esbuild|tailwind|bun|dart_sass)(\.install)?|sass(\.install)?|hex\.info|help|gettext\.(extract|merge)|sentry\.package_source_code|sobelow|phx\.routes)$/;
const TOOLS = /^(local\.(hex|rebar)|archive\.install|hex\.(config|repo|organization)|escript\.install)$/;

/** Packages of Hex that link a library of the system, by its -dev package. */
const LIBRARIES = table<string>({
  vix: 'libvips-dev',
  fast_xml: 'libexpat1-dev',
  fast_yaml: 'libyaml-dev',
  eimp: 'libgd-dev',
  ex_sodium: 'libsodium-dev',
  enacl: 'libsodium-dev',
});

/** The tasks of a call: `mix do a, b` and `mix do a + b` are several. */
function tasksOf(words: readonly (string | null)[]): readonly (readonly string[])[] | null {
  if (words.includes(null)) return null;
  const all = (words as readonly string[]).filter((word) => word !== '');
  if (all[0] !== 'do') return [all];
  const tasks: string[][] = [[]];
  for (const word of all.slice(1)) {
    if (word === '+') tasks.push([]);
    else {
      tasks.at(-1)?.push(word.replace(/,$/, ''));
      if (word.endsWith(',')) tasks.push([]);
    }
  }
  return tasks.filter((task) => task.length > 0);
}

/** What an alias of mix.exs stands for; undefined where it is none, null where it is more than a list of strings. */
function aliasOf(task: string, manifest: string): readonly string[] | null | undefined {
  const match = new RegExp(`(?:"${literal(task)}"|\\b${literal(task)}):\\s*(\\[[^\\]]*(?:\\]|$)|"[^"]*(?:"|$))`).exec(
    manifest,
  );
  if (match === null) return undefined;
  const text = match[1] as string;
  if (/&|\bfn\b|#\{/.test(text)) return null;
  return [...text.matchAll(/"([^"]*)"/g)].map((found) => found[1] as string);
}

/** True for a task that writes inside the project alone, the tasks of its alias included. */
function staysInside(task: string, manifest: string, depth = 0): boolean {
  const alias = depth > 5 ? null : aliasOf(task, manifest);
  if (alias === null) return false;
  if (alias === undefined) return PREPARING.test(task);
  return alias.every((one) => {
    const [name = '', ...rest] = one.split(/\s+/);
    if (name === 'cmd') return /^(--cd \S+ )?(npm|yarn|pnpm|npx)\b/.test(rest.join(' '));
    return name === task ? PREPARING.test(name) : staysInside(name, manifest, depth + 1);
  });
}

function mix(call: ToolCall, words: ParsedWords): BuildEffect[] | null {
  const own = call.image?.interpreter === 'erlang' || call.files.read(resolvePath(call.cwd, 'mix.exs')) !== null;
  // A package of Node.js has a program of this name too.
  if (!own) return null;
  const tasks = tasksOf(call.argv.slice(1));
  if (tasks === null) return [{ kind: 'unknown', why: 'which tasks it runs is not known' }];
  const manifest = call.files.read(resolvePath(call.cwd, 'mix.exs')) ?? '';
  const effects: BuildEffect[] = [
    ...['.hex', '.cache/rebar3'].map((name): BuildEffect => ({ kind: 'cache', path: resolvePath(call.home, name) })),
    // Hex and Rebar, without which Mix does not start a project that has dependencies.
    ...(tasks.some(([task = '']) => TOOLS.test(task))
      ? [{ kind: 'program-data' as const, path: resolvePath(call.home, '.mix'), programs: ['mix', 'iex'] }]
      : []),
    { kind: 'compiles', folder: call.cwd },
    ...['_build', 'deps', 'priv/static'].map(
      (name): BuildEffect => ({ kind: 'intermediate', path: resolvePath(call.cwd, name) }),
    ),
  ];
  for (const [task = '', ...rest] of tasks) {
    if (TOOLS.test(task) || staysInside(task, manifest)) continue;
    if ((task === 'release' || task === 'distillery.release') && aliasOf(task, manifest) === undefined)
      effects.push(...release(call, words, rest, manifest));
    else if (task === 'escript.build') effects.push(...escript(call, manifest));
    else
      effects.push(
        { kind: 'builds-in-place', folder: call.cwd },
        { kind: 'assumes', code: 'DF202', args: { command: `mix ${task}`, where: call.cwd } },
      );
  }
  return effects;
}

/** https://hexdocs.pm/mix/Mix.Tasks.Release.html: a folder with the virtual machine in it, unless mix.exs says otherwise. */
function release(call: ToolCall, words: ParsedWords, rest: readonly string[], manifest: string): BuildEffect[] {
  const path = words.flags.get('--path');
  const environment = call.env('MIX_ENV') ?? 'dev';
  const root = call.env('MIX_BUILD_PATH') ?? call.env('MIX_BUILD_ROOT');
  if (path === null || environment === null || root !== undefined || /build_path|releases_path/.test(manifest))
    return [{ kind: 'builds-in-place', folder: call.cwd }];
  const at = rest.indexOf('--path');
  const given = at >= 0 ? rest[at + 1] : path;
  const folder = typeof given === 'string' ? given : `_build/${environment}/rel`;
  const lock = call.files.read(resolvePath(call.cwd, 'mix.lock')) ?? '';
  const packages = [...lock.matchAll(/^[ \t]*"([\w.]+)":/gm)].flatMap((match) => LIBRARIES[match[1] as string] ?? []);
  const complete = !/include_erts:\s*(false|\w*System)/.test(manifest);
  return [
    { kind: 'artifact', path: resolvePath(call.cwd, folder), tree: true, linkage: isPure(lock) ? 'cpp' : 'unknown' },
    ...(packages.length > 0 ? [{ kind: 'needs-libraries', packages, because: 'dependencies' } as const] : []),
    ...(complete ? [] : [{ kind: 'starts', program: 'erl' } as const]),
    // The graphical applications need libraries that only the full image has.
    ...(/:(wx|observer|debugger)\b/.test(manifest) ? [{ kind: 'starts', program: 'gcc' } as const] : []),
  ];
}

/** No dependency compiles native code: mix.lock names the tools that each is built with. The machine itself is C++. */
const isPure = (lock: string): boolean =>
  lock.trim() !== '' && !/:make\b|elixir_make|rustler|zigler|"git@|:git,/.test(lock);

/** https://hexdocs.pm/mix/Mix.Tasks.Escript.Build.html */
function escript(call: ToolCall, manifest: string): BuildEffect[] {
  const named = /escript:(?:(?!escript:)[^\]])*?\b(path|name):\s*"?:?([\w./-]+)/.exec(manifest);
  const app = /\bapp:\s*:(\w+)/.exec(manifest)?.[1];
  const name = named?.[2] ?? app;
  if (name === undefined || /escript:\s*escript/.test(manifest)) return [{ kind: 'builds-in-place', folder: call.cwd }];
  return [
    { kind: 'artifact', path: resolvePath(call.cwd, name), tree: false, linkage: 'unknown' },
    { kind: 'starts', program: 'escript' },
  ];
}

/** Elixir with Mix: https://hexdocs.pm/mix/Mix.html */
export const elixir: Ecosystem = {
  id: 'elixir',
  docs: 'https://hexdocs.pm/mix/Mix.html',
  interpreted: false,
  compileInput: (path) =>
    /\.(exs?|[hl]?eex|erl|hrl|xrl|yrl|sface|po|pot)$/.test(path) ||
    /(^|\/)(mix\.lock|\.formatter\.exs|\.credo\.exs)$|^(assets|deps|_build|test|rel)\//.test(path),
  sourcePath: /__DIR__|__ENV__|File\.cwd|:code\.where/,
  runners: ['iex', 'elixir'],
  rules: [
    {
      id: 'mix',
      tools: ['mix'],
      subcommands: null,
      valueFlags: ['--path', '--only', '--cd'],
      says: 'builds with Mix',
      example: 'mix release',
      read: mix,
    },
  ],
};
