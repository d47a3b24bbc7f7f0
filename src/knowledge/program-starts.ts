/** What says that a source starts programs. */
const STARTS =
  /child_process|execa|shelljs|cross-spawn|node-pty|\bBun\.(spawn|\$)|\bspawn\(|subprocess|os\.(system|popen|exec[lv]|posix_spawn|spawn)|pexpect|ptyprocess|plumbum|simple-git|Deno\.Command|ProcessBuilder|getRuntime\(\)|Open3|IO\.popen|%x[({[]|`git |ProcessStartInfo|Process\.Start|shell_exec|proc_open|passthru|\bpopen\(|\bexec\(|(?<![.\w])system2?[ (]|Kernel\.system|System\.(cmd|shell)|Port\.open|open_port|os:cmd|:os\.cmd|System\.Process|sys\.process|java\.shell|os\.execute|io\.popen|\bqx[({/]|execute_command_line|EXECUTE_COMMAND_LINE|[[;{]\s?exec\s|^exec\s/m;
/** Languages of which that is known. */
const SOURCE =
  /\.([cm]?[jt]sx?|py|rb|cs|fs|vb|java|kt|scala|groovy|php|exs?|erl|hs|cljs?|pl|pm|lua|tcl|[rR]|jl|f|f90|f95|f03|f08)$/;
/** Languages in which a word between backquotes is a command. */
const BACKQUOTES = /\.(rb|php|pl|pm|jl)$/;

/** Languages that are compiled, and how their sources start programs; which programs is told apart. */
const COMPILED = /\.(go|rs|c|cc|cpp|cxx|zig|nim|d|swift|ml|cr|dart|v)$/;
const COMPILED_STARTS =
  /exec\.Command|StartProcess|ForkExec|Command::new|\b(?:system|popen|exec[lv]p?e?|posix_spawnp?)\s*\(|\bProcess\b|exec(?:Process|Cmd|ShellCmd)|startProcess/;

/** What tools of the build run, and no program of the container: https://setuptools.pypa.io, https://guides.rubygems.org/gems-with-extensions/ */
const OF_THE_BUILD = /(^|\/)(setup\.py|extconf\.rb|conanfile\.py|noxfile\.py|gulpfile\.[cm]?js|Gruntfile\.js)$/;

/** A file whose text tells whether the application starts programs. */
export const isSource = (path: string): boolean => SOURCE.test(path) && !OF_THE_BUILD.test(path);

const SCRIPT_ENGINE = /^(node|nodejs|npm|npx|yarn|pnpm|bun|bunx|deno)$/;

/**
 * JavaScript that lies in the project for browsers: it is minified, or neither the image nor a word of the Dockerfile has a
 * program that runs it.
 */
export const isForBrowsers = (path: string, programs: readonly string[], dockerfile: string): boolean =>
  /\.min\.js$/.test(path) ||
  (/\.[cm]?jsx?$/.test(path) && ![...programs, ...dockerfile.split(/\W+/)].some((word) => SCRIPT_ENGINE.test(word)));

/** What makes an extension of Python while it is built: https://cffi.readthedocs.io/en/stable/cdef.html */
const makesExtension = (text: string): boolean => /\bFFI\(\)/.test(text) && text.includes('.set_source(');

/** True where the text of a source starts programs at all. */
export const startsPrograms = (path: string, text: string): boolean =>
  (STARTS.test(text) && !makesExtension(text)) || (BACKQUOTES.test(path) && text.includes('`'));

/** Names of programs that are words of a text, keywords or extensions of files as well. */
const WORDS = new Set(['ant', 'ar', 'as', 'c++', 'cc', 'go', 'ld', 'make', 'nm', 'patch', 'stack', 'strip']);

/** A quoted word of that name need not be the program. */
export const isWord = (name: string): boolean => WORDS.has(name);

/** A file that may start a script of the project. */
export const mayStartScripts = (path: string): boolean => COMPILED.test(path) || isSource(path);

/** True where it starts any program at all. */
export const startsAny = (path: string, text: string): boolean =>
  COMPILED.test(path) ? COMPILED_STARTS.test(text) : startsPrograms(path, text);

/** A file that may be a script of the shell: by its name, or by having none of another kind. */
export const mayBeScript = (name: string): boolean => /\.(ba)?sh$/.test(name) || !/[./]/.test(name);

/** Names of scripts in the constants of a source; one without an extension has a folder before it. */
export const namedScripts = (text: string): readonly string[] =>
  [...text.matchAll(/(["'`\s/])([\w.-]+)(?=["'`\s])/g)].flatMap(([, before, name = '']) =>
    /\.(ba)?sh$/.test(name) || (before === '/' && mayBeScript(name)) ? [name] : [],
  );
