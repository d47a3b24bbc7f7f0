import { baseName } from '../syntax/paths.ts';
import { commandEntry } from './commands.ts';
import type { Ecosystem, ImageFiles, ToolRule } from './ecosystem.ts';
import { ada } from './ecosystems/ada.ts';
import { assembly } from './ecosystems/assembly.ts';
import { c } from './ecosystems/c.ts';
import { clojure } from './ecosystems/clojure.ts';
import { cobol } from './ecosystems/cobol.ts';
import { crystal } from './ecosystems/crystal.ts';
import { d } from './ecosystems/d.ts';
import { dart } from './ecosystems/dart.ts';
import { deno } from './ecosystems/deno.ts';
import { dotnet } from './ecosystems/dotnet.ts';
import { elixir } from './ecosystems/elixir.ts';
import { erlang } from './ecosystems/erlang.ts';
import { gleam } from './ecosystems/gleam.ts';
import { go } from './ecosystems/go.ts';
import { haskell } from './ecosystems/haskell.ts';
import { java } from './ecosystems/java.ts';
import { lua } from './ecosystems/lua.ts';
import { nim } from './ecosystems/nim.ts';
import { node } from './ecosystems/node.ts';
import { ocaml } from './ecosystems/ocaml.ts';
import { pascal } from './ecosystems/pascal.ts';
import { perl } from './ecosystems/perl.ts';
import { php } from './ecosystems/php.ts';
import { python } from './ecosystems/python.ts';
import { r } from './ecosystems/r.ts';
import { ruby } from './ecosystems/ruby.ts';
import { rust } from './ecosystems/rust.ts';
import { sites } from './ecosystems/sites.ts';
import { swift } from './ecosystems/swift.ts';
import { tasks } from './ecosystems/tasks.ts';
import { vala } from './ecosystems/vala.ts';
import { zig } from './ecosystems/zig.ts';

/** Every ecosystem, in the order in which their rules are asked. */
export const ecosystems: readonly Ecosystem[] = [
  // Before Node.js, which has a program of the same name.
  elixir,
  go,
  node,
  python,
  rust,
  c,
  java,
  clojure,
  ruby,
  php,
  dotnet,
  crystal,
  nim,
  d,
  zig,
  ocaml,
  swift,
  dart,
  deno,
  lua,
  perl,
  sites,
  erlang,
  haskell,
  tasks,
  gleam,
  ada,
  assembly,
  cobol,
  pascal,
  vala,
  r,
];

const byTool = new Map<string, { readonly ecosystem: Ecosystem; readonly rule: ToolRule }[]>();
for (const ecosystem of ecosystems) {
  for (const rule of ecosystem.rules) {
    for (const tool of rule.tools) byTool.set(tool, [...(byTool.get(tool) ?? []), { ecosystem, rule }]);
  }
}

const byRunner = new Map(ecosystems.flatMap((ecosystem) => (ecosystem.runners ?? []).map((name) => [name, ecosystem])));

/** True for a call that compiles: a container that starts it needs what it compiles with. */
export function isCompiler(argv: readonly (string | null)[]): boolean {
  const program = baseName(argv[0] ?? '');
  // A tool for files and archives that an ecosystem has a word about is none of its compilers.
  if (commandEntry(program) !== null || /^(bootstrap(\.sh)?|configure|autogen\.sh)$/.test(program)) return false;
  const runs = ({ runsArtifact }: Ecosystem): boolean => runsArtifact?.([program, ...argv.slice(1)]) === true;
  const runner = byRunner.get(program);
  return (
    (runner !== undefined && !runs(runner)) ||
    (byTool.get(program) ?? []).some(({ ecosystem }) => !ecosystem.interpreted && !runs(ecosystem))
  );
}

/** The file that a launcher is told to run; null of any other call. */
export function launchedFile(argv: readonly (string | null)[]): string | null {
  const call = [baseName(argv[0] ?? ''), ...argv.slice(1)];
  for (const { launches } of ecosystems) {
    const file = launches?.(call) ?? null;
    if (file !== null) return file;
  }
  return null;
}

/** The script of a manifest that a call runs; undefined where it runs none, null where the manifest cannot be read. */
export function manifestScript(
  argv: readonly (string | null)[],
  folder: string,
  files: ImageFiles,
): string | null | undefined {
  for (const { scriptOf } of ecosystems) {
    const script = scriptOf?.(argv, folder, files);
    if (script !== undefined) return script;
  }
  return undefined;
}

const scripts = new Set(ecosystems.flatMap((ecosystem) => ecosystem.scripts ?? []));

/** True for a script of the project that only starts a tool known under its name. */
export function isProjectScript(tool: string): boolean {
  return scripts.has(tool);
}

const programFolders = ecosystems.flatMap(({ programFolder }) =>
  programFolder === undefined ? [] : [`/${programFolder}/`],
);

/** True for a program that the package manager put into the project, known under its name too. */
export function isInstalledProgram(path: string): boolean {
  return (
    programFolders.some((folder) => path.includes(folder)) ||
    ecosystems.some(({ programPath }) => programPath?.test(path) ?? false)
  );
}

/** The name of the program that a package has at a path: `node_modules/webpack/bin/webpack.js` is `webpack`. */
export function packageProgram(path: string): string | null {
  for (const ecosystem of ecosystems) {
    const name = ecosystem.packageProgram?.(path) ?? null;
    if (name !== null) return name;
  }
  return null;
}

/** The rules of a tool in order, [] for a program no ecosystem claims. */
export function toolRules(tool: string): readonly { readonly ecosystem: Ecosystem; readonly rule: ToolRule }[] {
  // Compilers are called by their version too: `gcc-13`.
  return byTool.get(tool) ?? byTool.get(tool.replace(/-\d[\d.]*$/, '')) ?? [];
}

/** True for a script of a toolchain or the distribution that sets variables and does nothing else. */
export function isSettingsScript(path: string): boolean {
  return /(\.cargo\/env|nvm\.sh|\.bashrc|\.profile|\/etc\/os-release|\/etc\/lsb-release|apache2\/envvars)$/.test(path);
}

/** True for what `eval` makes of a tool that prints settings of its own: variables of this one shell. */
export function isSettingsCommand(text: string): boolean {
  return /^"?(\$\(|`)(opam (config )?env( [^)`]*)?|ssh-agent( -s)?)(\)|`)"?$/.test(text);
}
