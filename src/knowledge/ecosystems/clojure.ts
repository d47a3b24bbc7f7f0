import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { needsJdk, output } from '../maven.ts';

/** Tasks that leave nothing for the container: https://codeberg.org/leiningen/leiningen/src/branch/main/doc/TUTORIAL.md */
const PREPARING =
  /^(deps|clean|compile|check|test|javac|version|help|classpath|pom|install|show-profiles|ancient|kibit|eastwood|cljfmt)$/;
/** Tasks of plug-ins that write inside the project, where project.clj tells them to. */
const INSIDE = /^(jar|cljsbuild|npm|sass|less|garden|fig:\S+|resource|minify-assets|shadow)$/;

/** The vectors and words of an alias in project.clj, flat: `"package" ["do" ["clean"] ["npm" "install"]]`. */
function aliasOf(name: string, project: string): readonly (readonly string[])[] | null {
  const start = new RegExp(`"${name.replace(/[^\w-]/g, '\\$&')}"\\s*(?=\\[)`).exec(
    project.slice(Math.max(0, project.indexOf(':aliases'))),
  );
  if (start === null || !project.includes(':aliases')) return null;
  const text = project.slice(project.indexOf(':aliases') + start.index + start[0].length);
  let depth = 0;
  let end = 0;
  do {
    if (text[end] === '[') depth++;
    if (text[end] === ']') depth--;
    end++;
  } while (depth > 0 && end < text.length);
  const body = text.slice(1, end - 1);
  const inner = [...body.matchAll(/\[([^\]]*)(?:\]|$)/g)].map((match) => words(match[1] as string));
  const own = words(body.replace(/\[[^\]]*(?:\]|$)/g, ''));
  return inner.length > 0 ? [...(own[0] === 'do' ? [] : [own]), ...inner] : split(own);
}

const words = (text: string): string[] => [...text.matchAll(/"([^"]*)"/g)].map((match) => match[1] as string);

/** `do a, b, c` are several tasks; what stands before a task is taken away. */
function split(all: readonly string[]): readonly (readonly string[])[] {
  const tasks: string[][] = [[]];
  for (const word of all[0] === 'do' ? all.slice(1) : all) {
    tasks.at(-1)?.push(word.replace(/,$/, ''));
    if (word.endsWith(',')) tasks.push([]);
  }
  return tasks;
}

function bare([first = '', ...rest]: readonly string[]): readonly string[] {
  if (/^(with-profiles?|update-in)$/.test(first)) return bare(rest.slice(1));
  return first === 'trampoline' || first === '-o' || first === '-U' ? bare(rest) : [first, ...rest];
}

function lein(call: ToolCall): BuildEffect[] {
  const argv = call.argv.slice(1);
  if (argv.includes(null)) return [{ kind: 'unknown', why: 'which tasks it runs is not known' }];
  const project = (call.files.read(resolvePath(call.cwd, 'project.clj')) ?? '').replace(/;.*$/gm, '');
  const effects: BuildEffect[] = [
    ...['.m2', '.lein'].map((name): BuildEffect => ({ kind: 'cache', path: resolvePath(call.home, name) })),
    { kind: 'compiles', folder: call.cwd },
  ];
  const strays = /"(\/|~|\.\.\/)/.test(project);
  const made: BuildEffect[] = [];
  const run = (task: readonly string[], depth: number): void => {
    const [name = '', second] = bare(task);
    const alias = aliasOf(name, project);
    if (alias !== null && depth < 5) for (const one of alias) run(one, depth + 1);
    else if (name === 'uberjar' || (name === 'ring' && second === 'uberjar')) made.push(...uberjar(call, project));
    else if (INSIDE.test(name) && !strays && project !== '') made.push({ kind: 'builds-in-place', folder: call.cwd });
    else if (!PREPARING.test(name))
      made.push(
        { kind: 'builds-in-place', folder: call.cwd },
        {
          kind: 'assumes',
          code: 'DF202',
          args: { command: `lein ${[name, second].filter(Boolean).join(' ')}`, where: call.cwd },
        },
      );
  };
  for (const task of split(argv as string[])) run(task, 0);
  return made.length === 0 ? [...effects, target(call, 'target')] : [...effects, ...needsJdk(call.cwd, call), ...made];
}

const target = (call: ToolCall, name: string): BuildEffect => ({
  kind: 'intermediate',
  path: resolvePath(call.cwd, name),
});

/** The jar with all that it needs lies below :target-path. */
function uberjar(call: ToolCall, project: string): BuildEffect[] {
  const path = /:target-path\s+"([^"]*)"/.exec(project)?.[1] ?? 'target';
  if (project.trim() === '' || /^(\/|~|\.\.)/.test(path) || /:uberjar-name\s+"[^"]*\//.test(project))
    return [{ kind: 'builds-in-place', folder: call.cwd }];
  return output(resolvePath(call.cwd, path.split('/')[0] ?? 'target'), true);
}

/** https://clojure.org/guides/tools_build */
function toolsBuild(call: ToolCall, parsed: ParsedWords): BuildEffect[] {
  const argv = call.argv.slice(1);
  const effects: BuildEffect[] = [
    ...['.m2', '.gitlibs', '.clojure'].map(
      (name): BuildEffect => ({ kind: 'cache', path: resolvePath(call.home, name) }),
    ),
    { kind: 'cache', path: resolvePath(call.cwd, '.cpcache') },
    { kind: 'compiles', folder: call.cwd },
  ];
  if (
    parsed.flags.has('-P') ||
    parsed.flags.has('-Spath') ||
    parsed.flags.has('-Stree') ||
    parsed.flags.has('--version')
  )
    return effects;
  const script = call.files.read(resolvePath(call.cwd, 'build.clj')) ?? '';
  const inside =
    script.trim() !== '' &&
    !/"(\/|~|\.\.\/)/.test(script) &&
    !/\b(sh|process|delete)\b/.test(script.replace(/b\/delete/g, ''));
  if (argv.some((word) => /^-T:build$/.test(word ?? '')) && inside) {
    const below = /"target\//.test(script) && /\b(b\/)?uber\b/.test(script);
    return [
      ...effects,
      ...needsJdk(call.cwd, call),
      ...(below
        ? output(resolvePath(call.cwd, 'target'), true)
        : [{ kind: 'builds-in-place', folder: call.cwd } as const]),
    ];
  }
  return [
    ...effects,
    { kind: 'builds-in-place', folder: call.cwd },
    { kind: 'assumes', code: 'DF202', args: { command: argv.map((word) => word ?? '…').join(' '), where: call.cwd } },
  ];
}

/** Clojure with Leiningen and tools.deps: https://leiningen.org/, https://clojure.org/reference/deps_edn */
export const clojure: Ecosystem = {
  id: 'clojure',
  docs: 'https://clojure.org/guides/tools_build',
  interpreted: false,
  compileInput: (path) =>
    /\.(clj|cljs|cljc|edn|java)$/.test(path) ||
    /(^|\/)(project\.clj|deps\.edn|shadow-cljs\.edn)$|^(test|dev)\//.test(path),
  runners: ['lein', 'clojure', 'clj', 'boot'],
  rules: [
    {
      id: 'lein',
      tools: ['lein'],
      subcommands: null,
      says: 'builds with Leiningen',
      example: 'lein uberjar',
      read: lein,
    },
    {
      id: 'tools-build',
      tools: ['clojure', 'clj'],
      subcommands: null,
      says: 'builds with tools.build',
      example: 'clojure -T:build uber',
      read: toolsBuild,
    },
  ],
};
