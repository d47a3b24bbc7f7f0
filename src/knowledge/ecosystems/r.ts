import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ImageFiles, ParsedWords, ToolCall } from '../ecosystem.ts';

/** Where Debian's R, and that of rocker, puts what root installs: https://cran.r-project.org/bin/linux/debian/#supported-packages */
const SITE_LIBRARY = '/usr/local/lib/R/site-library';

/** Packages that compile C++ when the application runs, by their manuals on https://cran.r-project.org */
const COMPILES_WHEN_RUN = new Set(
  'Rcpp RcppArmadillo RcppEigen TMB brms cmdstanr cpp11 inline nimble odin rstan rstanarm'.split(' '),
);

/** Calls that only choose where packages come from, load one or print: https://stat.ethz.ch/R-manual/R-devel/library/base/html/ */
const HARMLESS =
  /^(options|library|require|requireNamespace|suppressMessages|suppressWarnings|Sys\.setenv|getOption|c|list|paste0?|cat|print|message|stop|quit|q|if|is\.element|installed\.packages|rownames|available\.packages|setRepositories)$/;
const INSTALLS =
  /^(install\.packages|install_(cran|github|gitlab|bitbucket|version|url|git|local|deps|bioc)|pkg_install|pak|install|biocLite)$/;

/** What R is told to run: each `-e CODE`, on its command line. */
const codeOf = (argv: readonly (string | null)[]): (string | null)[] =>
  argv.flatMap((word, at) => (at > 0 && argv[at - 1] === '-e' ? [word] : []));

const callsIn = (code: string): string[] =>
  [...code.matchAll(/(?<![\w.])([\w.]+)[ \t]*\(/g)].map(([, name]) => name as string);

/** True where the code calls nothing but what installs packages into the library that R chooses itself. */
function onlyInstalls(code: string): boolean {
  const called = callsIn(code);
  return (
    called.some((name) => INSTALLS.test(name)) &&
    called.every((name) => INSTALLS.test(name) || HARMLESS.test(name)) &&
    !/\blib(\.loc)?\s*=|\.libPaths|`|:::|<<?-\s*function/.test(code)
  );
}

/** Packages by their names, as strings of the code or words of the call. */
const namesIn = (text: string): string[] =>
  [...text.matchAll(/(?<![A-Za-z0-9.])[A-Za-z][A-Za-z0-9.]+/g)].map(([name]) => name);

function installed(names: readonly string[], library: string): BuildEffect[] {
  const what = names.filter((name) => COMPILES_WHEN_RUN.has(name));
  return [
    { kind: 'network' },
    { kind: 'dependencies', path: library },
    ...(what.length > 0 ? ['g++', 'make'].map((program): BuildEffect => ({ kind: 'starts', program })) : []),
    // Packages bring others along, and no file says which.
    { kind: 'assumes', code: 'DF307', args: { what: 'what the packages of R stand on' } },
  ];
}

const UNKNOWN_LIBRARY: BuildEffect[] = [{ kind: 'unknown', why: 'where it installs packages is not known' }];

/** The library of a call: the one that it names, or that of the site, where R lets whoever runs it write. */
function libraryOf(call: ToolCall, named: string | true | null | undefined): string | null {
  if (named !== undefined) return typeof named === 'string' ? resolvePath(call.cwd, named) : null;
  const isOther = ['R_LIBS', 'R_LIBS_USER', 'R_LIBS_SITE'].some((name) => call.env(name) !== undefined);
  const isForeign = call.image !== null && !/^(debian|ubuntu)$/.test(call.image.distribution ?? '');
  return isOther || isForeign || call.user !== 'root' ? null : SITE_LIBRARY;
}

function runsCode(call: ToolCall): readonly BuildEffect[] | null {
  const code = codeOf(call.argv);
  if (code.length === 0) return null;
  if (code.includes(null) || !code.some((one) => onlyInstalls(one as string))) return null;
  const others = code.filter((one) => !onlyInstalls(one as string));
  if (others.some((one) => callsIn(one as string).some((name) => !HARMLESS.test(name)))) return null;
  const library = libraryOf(call, undefined);
  return library === null ? UNKNOWN_LIBRARY : installed(namesIn(code.join(' ')), library);
}

/** Libraries that R itself stands on: https://cran.r-project.org/doc/manuals/r-release/R-exts.html#Using-Makevars */
const OWN_LIBRARIES = /\$[({](LAPACK_LIBS|BLAS_LIBS|FLIBS|SHLIB_OPENMP_\w+)[)}]/g;

/** True where the sources of a package are there and link nothing but R. */
function linksNothing(folder: string, files: ImageFiles): boolean {
  const names = files.list(folder);
  if (names === null || !names.includes('DESCRIPTION') || names.includes('configure')) return false;
  return ['Makevars', 'Makevars.in'].every((name) => {
    const text = files.read(`${folder}/src/${name}`)?.replace(OWN_LIBRARIES, '') ?? '';
    return !/\$[({]|-l|\.(a|so)\b|`/.test(text);
  });
}

function commandInstall(call: ToolCall, words: ParsedWords): readonly BuildEffect[] | null {
  if (words.operands[0] !== 'CMD' || words.operands[1] !== 'INSTALL') return runsCode(call);
  const packages = words.operands.slice(2);
  const library = libraryOf(call, words.flags.get('-l') ?? words.flags.get('--library'));
  if (library === null || packages.includes(null)) return UNKNOWN_LIBRARY;
  const folders = (packages as string[]).map((path) => resolvePath(call.cwd, path));
  const unread = folders.filter((folder) => !linksNothing(folder, call.files));
  return [
    ...folders.map((folder): BuildEffect => ({ kind: 'builds-in-place', folder })),
    { kind: 'dependencies', path: library },
    ...unread.map((what): BuildEffect => ({ kind: 'assumes', code: 'DF307', args: { what } })),
  ];
}

/** R: https://cran.r-project.org/doc/manuals/r-release/R-admin.html#Add_002don-packages and littler: https://github.com/eddelbuettel/littler */
export const r: Ecosystem = {
  id: 'r',
  docs: 'https://cran.r-project.org/doc/manuals/r-release/R-admin.html#Add_002don-packages',
  interpreted: true,
  compileInput: () => false,
  rules: [
    {
      id: 'R',
      tools: ['R'],
      subcommands: null,
      valueFlags: ['-l', '--library', '-e', '--configure-args', '--configure-vars'],
      says: 'installs packages',
      example: 'R CMD INSTALL .',
      read: commandInstall,
    },
    {
      id: 'Rscript',
      tools: ['Rscript', 'r'],
      subcommands: null,
      says: 'installs packages',
      example: 'Rscript -e \'install.packages("plumber")\'',
      read: runsCode,
    },
    {
      id: 'install2',
      tools: ['install2.r', 'install.r', 'installGithub.r', 'installBioc.r'],
      subcommands: null,
      // https://github.com/eddelbuettel/littler/blob/master/inst/examples/install2.r
      valueFlags: ['-l', '--libloc', '-r', '--repos', '-n', '--ncpus', '-d', '--deps', '-m', '--method'],
      openFlags: /^(-n|--ncpus|-r|--repos)$/,
      says: 'installs packages',
      example: 'install2.r --error plumber',
      read: (call, words) => {
        const library = libraryOf(call, words.flags.get('-l') ?? words.flags.get('--libloc'));
        return library === null
          ? UNKNOWN_LIBRARY
          : installed(
              words.operands.map((name) => name ?? ''),
              library,
            );
      },
    },
  ],
};
