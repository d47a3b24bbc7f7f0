import { baseName, resolvePath } from '../syntax/paths.ts';
import type { BuildEffect } from './ecosystem.ts';

interface Installer {
  readonly id: string;
  readonly pattern: RegExp;
  readonly says: string;
  readonly effects: (home: string, env: (name: string) => string | null | undefined) => readonly BuildEffect[];
}

/** Scripts from the network that `curl … | sh` runs, by their published addresses. */
const installers: readonly Installer[] = [
  // https://rust-lang.github.io/rustup/installation/other.html
  {
    id: 'rustup',
    pattern: /\bsh\.rustup\.rs\b|static\.rust-lang\.org\/rustup/,
    says: 'installs the compiler',
    effects: (home) => [
      { kind: 'toolchain', path: `${home}/.cargo` },
      { kind: 'toolchain', path: `${home}/.rustup` },
    ],
  },
  // https://docs.haskellstack.org/en/stable/install_and_upgrade/
  {
    id: 'stack',
    pattern: /get\.haskellstack\.org/,
    says: 'installs the compiler',
    effects: () => [{ kind: 'toolchain', path: '/usr/local/bin/stack' }],
  },
  // https://github.com/Masterminds/glide#install, https://golang.github.io/dep/docs/installation.html
  {
    id: 'go-dependency-tools',
    pattern: /glide\.sh\/get|golang\/dep\/master\/install\.sh/,
    says: 'installs a tool that fetches packages for the compiler',
    effects: () => [{ kind: 'toolchain', path: '/go/bin/glide' }],
  },
  // https://python-poetry.org/docs/#installing-with-the-official-installer: one folder, which serves poetry alone. A stated one
  // has the program in it.
  {
    id: 'poetry',
    pattern: /\binstall\.python-poetry\.org\b|python-poetry\/poetry\/[\w.-]+\/install-poetry\.py/,
    says: 'installs the package manager',
    effects: (home, env) => {
      const stated = env('POETRY_HOME');
      const paths = stated == null ? [`${home}/.local/share/pypoetry`, `${home}/.local/bin/poetry`] : [stated];
      return paths.map((path) => ({ kind: 'program-data', path, programs: ['poetry'] }));
    },
  },
  // https://github.com/python-poetry/poetry/blob/1.1.15/get-poetry.py
  {
    id: 'get-poetry',
    pattern: /(python-poetry|sdispater)\/poetry\/[\w.-]+\/get-poetry\.py/,
    says: 'installs the package manager',
    effects: (home, env) => [
      { kind: 'program-data', path: env('POETRY_HOME') ?? `${home}/.poetry`, programs: ['poetry'] },
    ],
  },
  // https://docs.astral.sh/uv/reference/installer/; in ~/.cargo/bin before 0.5: https://github.com/astral-sh/uv/releases/tag/0.5.0
  {
    id: 'uv',
    pattern: /\bastral\.sh\/uv\/(?:(?!0\.[0-4]\.)[\w.-]+\/)?install\.sh\b/,
    says: 'installs the package manager',
    effects: (home, env) => {
      const data = env('XDG_DATA_HOME');
      const folder =
        env('UV_UNMANAGED_INSTALL') ??
        env('UV_INSTALL_DIR') ??
        env('XDG_BIN_HOME') ??
        (data == null ? `${home}/.local/bin` : resolvePath(data, '../bin'));
      return ['uv', 'uvx'].map((program) => ({
        kind: 'program-data',
        path: `${folder}/${program}`,
        programs: ['uv', 'uvx'],
      }));
    },
  },
  // https://pnpm.io/installation#using-a-standalone-script, https://pnpm.io/cli/setup
  {
    id: 'pnpm',
    pattern: /\bget\.pnpm\.io\/install\.sh\b/,
    says: 'installs the package manager',
    effects: (home, env) => [
      {
        kind: 'program-data',
        path: `${env('PNPM_HOME') ?? `${home}/.local/share/pnpm`}/pnpm`,
        programs: ['pnpm', 'pnpx'],
      },
    ],
  },
  // https://bun.com/docs/installation: one program, which may run or compile
  {
    id: 'bun',
    pattern: /\bbun\.(sh|com)\/install\b/,
    says: 'installs the run time',
    effects: (home, env) => [
      { kind: 'program-folder', path: `${env('BUN_INSTALL') ?? `${home}/.bun`}/bin`, linkage: 'cpp' },
    ],
  },
  // https://docs.deno.com/runtime/getting_started/installation/: the one program, which may run or compile
  {
    id: 'deno',
    pattern: /deno\.land\/(x\/install\/)?install\.sh/,
    says: 'installs the run time',
    effects: (home) => [{ kind: 'program-folder', path: `${home}/.deno/bin`, linkage: 'cpp' }],
  },
  // https://github.com/dom96/choosenim#installation
  {
    id: 'choosenim',
    pattern: /nim-lang\.org\/choosenim\/init\.sh/,
    says: 'installs the compiler',
    effects: (home) => [
      { kind: 'toolchain', path: `${home}/.choosenim` },
      { kind: 'toolchain', path: `${home}/.nimble` },
    ],
  },
  // https://github.com/nodesource/distributions#installation-instructions
  {
    id: 'nodesource',
    pattern: /\b(deb|rpm)\.nodesource\.com\/setup/,
    says: 'adds a package repository',
    effects: () => [
      {
        kind: 'restate',
        why: 'adds a package repository that a later install needs',
        brings: ['nodejs'],
      },
    ],
  },
  // https://github.com/nvm-sh/nvm#installing-and-updating: everything lies in one folder, which the profile reads.
  {
    id: 'nvm',
    pattern: /\b(nvm-sh|creationix)\/nvm\/(?:[^/\s]+\/){1,4}install\.sh/,
    says: 'installs versions of the interpreter',
    effects: (home, env) => [
      { kind: 'writes', path: env('NVM_DIR') ?? `${home}/.nvm`, tree: true },
      { kind: 'writes', path: `${home}/.bashrc`, tree: false },
      { kind: 'writes', path: `${home}/.profile`, tree: false },
    ],
  },
];

/** What a known installer does; null for any other script. */
export function installerEffects(
  command: string,
  home: string,
  env: (name: string) => string | null | undefined,
): { effects: readonly BuildEffect[]; entry: string; says: string } | null {
  const found = installers.find((installer) => installer.pattern.test(command));
  return found === undefined
    ? null
    : { effects: found.effects(home, env), entry: `installers#${found.id}`, says: found.says };
}

/** Scripts from the network that the rules of their interpreter read: https://github.com/pypa/get-pip#usage */
export const isReadByInterpreter = (source: string): boolean =>
  source.includes('://bootstrap.pypa.io/') && source.includes('/get-pip.py');

/** Interpreters of scripts from the network, beside the shells, by their names with or without a version. */
export const isInterpreter = (program: string): boolean => /^(python|perl|ruby|node)[\d.]*$/.test(baseName(program));
