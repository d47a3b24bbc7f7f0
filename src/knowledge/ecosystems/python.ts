import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';

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
];

/** Packages that link a shared library of the distribution when built from source: their Debian run-time packages. */
const SYSTEM_LIBRARIES: Readonly<Record<string, string>> = {
  psycopg2: 'libpq5',
  mysqlclient: 'libmariadb3',
  'mysql-python': 'libmariadb3',
  pycurl: 'libcurl4-openssl-dev',
  'python-ldap': 'libldap2-dev',
  pygraphviz: 'graphviz',
  xmlsec: 'libxmlsec1-dev',
  'python3-saml': 'libxmlsec1-dev',
  pycairo: 'libcairo2',
  pygobject: 'libgirepository-1.0-1',
  'dbus-python': 'libdbus-1-3',
  uwsgi: 'libxml2',
  pyodbc: 'unixodbc',
  m2crypto: 'libssl-dev',
  pymssql: 'libsybdb5',
  cairosvg: 'libcairo2',
  weasyprint: 'libpango-1.0-0',
  'python-magic': 'libmagic-dev',
  pyaudio: 'libportaudio2',
  'python-snappy': 'libsnappy1v5',
  'opencv-python': 'libgl1',
  'mod-wsgi': 'apache2',
  dlib: 'libopenblas0',
  kerberos: 'libkrb5-3',
  gssapi: 'libgssapi-krb5-2',
  pykerberos: 'libgssapi-krb5-2',
  'systemd-python': 'libsystemd0',
  pyzbar: 'libzbar-dev',
  pytesseract: 'tesseract-ocr',
  'cx-oracle': 'libaio-dev',
};

/** Programs that a package starts, by its documentation on https://pypi.org */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  gitpython: ['git'],
  'pre-commit': ['git'],
  ansible: ['ssh'],
  'ansible-core': ['ssh'],
  wand: ['convert'],
};

/** https://pip.pypa.io/en/stable/topics/caching/#disabling-caching */
function caches(call: ToolCall): BuildEffect[] {
  const off = call.argv.includes('--no-cache-dir') || !/^(|0|false|off|no)$/i.test(call.env('PIP_NO_CACHE_DIR') ?? '');
  return off ? [] : [{ kind: 'cache', path: resolvePath(call.home, '.cache') }];
}

/** Where the image's own interpreter keeps installed packages. */
function sitePackages(call: ToolCall): BuildEffect[] {
  const venv = call.memory.get('venv-on-path');
  if (venv !== undefined) return [{ kind: 'dependencies', path: venv }];
  if (call.image?.interpreter === 'python') {
    const minor = /^\d+\.\d+/.exec(call.memory.get('image-version') ?? '')?.[0];
    if (minor === undefined) return [{ kind: 'dependencies', path: '/usr/local' }];
    return [
      { kind: 'dependencies', path: `/usr/local/lib/python${minor}/site-packages` },
      { kind: 'dependencies', path: '/usr/local/bin' },
    ];
  }
  // Debian's and Ubuntu's own interpreter installs below /usr/local: https://wiki.debian.org/Python#Deviations_from_upstream
  if (call.image?.distribution === 'debian' || call.image?.distribution === 'ubuntu')
    return [{ kind: 'dependencies', path: '/usr/local' }];
  return [{ kind: 'unknown', why: 'where this interpreter keeps its packages is not known' }];
}

/** Names in requirements files and arguments; null where a file cannot be read. */
function requirements(call: ToolCall, words: ParsedWords): ReadonlySet<string> | null {
  const names = new Set<string>();
  const add = (line: string): void => {
    const name = /^([A-Za-z0-9][\w.-]*)/.exec(line.trim())?.[1];
    if (name !== undefined) names.add(name.toLowerCase().replace(/[_.]/g, '-'));
  };
  for (const operand of words.operands) if (operand !== null && !/[/]/.test(operand) && operand !== '.') add(operand);
  for (const flag of ['-r', '--requirement']) {
    const file = words.flags.get(flag);
    if (file === undefined) continue;
    const text = typeof file === 'string' ? call.files.read(resolvePath(call.cwd, file)) : null;
    if (text === null) return null;
    for (const line of text.split('\n')) if (/^\s*[A-Za-z0-9]/.test(line)) add(line);
  }
  return names;
}

function install(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const target =
    words.flags.get('--target') ?? words.flags.get('-t') ?? words.flags.get('--prefix') ?? words.flags.get('--root');
  const effects: BuildEffect[] = caches(call);
  const names = requirements(call, words);
  if (names === null) effects.push({ kind: 'assumes', code: 'DF307', args: { what: 'the requirements file' } });
  else {
    for (const name of names) for (const program of PROGRAMS[name] ?? []) effects.push({ kind: 'starts', program });
    const needs = [...names].filter((name) => SYSTEM_LIBRARIES[name] !== undefined);
    if (needs.length > 0)
      effects.push({
        kind: 'needs-libraries',
        packages: needs.map((name) => SYSTEM_LIBRARIES[name] as string),
        because: needs.join(', '),
      });
  }
  if (target === null) return [{ kind: 'unknown', why: 'its target folder is not known' }];
  if (typeof target === 'string') return [...effects, { kind: 'dependencies', path: resolvePath(call.cwd, target) }];
  const own = call.argv[0]?.startsWith('/') ? /^(.*)\/bin\/[^/]+$/.exec(call.argv[0])?.[1] : undefined;
  if (own !== undefined && call.memory.get(`venv:${own}`) !== undefined)
    return [...effects, { kind: 'dependencies', path: own }];
  if (
    words.flags.has('--user') ||
    (call.user !== 'root' && call.user !== '0' && call.memory.get('venv-on-path') === undefined)
  ) {
    effects.push({ kind: 'dependencies', path: resolvePath(call.home, '.local') });
    if (words.flags.has('--user')) return effects;
  }
  if (words.operands.includes('.') || words.flags.has('-e') || words.flags.has('--editable'))
    effects.push({ kind: 'builds-in-place', folder: call.cwd });
  return [...effects, ...sitePackages(call)];
}

function venv(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const operands =
    call.argv[1] === '-m' ? words.operands.filter((word) => word !== 'venv' && word !== 'virtualenv') : words.operands;
  const folder = operands.at(-1);
  if (folder === undefined || folder === null) return [{ kind: 'unknown', why: 'its folder is not known' }];
  const path = resolvePath(call.cwd, folder);
  call.memory.set(`venv:${path}`, path);
  return [...caches(call), { kind: 'dependencies', path }];
}

/** `python -m pip install …` is `pip install …`. */
function module(call: ToolCall): BuildEffect[] {
  const at = call.argv.indexOf('-m');
  const name = at > 0 ? call.argv[at + 1] : undefined;
  const rest = { ...call, argv: [name ?? null, ...call.argv.slice(at + 2)] };
  if (name === 'pip') return pip(rest);
  if (name === 'venv' || name === 'virtualenv') return venv(rest, parse(rest, false));
  if (name === 'compileall' || name === 'pytest' || name === 'unittest' || name === 'ensurepip')
    return [{ kind: 'builds-in-place', folder: call.cwd }];
  const script = call.argv[1] ?? null;
  if (script === 'setup.py' && (call.argv[2] === 'install' || call.argv[2] === 'develop'))
    return [...caches(call), { kind: 'builds-in-place', folder: call.cwd }, ...sitePackages(call)];
  if (script === 'setup.py' || script === '--version' || script === '-V')
    return [{ kind: 'builds-in-place', folder: call.cwd }];
  if (script?.endsWith('manage.py'))
    return [
      { kind: 'builds-in-place', folder: call.cwd },
      { kind: 'assumes', code: 'DF202', args: { command: `manage.py ${call.argv[2] ?? ''}`.trim(), where: call.cwd } },
    ];
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
      ...caches(call),
      { kind: 'intermediate', path: resolvePath(call.cwd, typeof folder === 'string' ? folder : '.') },
    ];
  }
  if (words.subcommand === null)
    return words.flags.has('--version')
      ? [{ kind: 'checks' }]
      : [{ kind: 'unknown', why: 'what it does is not known' }];
  return [...caches(call), { kind: 'checks' }];
}

/** Python with pip and virtual environments: https://pip.pypa.io/en/stable/cli/pip_install/, https://docs.python.org/3/library/venv.html */
export const python: Ecosystem = {
  id: 'python',
  docs: 'https://pip.pypa.io/en/stable/cli/',
  interpreted: true,
  compileInput: () => false,
  rules: [
    { id: 'pip', tools: ['pip', 'pip2', 'pip3'], subcommands: null, says: 'installs packages', read: pip },
    {
      id: 'venv',
      tools: ['virtualenv', 'pyvenv'],
      subcommands: null,
      valueFlags: ['-p', '--python', '--prompt'],
      says: 'makes a virtual environment',
      read: venv,
    },
    {
      id: 'module',
      tools: ['python', 'python2', 'python3'],
      subcommands: null,
      says: 'runs a module of Python',
      read: module,
    },
    {
      id: 'sync',
      tools: ['uv'],
      subcommands: ['sync'],
      says: 'installs the project into its virtual environment',
      read: (call) => [
        ...caches(call),
        { kind: 'dependencies', path: `${call.cwd}/.venv` },
        { kind: 'builds-in-place', folder: call.cwd },
      ],
    },
    {
      id: 'poetry-config',
      tools: ['poetry'],
      subcommands: ['config', 'version', 'check', 'lock'],
      says: 'sets options of the package manager',
      read: (call) => {
        if (call.argv.includes('virtualenvs.create') && call.argv.includes('false'))
          call.memory.set('poetry', 'system');
        if (call.argv.includes('virtualenvs.in-project')) call.memory.set('poetry', 'project');
        return [{ kind: 'cache', path: resolvePath(call.home, '.config/pypoetry') }];
      },
    },
    {
      id: 'poetry',
      tools: ['poetry'],
      subcommands: ['install', 'sync'],
      says: 'installs the locked packages',
      read: (call) => {
        const where =
          call.env('POETRY_VIRTUALENVS_CREATE') === 'false'
            ? 'system'
            : call.env('POETRY_VIRTUALENVS_IN_PROJECT')
              ? 'project'
              : call.memory.get('poetry');
        if (where === 'system') return [{ kind: 'builds-in-place', folder: call.cwd }, ...sitePackages(call)];
        if (where === 'project')
          return [
            { kind: 'dependencies', path: `${call.cwd}/.venv` },
            { kind: 'builds-in-place', folder: call.cwd },
          ];
        return [
          { kind: 'dependencies', path: resolvePath(call.home, '.cache/pypoetry/virtualenvs') },
          { kind: 'builds-in-place', folder: call.cwd },
        ];
      },
    },
    {
      id: 'pipenv',
      tools: ['pipenv'],
      subcommands: ['install', 'sync'],
      says: 'installs the locked packages',
      read: (call) =>
        call.argv.includes('--system')
          ? [...caches(call), ...sitePackages(call)]
          : [{ kind: 'dependencies', path: resolvePath(call.home, '.local/share/virtualenvs') }],
    },
  ],
};
