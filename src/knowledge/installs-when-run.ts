import { baseName } from '../syntax/paths.ts';

/**
 * Package managers of languages whose packages may compile, by what makes them install:
 * https://bundler.io/man/bundle-install.1.html, https://pip.pypa.io/en/stable/cli/pip_install/,
 * https://docs.npmjs.com/cli/commands/npm-install, https://classic.yarnpkg.com/en/docs/cli/install,
 * https://python-poetry.org/docs/cli/#install, https://pipenv.pypa.io/en/latest/commands.html, https://docs.astral.sh/uv/reference/cli/
 */
const INSTALLERS: readonly (readonly [tool: string, program: RegExp, words: RegExp])[] = [
  ['bundle', /^bundler?$/, /^(bundler?$|bundler? (install|update)\b)/],
  ['gem', /^gem$/, /^gem install\b/],
  ['pip', /^pip[\d.]*$/, /^pip[\d.]* install\b/],
  ['npm', /^npm$/, /^npm (install|i|ci|add)\b/],
  ['yarn', /^yarn(pkg)?$/, /^yarn(pkg)?( (install|add)\b|( -.*)?$)/],
  ['pnpm', /^pnpm$/, /^pnpm (install|i|add)\b/],
  ['poetry', /^poetry$/, /^poetry (install|add|update)\b/],
  ['pipenv', /^pipenv$/, /^pipenv (install|sync|update)\b/],
  ['uv', /^uv$/, /^uv (sync|add|pip install|pip sync)\b/],
];

/** What is listed in a file of the project, whatever words follow. */
const LISTED = /^(bundle|poetry|pipenv)$/;

/** An install of packages that may have to be compiled. */
export interface Install {
  readonly tool: string;
  /** The packages and lists that it names; empty for those of the project. */
  readonly what: string;
}

/** What a call installs that may have to be compiled; null for any other call. */
export function installsWhenRun(argv: readonly (string | null)[]): Install | null {
  const isModule = /^python[\d.]*$/.test(baseName(argv[0] ?? '')) && argv[1] === '-m';
  const [program, ...words] = isModule ? argv.slice(2) : argv;
  const name = baseName(program ?? '');
  const call = [name, ...words.map((word) => word ?? '…')].join(' ');
  const [tool] = INSTALLERS.find(([, programs, calls]) => programs.test(name) && calls.test(call)) ?? [];
  if (tool === undefined) return null;
  const named = words.slice(tool === 'uv' && words[0] === 'pip' ? 2 : 1).filter((word) => !word?.startsWith('-'));
  const what = LISTED.test(tool) ? '' : named.map((word) => baseName(word ?? '…')).join(' ');
  return { tool, what };
}
