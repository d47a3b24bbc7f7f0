import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall, ToolRule } from '../ecosystem.ts';
import { type Requirement, systemNeeds } from './libraries.ts';
import { amongOwn, pipCache, sitePackages, systemPackages } from './places.ts';
import { lockedRequirements } from './requirements.ts';

const isOn = (value: string | null | undefined): boolean => value != null && !/^(|0|false|no|off)$/i.test(value);

const locked = (call: ToolCall, lock: string): readonly Requirement[] | null =>
  lockedRequirements(resolvePath(call.cwd, lock), call.files);

/** What the packages of a lock file in the folder need of the system. */
const needs = (call: ToolCall, lock: string): BuildEffect[] => systemNeeds(locked(call, lock), lock);

const inProject = (call: ToolCall, path = '.venv'): BuildEffect[] => {
  const venv = resolvePath(call.cwd, path);
  call.memory.set(`venv:${venv}`, venv);
  return [
    { kind: 'dependencies', path: venv },
    { kind: 'builds-in-place', folder: call.cwd },
  ];
};

/** The words as a shell reads them back. */
export const quoted = (words: readonly string[]): string =>
  words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');

/** `poetry run COMMAND` is the command in the environment. */
function run(call: ToolCall): BuildEffect[] {
  const words = call.argv.slice(2);
  while (words[0]?.startsWith('-')) words.shift();
  if (words.length === 0 || words.includes(null)) return [{ kind: 'unknown', why: 'the program it runs is not known' }];
  return [{ kind: 'runs', script: quoted(words as string[]), folder: call.cwd }];
}

/** Stands for the value of a setting that is no constant. */
const UNKNOWN_PLACE = '';

/** The folder of environments, by default in that of the cache: https://python-poetry.org/docs/configuration/#virtualenvspath */
function environments({ env, memory, home }: ToolCall): string | null {
  const [place, folder] = [env('POETRY_VIRTUALENVS_PATH'), env('POETRY_CACHE_DIR')];
  const stated = place ?? memory.get('poetry-path');
  const cache = folder ?? memory.get('poetry-cache-dir') ?? resolvePath(home, '.cache/pypoetry');
  if (place === null || folder === null || (stated ?? cache) === UNKNOWN_PLACE) return null;
  return resolvePath('/', stated?.replace('{cache-dir}', cache) ?? `${cache}/virtualenvs`);
}

/** https://python-poetry.org/docs/cli/#install, https://python-poetry.org/docs/configuration/#virtualenvsin-project */
function poetry(call: ToolCall): BuildEffect[] {
  const effects: BuildEffect[] = [
    { kind: 'cache', path: call.env('POETRY_CACHE_DIR') ?? resolvePath(call.home, '.cache/pypoetry/cache') },
    ...needs(call, 'poetry.lock'),
  ];
  const local = call.files.read(resolvePath(call.cwd, 'poetry.toml')) ?? '';
  // A variable wins over the project's own settings, and those over the user's.
  const stated = (name: string): string | undefined => {
    const own = new RegExp(`^${name}[ \\t]*=[ \\t]*(true|false)\\b`, 'm').exec(local)?.[1];
    const variable = call.env(`POETRY_VIRTUALENVS_${name.toUpperCase().replace('-', '_')}`);
    return variable ?? own ?? call.memory.get(`poetry-${name}`);
  };
  const setting = (name: string): boolean =>
    name === 'create' ? !/^(false|0)$/i.test(stated(name) ?? '') : isOn(stated(name));
  const lock = call.files.read(resolvePath(call.cwd, 'poetry.lock'));
  // Of the project's folder it writes the lock file, the project's own metadata, and those of packages in a folder.
  const isElsewhere = call.argv.includes('--no-root') && lock !== null && !/^type\s*=\s*"directory"/m.test(lock);
  const inPlace: BuildEffect[] = isElsewhere ? [] : [{ kind: 'builds-in-place', folder: call.cwd }];
  const venv = call.memory.get('venv-on-path');
  const isActive = venv !== undefined && call.env('VIRTUAL_ENV') != null;
  // It takes the project's own where there is one, and makes none where it shall not: https://python-poetry.org/docs/configuration/#virtualenvscreate
  const isThere = call.memory.has(`venv:${resolvePath(call.cwd, '.venv')}`) && stated('in-project') !== 'false';
  if (!isActive && isThere) return [...effects, ...inProject(call)];
  if (!setting('create') && !isActive)
    return [...effects, ...inPlace, ...systemPackages(call, locked(call, 'poetry.lock'))];
  if (venv !== undefined) return [...effects, { kind: 'dependencies', path: venv }, ...inPlace];
  if (setting('in-project')) return [...effects, ...inProject(call)];
  const folder = environments(call);
  if (folder === null)
    return [...effects, { kind: 'unknown', why: 'where it keeps environments is not known', outside: true }];
  return [...effects, { kind: 'dependencies', path: folder }, ...inPlace];
}

/** Where Pipenv keeps the environment of the project. */
function pipenvPlace(call: ToolCall): BuildEffect[] {
  const venv = call.memory.get('venv-on-path');
  if (venv !== undefined) return [{ kind: 'dependencies', path: venv }];
  if (isOn(call.env('PIPENV_VENV_IN_PROJECT'))) return inProject(call);
  return [
    { kind: 'dependencies', path: call.env('WORKON_HOME') ?? resolvePath(call.home, '.local/share/virtualenvs') },
  ];
}

/** https://docs.astral.sh/uv/concepts/projects/sync/, https://docs.astral.sh/uv/reference/environment/ */
function uvSync(call: ToolCall): BuildEffect[] {
  return [
    ...uvCaches(call),
    ...interpreter(call),
    ...needs(call, 'uv.lock'),
    ...inProject(call, call.env('UV_PROJECT_ENVIRONMENT') ?? '.venv'),
  ];
}

const pythonFolder = (call: ToolCall): string =>
  call.env('UV_PYTHON_INSTALL_DIR') ?? resolvePath(call.home, '.local/share/uv/python');

/**
 * The interpreter that a virtual environment links to: the one of Python's own images, or one that uv itself fetched before.
 * Where there is neither, uv takes what the system has or fetches one: https://docs.astral.sh/uv/concepts/python-versions/
 */
export function interpreter(call: ToolCall): BuildEffect[] {
  const at = call.argv.findIndex((word) => word === '--python' || word === '-p');
  const asked = at < 0 ? call.env('UV_PYTHON') : call.argv[at + 1];
  const minor = /^\d+\.\d+/.exec(call.memory.get('image-version') ?? '')?.[0];
  const isOwn = call.image?.interpreter === 'python' && (asked === undefined || (asked !== null && asked === minor));
  const pinned = call.files.read(resolvePath(call.cwd, '.python-version'))?.trim();
  if (isOwn && (pinned === undefined || pinned === minor || pinned.startsWith(`${minor}.`))) return [];
  if (call.memory.has('uv-python') || call.env('UV_PYTHON_PREFERENCE') === 'only-managed')
    return [{ kind: 'dependencies', path: pythonFolder(call) }];
  if (/^(never|0|false)$/.test(call.env('UV_PYTHON_DOWNLOADS') ?? '')) return [];
  return [{ kind: 'unknown', why: 'which interpreter it takes is not known' }];
}

/** What uv keeps of what it fetched: https://docs.astral.sh/uv/concepts/cache/ */
export function uvCaches(call: ToolCall): BuildEffect[] {
  const off = call.argv.includes('--no-cache') || isOn(call.env('UV_NO_CACHE'));
  return off ? [] : [{ kind: 'cache', path: call.env('UV_CACHE_DIR') ?? resolvePath(call.home, '.cache/uv') }];
}

/** Rules of the managers that install from a lock file. */
export const managerRules: readonly ToolRule[] = [
  {
    id: 'uv-sync',
    tools: ['uv'],
    subcommands: ['sync'],
    says: 'installs the project into its virtual environment',
    example: 'uv sync --frozen --no-dev',
    read: uvSync,
  },
  {
    id: 'uv-python',
    tools: ['uv'],
    subcommands: ['python'],
    says: 'fetches an interpreter',
    example: 'uv python install 3.12',
    read: (call, words) => {
      if (words.operands[0] !== 'install') return [{ kind: 'checks' }];
      call.memory.set('uv-python', '1');
      return [{ kind: 'dependencies', path: pythonFolder(call) }];
    },
  },
  {
    id: 'uv-venv',
    tools: ['uv'],
    subcommands: ['venv'],
    valueFlags: ['--python', '-p', '--prompt'],
    says: 'makes a virtual environment',
    example: 'uv venv /opt/venv',
    read: (call, words) => {
      const [folder = '.venv'] = words.operands;
      if (folder === null) return [{ kind: 'unknown', why: 'its folder is not known' }];
      const venv = resolvePath(call.cwd, folder);
      call.memory.set(`venv:${venv}`, venv);
      call.memory.set('uv-venv', venv);
      return [...uvCaches(call), ...interpreter(call), { kind: 'dependencies', path: venv }];
    },
  },
  {
    id: 'uv-run',
    tools: ['uv'],
    subcommands: ['run'],
    says: 'runs a command in the environment',
    example: 'uv run python manage.py collectstatic --noinput',
    read: (call) => {
      const made = run(call);
      return made.some(({ kind }) => kind === 'unknown') ? made : [...uvSync(call), ...made];
    },
  },
  {
    id: 'uv-files',
    tools: ['uv'],
    subcommands: ['lock', 'export', 'version', 'cache', 'tree', 'help'],
    valueFlags: ['-o', '--output-file', '--format'],
    says: 'writes the lock file',
    example: 'uv export --no-dev -o requirements.txt',
    read: (call, words) => {
      const out = words.flags.get('-o') ?? words.flags.get('--output-file');
      return [
        ...uvCaches(call),
        ...(typeof out === 'string' ? [{ kind: 'writes', path: out, tree: false } as const] : []),
        { kind: 'checks' },
      ];
    },
  },
  {
    id: 'poetry-config',
    tools: ['poetry'],
    subcommands: ['config', 'version', 'check', 'lock', 'self', 'show', 'env'],
    says: 'sets options of the package manager',
    example: 'poetry config virtualenvs.create false',
    read: (call) => {
      for (const [at, word] of call.argv.entries()) {
        // Before 1.0 the keys began with `settings.`: https://github.com/python-poetry/poetry/issues/110
        const name = /^(?:settings\.)?(?:virtualenvs\.(create|in-project|path)|(cache-dir))$/.exec(word ?? '');
        const value = call.argv[at + 1];
        if (name !== null && value !== undefined && value !== '--unset')
          call.memory.set(`poetry-${name[1] ?? name[2]}`, value ?? UNKNOWN_PLACE);
      }
      return [{ kind: 'writes', path: resolvePath(call.home, '.config/pypoetry'), tree: true }];
    },
  },
  {
    id: 'poetry',
    tools: ['poetry'],
    subcommands: ['install', 'sync'],
    says: 'installs the locked packages',
    example: 'poetry install --only main',
    read: poetry,
  },
  {
    id: 'poetry-export',
    tools: ['poetry'],
    subcommands: ['export', 'build'],
    valueFlags: ['-o', '--output', '-f', '--format'],
    says: 'writes what the project needs to a file',
    example: 'poetry export -f requirements.txt -o requirements.txt',
    read: (call, words) => {
      const out = words.flags.get('-o') ?? words.flags.get('--output');
      if (words.subcommand === 'build') return [{ kind: 'writes', path: `${call.cwd}/dist`, tree: true }];
      return typeof out === 'string' ? [{ kind: 'writes', path: out, tree: false }] : [{ kind: 'prints' }];
    },
  },
  {
    id: 'run',
    tools: ['poetry', 'pipenv', 'pdm'],
    subcommands: ['run'],
    says: 'runs a command in the environment',
    example: 'poetry run python manage.py collectstatic --noinput',
    read: run,
  },
  {
    id: 'pipenv',
    tools: ['pipenv'],
    subcommands: ['install', 'sync'],
    says: 'installs the locked packages',
    example: 'pipenv install --system --deploy',
    // https://pipenv.pypa.io/en/latest/commands.html, https://pipenv.pypa.io/en/latest/configuration.html
    read: (call) => {
      const effects = [...pipCache(call), ...needs(call, 'Pipfile.lock')];
      if (call.argv.includes('--system')) return [...effects, ...systemPackages(call, locked(call, 'Pipfile.lock'))];
      return [...effects, ...pipenvPlace(call)];
    },
  },
  {
    id: 'pipenv-environment',
    tools: ['pipenv'],
    subcommands: null,
    valueFlags: ['--python'],
    says: 'makes a virtual environment',
    example: 'pipenv --three',
    // https://pipenv.pypa.io/en/latest/virtualenv.html
    read: (call, words) =>
      words.operands.length === 0 && ['--three', '--two', '--python'].some((flag) => words.flags.has(flag))
        ? pipenvPlace(call)
        : null,
  },
  {
    id: 'pipenv-files',
    tools: ['pipenv'],
    subcommands: ['lock', 'requirements', 'check', 'verify', 'graph'],
    says: 'writes the lock file',
    example: 'pipenv requirements',
    read: () => [{ kind: 'prints' }],
  },
  {
    id: 'pdm',
    tools: ['pdm'],
    subcommands: ['install', 'sync'],
    says: 'installs the locked packages',
    example: 'pdm install --prod --no-editable',
    // https://pdm-project.org/en/latest/usage/venv/
    read: (call) => {
      const venv = call.memory.get('venv-on-path');
      const where: BuildEffect[] =
        venv === undefined
          ? inProject(call)
          : [
              { kind: 'dependencies', path: venv },
              { kind: 'builds-in-place', folder: call.cwd },
            ];
      return [{ kind: 'cache', path: resolvePath(call.home, '.cache/pdm') }, ...needs(call, 'pdm.lock'), ...where];
    },
  },
  {
    id: 'pdm-config',
    tools: ['pdm'],
    subcommands: ['config', 'lock', 'use', 'venv', 'export'],
    says: 'sets options of the package manager',
    example: 'pdm config check_update false',
    // https://pdm-project.org/latest/usage/config/: of the user, unless it is told to be the project's.
    read: (call, words) =>
      words.subcommand === 'config' && !words.flags.has('--local')
        ? [{ kind: 'writes', path: resolvePath(call.home, '.config/pdm'), tree: true }]
        : [{ kind: 'builds-in-place', folder: call.cwd }],
  },
  {
    id: 'conda',
    tools: ['conda', 'mamba', 'micromamba'],
    subcommands: ['install', 'create', 'env', 'update', 'remove', 'uninstall'],
    valueFlags: ['-n', '--name', '-p', '--prefix', '-c', '--channel', '-f', '--file', '-r', '--root-prefix'],
    says: 'installs packages and what they link',
    example: 'conda install -y -p /opt/conda numpy',
    // https://docs.conda.io/projects/conda/en/stable/commands/install.html: the packages bring their libraries along.
    read: conda,
  },
  {
    id: 'conda-clean',
    tools: ['conda', 'mamba', 'micromamba'],
    subcommands: ['clean', 'info', 'list', 'config', 'search'],
    says: 'cleans up or sets options',
    example: 'conda clean -afy',
    read: (call, words) =>
      words.subcommand === 'config'
        ? [{ kind: 'writes', path: resolvePath(call.home, '.condarc'), tree: false }]
        : [{ kind: 'cleans-cache' }],
  },
];

/** Where conda and its environments lie. */
function condaRoot(call: ToolCall): string | undefined {
  const named = [call.argv[0], ...(call.env('PATH') ?? '').split(':').map((folder) => `${folder}/x`)];
  const found = named.map((path) => {
    const root = /^(\/.*)\/(?:bin|condabin)\/[^/]+$/s.exec(path ?? '')?.[1];
    return root !== undefined && /conda|mamba|forge/.test(baseName(root)) ? root : undefined;
  });
  return call.env('MAMBA_ROOT_PREFIX') ?? found.find((path) => path !== undefined);
}

/** The name of an environment, `base` where none is given; null where it is not known. */
function environmentName(call: ToolCall, words: ParsedWords): string | null {
  const given = words.flags.get('-n') ?? words.flags.get('--name');
  if (given !== undefined) return typeof given === 'string' ? given : null;
  if (words.subcommand !== 'env') return words.subcommand === 'create' ? null : 'base';
  const file = words.flags.get('-f') ?? words.flags.get('--file') ?? 'environment.yml';
  if (typeof file !== 'string') return null;
  return /^name:[ \t]*["']?([\w.-]+)/m.exec(call.files.read(resolvePath(call.cwd, file)) ?? '')?.[1] ?? null;
}

/** https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/environments.html */
function conda(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const prefix = words.flags.get('-p') ?? words.flags.get('--prefix');
  if (prefix === null) return [{ kind: 'unknown', why: 'where it installs is not known' }];
  if (typeof prefix === 'string') return [{ kind: 'dependencies', path: resolvePath(call.cwd, prefix) }];
  const root = condaRoot(call);
  if (root == null) return [{ kind: 'unknown', why: 'where it installs is not known' }];
  const own = call.image?.interpreter === 'conda';
  const name = environmentName(call, words);
  if (name === null)
    return own
      ? [{ kind: 'unknown', why: 'which environment it installs into is not known' }]
      : [{ kind: 'dependencies', path: root }];
  if (name === 'base') return own ? [amongOwn] : [{ kind: 'dependencies', path: root }];
  const path = `${root}/envs/${name}`;
  call.memory.set(`venv:${path}`, path);
  return [
    { kind: 'cache', path: `${root}/pkgs` },
    { kind: 'dependencies', path },
  ];
}

/** `uv pip install` is pip's, into the environment that uv finds: https://docs.astral.sh/uv/pip/environments/ */
export function uvTarget(call: ToolCall, named: readonly Requirement[] | null): BuildEffect[] {
  const isSystem = call.argv.includes('--system') || isOn(call.env('UV_SYSTEM_PYTHON'));
  const venv = call.env('VIRTUAL_ENV') ?? call.memory.get('venv-on-path') ?? call.memory.get('uv-venv');
  const where: BuildEffect[] =
    !isSystem && venv !== undefined
      ? [{ kind: 'dependencies', path: venv }]
      : isSystem
        ? systemPackages(call, named)
        : sitePackages(call, named);
  return [...uvCaches(call), ...where];
}
