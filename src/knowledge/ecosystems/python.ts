import { baseName, isWithin, parentFolder, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { isReadByInterpreter } from '../installers.ts';
import { onlyPrints, PYTHON } from '../one-liner.ts';
import { corpora } from '../python/corpora.ts';
import { manage } from '../python/django.ts';
import { linkedByProject } from '../python/extensions.ts';
import { type Requirement, systemNeeds } from '../python/libraries.ts';
import { managerRules, quoted, uvTarget } from '../python/managers.ts';
import { OF_AN_ENVIRONMENT, ownEnvironment, pipCache, sitePackages } from '../python/places.ts';
import { projectRequirements, requirement, requirementsFile } from '../python/requirements.ts';
import { toolRules } from '../python/tools.ts';

const VALUE_FLAGS = [
  '-r',
  '--requirement',
  '-c',
  '--constraint',
  '-i',
  '--index-url',
  '--extra-index-url',
  '--trusted-host',
  '--target',
  '-t',
  '--prefix',
  '--root',
  '--home',
  '--install-dir',
  '--cache-dir',
  '--timeout',
  '--default-timeout',
  '--no-binary',
  '--only-binary',
  '--progress-bar',
  '--find-links',
  '-f',
  '-e',
  '--editable',
  '--src',
  '--python',
  '-p',
  '--global-option',
  '--config-settings',
  '--retries',
  '--upgrade-strategy',
  '-w',
  '--wheel-dir',
  '-d',
  '--dest',
];

/** Everything that the words of an install name: packages, files of requirements and projects; null where one cannot be read. */
function requirements(call: ToolCall, words: ParsedWords): readonly Requirement[] | null {
  const found: (readonly Requirement[] | null)[] = [];
  const values = (flags: readonly string[]): (string | null)[] =>
    call.argv.flatMap((word, index) => {
      const joined = flags.find((flag) => flag.startsWith('--') && word?.startsWith(`${flag}=`));
      if (joined !== undefined) return [word?.slice(joined.length + 1) ?? null];
      const attached = flags.find((flag) => /^-\w$/.test(flag) && word?.startsWith(flag) && word.length > 2);
      if (attached !== undefined && !word?.startsWith('--')) return [word?.slice(2) ?? null];
      return word !== null && flags.includes(word) ? [call.argv[index + 1] ?? null] : [];
    });
  for (const file of values(['-r', '--requirement', '--requirements']))
    found.push(file === null ? null : requirementsFile(resolvePath(call.cwd, file), call.files));
  for (const operand of [...words.operands, ...values(['-e', '--editable'])]) {
    const path = operand?.replace(/\[[^[\]]*\]$/, '') ?? null;
    if (path === null || /:\/\//.test(path)) found.push(path !== null && /egg=/.test(path) ? [] : null);
    else if (/\.(whl|tar\.gz|zip)$/.test(path)) found.push(null);
    else if (/^\.|\//.test(path)) found.push(projectRequirements(resolvePath(call.cwd, path), call.files));
    else found.push([requirement(operand as string)].filter((one) => one !== null));
  }
  return found.includes(null) ? null : found.flatMap((list) => list ?? []);
}

/** https://docs.python.org/3/using/cmdline.html#envvar-PYTHONUSERBASE */
function userBase(call: ToolCall): BuildEffect[] {
  const stated = call.env('PYTHONUSERBASE');
  return stated === null
    ? [{ kind: 'unknown', why: 'where it installs for the user is not known', outside: true }]
    : [
        {
          kind: 'dependencies',
          path: stated === undefined ? resolvePath(call.home, '.local') : resolvePath(call.cwd, stated),
        },
      ];
}

/** `setup.py install --user`, `--prefix`: https://setuptools.pypa.io/en/latest/deprecated/commands.html */
function setup(call: ToolCall): BuildEffect[] {
  const words = parse(call, false);
  const folder = ['--prefix', '--root', '--home', '--install-dir']
    .map((flag) => words.flags.get(flag))
    .find((one) => one !== undefined);
  if (folder === null || folder === true)
    return [{ kind: 'unknown', why: 'where it installs is not known', outside: true }];
  const named = projectRequirements(call.cwd, call.files);
  const place: BuildEffect[] =
    folder !== undefined
      ? [{ kind: 'dependencies', path: resolvePath(call.cwd, folder) }]
      : words.flags.has('--user')
        ? userBase(call)
        : sitePackages(call, named);
  const needs = systemNeeds(named, 'what setup.py installs');
  return [...pipCache(call), ...needs, { kind: 'builds-in-place', folder: call.cwd }, ...place];
}

/** What the extensions link that setup.py compiles in its place. */
function extensions({ cwd, files }: ToolCall): readonly BuildEffect[] {
  const isRead = files.read(resolvePath(cwd, 'setup.py')) !== null;
  const links = isRead ? linkedByProject(cwd, files) : null;
  const project = { name: baseName(cwd), extras: [], version: null, links: links ?? [] };
  return systemNeeds(links === null ? null : [project], 'what setup.py compiles');
}

function install(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const target =
    words.flags.get('--target') ?? words.flags.get('-t') ?? words.flags.get('--prefix') ?? words.flags.get('--root');
  const named = requirements(call, words);
  const effects: BuildEffect[] = [...pipCache(call), ...systemNeeds(named, 'what pip installs')];
  if (target === null) return [{ kind: 'unknown', why: 'its target folder is not known' }];
  if (typeof target === 'string') return [...effects, { kind: 'dependencies', path: resolvePath(call.cwd, target) }];
  if (ownEnvironment(call) !== null) return [...effects, ...sitePackages(call)];
  if (
    words.flags.has('--user') ||
    (call.user !== 'root' &&
      call.user !== '0' &&
      call.memory.get('venv-on-path') === undefined &&
      call.image?.environment === undefined)
  ) {
    effects.push(...userBase(call));
    if (words.flags.has('--user')) return effects;
  }
  for (const operand of [...words.operands, words.flags.get('-e'), words.flags.get('--editable')])
    if (typeof operand === 'string' && /^\.|^\//.test(operand) && !/\.(whl|gz|zip)$/.test(operand))
      effects.push({ kind: 'builds-in-place', folder: resolvePath(call.cwd, operand.replace(/\[[^[\]]*\]$/, '')) });
  return [...effects, ...sitePackages(call, named)];
}

function venv(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const operands =
    call.argv[1] === '-m' ? words.operands.filter((word) => word !== 'venv' && word !== 'virtualenv') : words.operands;
  const folder = operands.at(-1);
  if (folder === undefined || folder === null) return [{ kind: 'unknown', why: 'its folder is not known' }];
  const path = resolvePath(call.cwd, folder);
  call.memory.set(`venv:${path}`, path);
  // What it installs at once is bundled: https://docs.python.org/3/library/ensurepip.html, https://virtualenv.pypa.io/en/latest/user_guide.html
  return [{ kind: 'dependencies', path }];
}

/** The folder itself, or the one that a source lies in. */
const folderGiven = (path: string): string => (path.endsWith('.py') ? parentFolder(path) : path);

/** Byte code beside the sources of what it is given: https://docs.python.org/3/library/compileall.html */
function compileAll(call: ToolCall): BuildEffect[] {
  const operands = call.argv.slice(1).filter((word, index, all) => {
    const isValue = /^-[rxijopsde]$|^--(workers|invalidation-mode|hardlink-dupes)$/.test(all[index - 1] ?? '');
    return word === null || !(word.startsWith('-') || isValue);
  });
  const paths = operands.map((word) => (word === null ? null : folderGiven(resolvePath(call.cwd, word))));
  // Without one it goes by sys.path; what lies in site-packages is carried with them.
  if (paths.length === 0 || paths.includes(null)) return [{ kind: 'builds-in-place', folder: call.cwd }];
  return paths.map(
    (path): BuildEffect =>
      // Packages of the distribution have theirs compiled as they are installed.
      isWithin(path as string, '/usr/lib') ? { kind: 'checks' } : { kind: 'builds-in-place', folder: path as string },
  );
}

/**
 * Modules that do what the program of the same name does: https://pipenv.pypa.io/en/latest/installation.html,
 * https://python-poetry.org/docs/#installation, https://pdm-project.org/latest/, https://docs.astral.sh/uv/getting-started/installation/
 */
const PROGRAMS: ReadonlySet<string> = new Set(['pipenv', 'pipx', 'poetry', 'pdm', 'uv']);

/** `python -m pip install …` is `pip install …`. */
function module(call: ToolCall): BuildEffect[] {
  const at = call.argv.indexOf('-m');
  const name = at > 0 ? call.argv[at + 1] : undefined;
  const rest = { ...call, argv: [name ?? null, ...call.argv.slice(at + 2)] };
  // The pip of the folder that the interpreter lies in.
  const program = call.argv[0] ?? '';
  const beside = `${program.slice(0, program.lastIndexOf('/') + 1)}pip`;
  if (name === 'pip') return pip({ ...call, argv: [beside, ...call.argv.slice(at + 2)] });
  if (name === 'venv' || name === 'virtualenv') return venv(rest, parse(rest, false));
  if (name === 'compileall') return compileAll(rest);
  if (PROGRAMS.has(name ?? '') && !rest.argv.includes(null))
    return [{ kind: 'runs', script: quoted(rest.argv as string[]), folder: call.cwd }];
  // https://docs.python.org/3/library/ensurepip.html: the pip that it brings along, by the name of its version.
  if (name === 'ensurepip' && call.image?.distribution === 'alpine') return sitePackages(call);
  if (name === 'pytest' || name === 'unittest' || name === 'ensurepip')
    return [{ kind: 'builds-in-place', folder: call.cwd }];
  const script = call.argv[1]?.replace(/^\.\/(?=setup\.py$)/, '') ?? call.argv[1];
  // `setup.py -q build install`
  const commands = script === 'setup.py' ? call.argv.slice(2) : [];
  if (commands.includes('install') || commands.includes('develop')) return setup(call);
  if (commands.some((word) => /^build(_ext)?$/.test(word ?? '')))
    return [...extensions(call), { kind: 'builds-in-place', folder: call.cwd }];
  if (script === 'setup.py' || script === '--version' || script === '-V')
    return [{ kind: 'builds-in-place', folder: call.cwd }];
  // What follows is handed to `pip install`: https://github.com/pypa/get-pip#usage
  const isGetPip =
    script === undefined || script === '-'
      ? isReadByInterpreter(call.memory.get('stdin') ?? '')
      : script !== null && baseName(script) === 'get-pip.py' && call.files.read(resolvePath(call.cwd, script)) === null;
  if (isGetPip)
    return pip({ ...call, argv: ['pip', 'install', 'pip', ...call.argv.slice(2)] }).map((effect) =>
      effect.kind === 'unknown' ? { ...effect, why: `get-pip.py: ${effect.why}` } : effect,
    );
  if (script?.endsWith('manage.py')) return manage(call);
  // https://docs.python.org/3/using/cmdline.html#cmdoption-c, https://docs.python.org/3/library/site.html#command-line-interface
  const code = script === '-c' && call.argv.length === 3 ? call.argv[2] : null;
  if (name === 'site' || (code != null && onlyPrints(code, PYTHON))) return [{ kind: 'checks' }];
  const downloads = corpora(call);
  if (downloads !== undefined) return downloads;
  if (name === 'spacy' && call.argv[at + 2] === 'download') return [...pipCache(call), ...sitePackages(call)];
  // https://python-poetry.org/docs/#installing-with-the-official-installer
  if (script === '-' && /install\.python-poetry\.org/.test(call.memory.get('stdin') ?? '')) {
    const home = call.env('POETRY_HOME') ?? resolvePath(call.home, '.local/share/pypoetry');
    const links = call.env('POETRY_HOME') == null ? resolvePath(call.home, '.local/bin') : `${home}/bin`;
    return [home, links].map((path): BuildEffect => ({ kind: 'dependencies', path }));
  }
  return [{ kind: 'unknown', why: `nothing is known of what ${script ?? 'it'} does` }];
}

function parse(call: ToolCall, hasSubcommand: boolean): ParsedWords {
  const flags = new Map<string, string | true | null>();
  const operands: (string | null)[] = [];
  for (let i = 1; i < call.argv.length; i++) {
    const word = call.argv[i] as string | null;
    if (word?.startsWith('-')) {
      const equals = word.indexOf('=');
      if (equals > 0) flags.set(word.slice(0, equals), word.slice(equals + 1));
      else if (/^-[rct]./.test(word)) flags.set(word.slice(0, 2), word.slice(2));
      else flags.set(word, VALUE_FLAGS.includes(word) ? (call.argv[++i] ?? null) : true);
    } else operands.push(word);
  }
  return {
    subcommand: hasSubcommand ? (operands[0] ?? null) : null,
    flags,
    operands: hasSubcommand ? operands.slice(1) : operands,
    outlines: new Map(),
  };
}

function pip(call: ToolCall): BuildEffect[] {
  const words = parse(call, true);
  if (words.subcommand === 'install') return install(call, words);
  if (words.subcommand === 'uninstall') return sitePackages(call);
  if (words.subcommand === 'wheel' || words.subcommand === 'download') {
    const folder =
      words.flags.get('-w') ?? words.flags.get('--wheel-dir') ?? words.flags.get('-d') ?? words.flags.get('--dest');
    return [
      ...pipCache(call),
      { kind: 'intermediate', path: resolvePath(call.cwd, typeof folder === 'string' ? folder : '.') },
    ];
  }
  if (words.subcommand === null)
    return words.flags.has('--version')
      ? [{ kind: 'checks' }]
      : [{ kind: 'unknown', why: 'what it does is not known' }];
  return [{ kind: 'checks' }];
}

/** Versions by which an interpreter and its pip are called: https://docs.python.org/3/using/unix.html, https://devguide.python.org/versions/ */
const VERSIONS = '2 2.7 3 3.4 3.5 3.6 3.7 3.8 3.9 3.10 3.11 3.12 3.13 3.14'.split(' ');
const versionsOf = (tool: string): readonly string[] => [tool, ...VERSIONS.map((version) => tool + version)];

/** Python with pip and virtual environments: https://pip.pypa.io/en/stable/cli/pip_install/, https://docs.python.org/3/library/venv.html */
export const python: Ecosystem = {
  id: 'python',
  docs: 'https://pip.pypa.io/en/stable/cli/',
  interpreted: true,
  compileInput: () => false,
  programPath: OF_AN_ENVIRONMENT,
  rules: [
    {
      id: 'pip',
      tools: versionsOf('pip'),
      subcommands: null,
      says: 'installs packages',
      example: 'pip install --no-cache-dir -r requirements.txt',
      read: pip,
    },
    {
      // https://pip-tools.readthedocs.io/en/stable/cli/pip-sync/
      id: 'pip-sync',
      tools: ['pip-sync'],
      subcommands: null,
      valueFlags: ['-f', '--find-links', '-i', '--index-url', '--extra-index-url', '--trusted-host', '--pip-args'],
      says: 'installs exactly what the files of requirements name',
      example: 'pip-sync requirements.txt',
      read: (call, { operands }) => {
        const named = operands.length > 0 ? operands : ['requirements.txt'];
        return pip({ ...call, argv: ['pip', 'install', ...named.flatMap((file) => ['-r', file])] });
      },
    },
    {
      id: 'venv',
      tools: ['virtualenv', 'pyvenv'],
      subcommands: null,
      valueFlags: ['-p', '--python', '--prompt'],
      says: 'makes a virtual environment',
      example: 'virtualenv /opt/venv',
      read: venv,
    },
    {
      id: 'module',
      tools: versionsOf('python'),
      subcommands: null,
      says: 'runs a module of Python',
      example: 'python -m venv /opt/venv',
      read: module,
    },
    {
      id: 'django-admin',
      tools: ['django-admin', 'django-admin.py'],
      subcommands: null,
      says: 'runs a command of a Django project',
      example: 'django-admin compilemessages',
      read: manage,
    },
    {
      id: 'uv-pip',
      tools: ['uv'],
      subcommands: ['pip'],
      says: 'installs packages',
      example: 'uv pip install --system -r requirements.txt',
      read: (call) => {
        const inner = { ...call, argv: call.argv.slice(call.argv.indexOf('pip')) };
        const words = parse(inner, true);
        if (words.flags.has('--target') || words.flags.has('--prefix')) return install(inner, words);
        if (!/^(install|sync)$/.test(words.subcommand ?? '')) return [{ kind: 'checks' }];
        const files = words.subcommand === 'sync' ? { ...words, operands: [] } : words;
        const named =
          words.subcommand === 'sync'
            ? words.operands.map((file) =>
                file === null ? null : requirementsFile(resolvePath(call.cwd, file), call.files),
              )
            : [requirements(inner, files)];
        const all = named.includes(null) ? null : named.flatMap((list) => list ?? []);
        const local = words.operands.some((word) => /^\./.test(word ?? '')) || words.flags.has('-e');
        return [
          ...systemNeeds(all, 'what uv installs'),
          ...(local ? [{ kind: 'builds-in-place', folder: call.cwd } as const] : []),
          ...uvTarget(call, all),
        ];
      },
    },
    ...managerRules,
    ...toolRules,
  ],
};
