import type { ImageFiles, ProgramTraits } from '../ecosystem.ts';
import { programWords } from '../ecosystem.ts';
import { startedByCall } from '../shell-constants.ts';
import { moduleOf, readSources, requiredModules, vendoredPrograms } from './sources.ts';

/** Everything of package os but arguments, environment, standard streams and signals; and what opens files elsewhere. */
const OPENS = [
  /\bos\.(?!(?:Args|Exit|Getenv|LookupEnv|Setenv|Unsetenv|Environ|ExpandEnv|Std(?:in|out|err)|Signal|Interrupt|Kill|Getp?pid|Hostname|Err\w+|Is(?:Exist|NotExist|Permission|Timeout)|Pipe)\b)[A-Z]/,
  /\bioutil\.|\bfilepath\.(?:Glob|Walk\w*|EvalSymlinks|Abs)|Parse(?:Files|Glob)|LoadX509KeyPair|\bplugin\.|\bsyscall\.|"unix(?:gram|packet)?"/,
  /\bhttp\.(?:Dir|ServeFile|ListenAndServeTLS)|\bhttp\.FileServer\((?!http\.FS\()/,
  /\.(?:Static|StaticFS|StaticFile|File|SendFile|ServeFile|ReadConfig\w*|SetConfig\w*)\(/,
];

/** Modules that start programs which the build image has: by their documentation on https://pkg.go.dev */
const MODULE_PROGRAMS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^github\.com\/hashicorp\/(go-getter|terraform)\b/, ['git', 'hg', 'ssh']],
  [/^github\.com\/Masterminds\/vcs\b/, ['git', 'hg', 'svn']],
  [
    /^(code\.gitea\.io\/(git|gitea)|github\.com\/(gogits|gogs)\/git-module|github\.com\/go-git\/go-git|gopkg\.in\/src-d\/go-git)\b/,
    ['git'],
  ],
  [/^github\.com\/(sourcegraph\/go-vcs|libgit2\/git2go|ldez\/go-git-cmd-wrapper)\b/, ['git']],
  [/^golang\.org\/x\/tools\/go\/(packages|loader|vcs)\b/, ['go', 'git']],
  [/^github\.com\/(gohugoio\/hugo|zricethezav\/gitleaks|git-chglog\/git-chglog|cli\/cli|moby\/buildkit)\b/, ['git']],
];

/** Modules with `git` for a name that work without the program. */
const WITHOUT_GIT = /\/(git-urls|go-git-urls|git-diff-parser|go-gitdiff|git-pkt-line)\b/;

/** Programs that modules start, by the packages that are imported and the modules that these require. */
function modulePrograms(imports: ReadonlySet<string>, modules: readonly string[]): string[] {
  const paths = [...imports, ...modules];
  const known = MODULE_PROGRAMS.flatMap(([pattern, programs]) =>
    paths.some((path) => pattern.test(path)) ? programs : [],
  );
  // A module that says git, of which nothing else is known: the program comes along.
  const named = paths.some((path) => /\/(?:[\w.]+-)?git(?:-[\w.]+)?(?:\/|$)/.test(path) && !WITHOUT_GIT.test(path));
  return [...new Set([...known, ...(named ? ['git'] : [])])];
}

/** The constant names in calls of exec.Command; a program that starts itself needs no other, `*` stands for any. */
function startedPrograms(text: string): string[] {
  const calls = [
    ...text.matchAll(
      /exec\.Command(?:Context)?\((?:(?:ctx|context\.\w+\(\)|[\w.]*[cC]tx)\s*,\s*)?("([^"]+)"|[^,)\s]+)/g,
    ),
  ];
  const names = calls.flatMap((call) =>
    call[1] === 'os.Args[0]' ? [] : startedByCall(call[2], text, call.index + call[0].length),
  );
  // Other ways to start a program take a path that is rarely a constant.
  return [...new Set(/\b(syscall\.(Exec|ForkExec)|os\.StartProcess)\(/.test(text) ? [...names, '*'] : names)];
}

/** What the program of a folder does when it runs, as far as its sources tell. */
export function traits(folder: string, files: ImageFiles): ProgramTraits | null {
  const module = moduleOf(folder, files);
  const root = module?.root ?? folder;
  const sources = readSources(root, files);
  if (sources === null || !sources.hasMain) return null;
  const { imports, text } = sources;
  const has = (pattern: RegExp): boolean => [...imports].some((path) => pattern.test(path));
  const opens = OPENS.some((pattern) => pattern.test(text));
  // Another module's code may open files under names of its own: only the standard library is known not to.
  const own = module?.path;
  const foreign = [...imports].some(
    (path) => path.split('/')[0]?.includes('.') && !(own !== undefined && (path === own || path.startsWith(`${own}/`))),
  );
  const starts =
    has(/^(os\/exec|syscall)$/) && /\b(exec\.Command|syscall\.(Exec|ForkExec)|os\.StartProcess)/.test(text);
  const runs = [
    ...(starts ? startedPrograms(text) : []),
    ...modulePrograms(imports, foreign ? requiredModules(root, files) : []),
    ...(foreign ? vendoredPrograms(root, files) : []),
  ];
  return {
    // What it starts may read what it is told to.
    readsFiles: opens || foreign || runs.length > 0,
    runs: [...new Set(runs)],
    mayRun: programWords(runs, text),
    timeZones: foreign || /\bLoadLocation\b|"TZ"/.test(text),
    certificates: foreign || has(/^(net\/http|crypto\/tls|crypto\/x509|net\/smtp)$/),
    users: foreign || imports.has('os/user'),
    evidence: `${sources.count} Go source file${sources.count === 1 ? '' : 's'}`,
  };
}
