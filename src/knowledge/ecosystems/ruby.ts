import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { printsConstant } from '../one-liner.ts';
import { rakefileScript } from '../rakefile.ts';
import { extensionLinks, gemLinks, ownGems } from '../ruby/extensions.ts';
import { table } from '../table.ts';

/** Gems that link a library of the system, by the package or, where its name depends on the release, the -dev package. */
const LIBRARIES = table<string>({
  ethon: 'libcurl4-openssl-dev',
  'ffi-geos': 'libgeos-dev',
  'libxml-ruby': 'libxml2',
  mimemagic: 'shared-mime-info',
  patron: 'libcurl4-openssl-dev',
  rbnacl: 'libsodium-dev',
  rgeo: 'libgeos-dev',
  pg: 'libpq5',
  mysql2: 'libmariadb3',
  sqlite3: 'libsqlite3-0',
  rmagick: 'libmagickwand-dev',
  charlock_holmes: 'libicu-dev',
  curb: 'libcurl4-openssl-dev',
  typhoeus: 'libcurl4-openssl-dev',
  'ruby-vips': 'libvips-dev',
  tiny_tds: 'libsybdb5',
  'ruby-ldap': 'libldap2-dev',
  idn: 'libidn12',
  'idn-ruby': 'libidn12',
  'ruby-filemagic': 'libmagic-dev',
  rbczmq: 'libzmq3-dev',
  'ffi-rzmq': 'libzmq3-dev',
  gpgme: 'libgpgme-dev',
});

/** https://fpm.readthedocs.io/en/latest/installation.html: archives of Debian are made with ar. */
const PROGRAMS = table<string>({ git: 'git', mini_magick: 'convert', fpm: 'ar' });

interface Lock {
  readonly gems: readonly string[];
  /** Folders of gems that lie in the project. */
  readonly own: readonly string[];
}

function lockOf(folder: string, call: ToolCall): Lock | null {
  const text = call.files.read(resolvePath(folder, 'Gemfile.lock')) ?? '';
  const gems = [...text.matchAll(/^ {4}([\w.-]+) \(/gm)].map((match) => match[1] as string);
  return gems.length > 0 ? { gems, own: ownGems(folder, text) } : null;
}

/** Where bundler puts gems: https://bundler.io/man/bundle-config.1.html, in the order in which it looks. */
function bundleFolder(folder: string, call: ToolCall, words: ParsedWords): string | null {
  // Bundler 1 writes the path into the settings of the application, which come before the environment:
  // https://github.com/rubygems/bundler/blob/1-17-stable/lib/bundler/cli/install.rb
  if (words.flags.has('--deployment') && !words.flags.has('--path') && isFirstBundler(call))
    return `${folder}/vendor/bundle`;
  const stated = words.flags.get('--path') ?? call.memory.get('bundle-path') ?? call.env('BUNDLE_PATH') ?? undefined;
  if (stated === null) return null;
  if (typeof stated === 'string') return resolvePath(folder, stated);
  if (words.flags.has('--deployment') || call.memory.has('bundle-deployment') || call.env('BUNDLE_DEPLOYMENT'))
    return `${folder}/vendor/bundle`;
  return call.env('GEM_HOME') ?? systemGems(call);
}

function systemGems(call: ToolCall): string | null {
  if (call.image?.interpreter === 'ruby') return '/usr/local/bundle';
  return hasDebians(call) ? DEBIAN_GEMS : null;
}

/** Debian's own Ruby: https://salsa.debian.org/ruby-team/rubygems-integration, of which the folder of the version comes below. */
const DEBIAN_GEMS = '/var/lib/gems';

/** The distribution's Ruby is installed, and no other is looked for first. */
function hasDebians({ image, memory, user, env }: ToolCall): boolean {
  if (!/^(debian|ubuntu)$/.test(image?.distribution ?? '') || !/^(root|0)$/.test(user)) return false;
  const isInstalled = [...memory.keys()].some((key) => /^installed:(ruby(-full|-dev|-bundler)?|bundler)$/.test(key));
  return isInstalled && !/rbenv|rvm|ruby|asdf/.test(env('PATH') ?? '');
}

function dependencies(path: string | null): BuildEffect[] {
  return path === null
    ? [{ kind: 'unknown', why: 'where this interpreter keeps its gems is not known', outside: true }]
    : path === DEBIAN_GEMS
      ? [DEBIAN_GEMS, '/usr/local/bin'].map((one) => ({ kind: 'dependencies', path: one }))
      : [{ kind: 'dependencies', path }];
}

/** Debian's images up to bookworm have the time zones, later ones only where a package brought them along. */
const WITHOUT_ZONES = new Set(['trixie', 'forky', 'sid']);

function needs(gems: readonly string[], call: ToolCall): BuildEffect[] {
  // https://github.com/tzinfo/tzinfo#data-sources
  const zones =
    gems.includes('tzinfo') && !gems.includes('tzinfo-data') && WITHOUT_ZONES.has(call.image?.release ?? '')
      ? ['tzdata']
      : [];
  const packages = [...gems.flatMap((gem) => (LIBRARIES[gem] ? [LIBRARIES[gem]] : [])), ...zones];
  const programs = gems.flatMap((gem) => (PROGRAMS[gem] ? [PROGRAMS[gem]] : []));
  return [
    ...(packages.length > 0 ? [{ kind: 'needs-libraries', packages, because: 'gems' } as const] : []),
    ...programs.map((program) => ({ kind: 'starts', program }) as const),
  ];
}

function bundle(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = call.cwd;
  const [first, ...rest] = words.operands;
  if (first === 'config') return configure(call, words, rest);
  if (first === undefined || first === 'install' || first === 'update') {
    const lock = lockOf(folder, call);
    const doubt: BuildEffect[] =
      lock === null
        ? [{ kind: 'assumes', code: 'DF307', args: { what: 'Gemfile.lock' } }]
        : [...needs(lock.gems, call), ...lock.own.flatMap((gem) => gemLinks(gem, call.files))];
    return [
      { kind: 'cache', path: resolvePath(call.home, '.bundle/cache') },
      ...dependencies(bundleFolder(folder, call, words)),
      { kind: 'writes', path: `${folder}/Gemfile.lock`, tree: false },
      ...(words.flags.has('--path') || words.flags.has('--deployment') || words.flags.has('--without')
        ? [{ kind: 'writes', path: `${localSettings(call)}/config`, tree: false } as const]
        : []),
      ...doubt,
    ];
  }
  if (first === 'exec') return run(call, call.argv.slice(call.argv.indexOf('exec') + 1));
  if (['clean', 'check', 'list', 'show', 'version', 'info', 'lock', 'env', 'platform'].includes(first ?? ''))
    return [{ kind: 'checks' }];
  return [{ kind: 'unknown', why: 'what bundle does here is not known' }];
}

/** `bundle config [set] [--local|--global] NAME VALUE` */
function configure(call: ToolCall, words: ParsedWords, rest: readonly (string | null)[]): BuildEffect[] {
  const [name, value] = rest[0] === 'set' ? rest.slice(1) : rest;
  if (asks(call, rest, words)) return [{ kind: 'checks' }];
  if (name === null || (value === null && PLACES.test(name ?? '')))
    return [{ kind: 'unknown', why: 'what it configures is not known' }];
  if (name === 'path' && typeof value === 'string') call.memory.set('bundle-path', value);
  if (name === 'deployment' && value !== 'false') call.memory.set('bundle-deployment', 'true');
  const local = words.flags.has('--local') || (!words.flags.has('--global') && isInApplication(call));
  const folder = local ? localSettings(call) : (call.env('BUNDLE_USER_HOME') ?? resolvePath(call.home, '.bundle'));
  return [{ kind: 'writes', path: `${folder}/config`, tree: false }];
}

/** It prints settings: without a value, which may look like an option (`build.nokogiri --use-system-libraries`), it sets none. */
function asks(call: ToolCall, rest: readonly (string | null)[], words: ParsedWords): boolean {
  const [first] = rest;
  if (first === undefined || first === 'list' || first === 'get') return true;
  if (first === null || first === 'set' || first === 'unset' || words.flags.has('--delete')) return false;
  const behind = call.argv.slice(call.argv.indexOf(first) + 1);
  return behind.every((word) => word !== null && /^--(local|global|parseable)$/.test(word));
}

/** Settings that tell where something lies; what another one is set to decides nothing of that: https://bundler.io/man/bundle-config.1.html */
const PLACES = /^(path(\.system)?|deployment|bin|gemfile|cache_path|global_gem_cache|system_bindir)$/;

/** Where the settings of one application lie: https://bundler.io/man/bundle-config.1.html */
function localSettings(call: ToolCall): string {
  const stated = call.env('BUNDLE_APP_CONFIG');
  return typeof stated === 'string' ? resolvePath(call.cwd, stated) : `${call.cwd}/.bundle`;
}

/** Bundler 2 sets in the application what is set in its folder; Bundler 1, of Ruby before 2.7, sets for the user. */
function isInApplication(call: ToolCall): boolean {
  return !isFirstBundler(call) && (call.files.list(call.cwd) ?? []).includes('Gemfile');
}

/** Bundler 1, which Ruby's images before 2.7 have. */
function isFirstBundler({ image, memory }: ToolCall): boolean {
  const [, major = '3', minor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(memory.get('image-version') ?? '') ?? [];
  return image?.family === 'ruby' && (Number(major) < 2 || (major === '2' && Number(minor) < 7));
}

/** Tasks of Rails and of gems that write below the project alone: https://guides.rubyonrails.org/command_line.html */
const TASKS =
  /^(assets:(precompile|clean)|webpacker:compile|yarn:install|tmp:(create|clear)|bootsnap|shakapacker:compile|vite:build)$/;

function run(call: ToolCall, words: readonly (string | null)[]): BuildEffect[] {
  const [named, ...rest] = words.filter((word) => word !== null && !/^\w+=/.test(word));
  if (named == null) return [{ kind: 'checks' }];
  const program = named.replace(/^(\.\/)?bin\//, '');
  const tasks = rest.filter((word) => word !== null && !word.startsWith('-')) as string[];
  const effects: BuildEffect[] = [{ kind: 'builds-in-place', folder: call.cwd }];
  const known =
    (/^(rake|rails)$/.test(program) && tasks.length > 0 && tasks.every((task) => TASKS.test(task))) ||
    program === 'bootsnap' ||
    program === 'middleman';
  if (known) return effects;
  // What it does as a program of its own.
  if (program === 'jekyll' && !words.includes(null))
    return [
      {
        kind: 'runs',
        script: words.map((word) => `'${(word ?? '').replaceAll("'", `'\\''`)}'`).join(' '),
        folder: call.cwd,
      },
    ];
  const script = program === 'rake' ? rakeScript(call, tasks) : null;
  if (script !== null) return [...effects, { kind: 'runs', script, folder: call.cwd }];
  if (/^(rspec|rubocop|brakeman)$/.test(program)) return [{ kind: 'checks' }];
  return [
    ...effects,
    { kind: 'assumes', code: 'DF202', args: { command: words.map((word) => word ?? '…').join(' '), where: call.cwd } },
  ];
}

/** What the tasks of the Rakefile run, as a shell would; null where it has more than that in it. */
function rakeScript(call: ToolCall, tasks: readonly string[]): string | null {
  const names = ['rakefile', 'Rakefile', 'rakefile.rb', 'Rakefile.rb'];
  const text = names.map((name) => call.files.read(resolvePath(call.cwd, name))).find((found) => found !== null);
  return text === undefined || text === null ? null : rakefileScript(text, tasks);
}

/** Lines of an extconf.rb that look for what is there and write a makefile for the folder: https://docs.ruby-lang.org/en/master/MakeMakefile.html */
const MKMF =
  /^(#.*|require ['"]mkmf['"]|(have|find|dir|pkg|create|append|check)_\w+\b[^`]*|(abort|unless|if|elsif|raise|exit)\b[^`]*|else|end|\$\w+\s*(\+=|<<|=)[^`]*)?$/;

function runRuby(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const [script] = words.operands;
  if (script === undefined && [...words.flags.keys()].some((flag) => /^(-v|--version|-c)$/.test(flag)))
    return [{ kind: 'checks' }];
  const text = typeof script === 'string' ? call.files.read(resolvePath(call.cwd, script)) : null;
  const lines = (text ?? '').split('\n').map((line) => line.trim());
  if (
    typeof script === 'string' &&
    /(^|\/)extconf\.rb$/.test(script) &&
    text &&
    lines.every((line) => MKMF.test(line))
  ) {
    call.memory.set(`makefile:${call.cwd}`, script);
    return [
      { kind: 'builds-in-place', folder: call.cwd },
      ...extensionLinks(resolvePath(call.cwd, script), call.files),
    ];
  }
  // https://docs.ruby-lang.org/en/master/ruby/options_md.html
  const code = call.argv.at(-2) === '-e' ? call.argv.at(-1) : null;
  const given = call.argv.slice(1, -2);
  if (code != null && given.every((word) => word === '-rrbconfig') && printsConstant(code)) return [{ kind: 'checks' }];
  return [{ kind: 'unknown', why: `what ${script ?? 'this program'} does is not known` }];
}

function gem(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const [first, ...names] = words.operands;
  if (first === 'install' || first === 'i' || first === 'update') {
    const stated = words.flags.get('--install-dir') ?? words.flags.get('-i');
    // Whether the user's gems lie in ~/.gem or in ~/.local/share/gem depends on the release and on what is there.
    const isUsers = words.flags.has('--user-install');
    const path = stated ?? (isUsers ? null : (call.env('GEM_HOME') ?? systemGems(call)));
    if (words.flags.has('--system')) return [{ kind: 'restate', why: 'updates the package manager itself' }];
    const plain = names.flatMap((name) => (name === null ? [] : [name.replace(/:.*$/s, '')]));
    return [...dependencies(typeof path === 'string' ? resolvePath(call.cwd, path) : null), ...needs(plain, call)];
  }
  // NAME-VERSION.gem beside the specification: https://guides.rubygems.org/command-reference/#gem-build
  if (first === 'build')
    return words.flags.has('--output') || words.flags.has('-o')
      ? [{ kind: 'unknown', why: 'the name of what it makes is not known' }]
      : [{ kind: 'builds-in-place', folder: call.cwd }, ...gemLinks(call.cwd, call.files)];
  if (['list', 'env', 'sources', 'cleanup', 'environment', 'which', 'search'].includes(first ?? ''))
    return [{ kind: 'checks' }];
  return [{ kind: 'unknown', why: 'what gem does here is not known' }];
}

/** Ruby with RubyGems and Bundler: https://guides.rubygems.org/command-reference/, https://bundler.io/docs.html */
export const ruby: Ecosystem = {
  id: 'ruby',
  docs: 'https://bundler.io/docs.html',
  interpreted: true,
  compileInput: () => false,
  scripts: ['rails', 'rake', 'bundle'],
  rules: [
    {
      id: 'bundle',
      tools: ['bundle', 'bundler'],
      subcommands: null,
      valueFlags: ['--path', '--without', '--with', '--jobs', '-j', '--retry', '--gemfile', '--binstubs'],
      says: 'installs the gems',
      example: 'bundle install',
      read: bundle,
    },
    {
      id: 'gem',
      tools: ['gem'],
      subcommands: null,
      valueFlags: ['-v', '--version', '--install-dir', '-i', '--source'],
      says: 'installs gems',
      example: 'gem install bundler',
      read: gem,
    },
    {
      id: 'ruby',
      tools: ['ruby'],
      subcommands: null,
      valueFlags: ['-e', '-r', '-I', '-C'],
      says: 'runs Ruby',
      example: 'ruby -v',
      read: runRuby,
    },
    {
      id: 'rake',
      tools: ['rake', 'rails'],
      subcommands: null,
      says: 'runs a task',
      example: 'rails assets:precompile',
      read: (call) => run(call, call.argv),
    },
  ],
};
