import { resolvePath } from '../../syntax/paths.ts';
import { composerManifest, isProjectTask } from '../composer-scripts.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { onlyPrints, PHP } from '../one-liner.ts';

const EXTENSIONS = '/usr/local/lib/php/extensions';
const SETTINGS = '/usr/local/etc/php/conf.d';
/** Settings that Composer keeps in a file of their own: https://getcomposer.org/doc/articles/authentication-for-private-packages.md */
const SECRETS =
  /^(bitbucket-oauth|github-oauth|gitlab-oauth|gitlab-token|http-basic|bearer|custom-headers|forgejo-token|client-certificate)\./;

/** Where an interpreter looks for its extensions; '' where that is not known: https://wiki.debian.org/PHP */
function extensionFolder({ image }: ToolCall): string {
  if (image?.interpreter === 'php') return EXTENSIONS;
  return image?.distribution === 'debian' || image?.distribution === 'ubuntu' ? '/usr/lib/php' : '';
}

/** Compiled extensions and the settings that load them, of the official image. */
function extensions(call: ToolCall): BuildEffect[] {
  if (call.image?.interpreter !== 'php')
    return [{ kind: 'unknown', why: 'where this interpreter keeps its extensions is not known', outside: true }];
  return [
    { kind: 'intermediate', path: '/usr/src/php' },
    { kind: 'cache', path: '/tmp/pear' },
    { kind: 'dependencies', path: EXTENSIONS },
    { kind: 'dependencies', path: SETTINGS },
  ];
}

/** What `composer config` changes, where it is given a value: https://getcomposer.org/doc/03-cli.md#config */
function settings({ operands, flags }: ParsedWords, folder: string, home: string): BuildEffect[] {
  const [key, value] = operands.slice(operands.indexOf('config') + 1);
  if (value === undefined && !flags.has('--unset')) return [{ kind: 'checks' }];
  if (key === null || flags.has('-f') || flags.has('--file'))
    return [{ kind: 'unknown', why: 'which settings it changes is not known' }];
  const isSecret = flags.has('-a') || flags.has('--auth') || SECRETS.test(key ?? '');
  if (!isSecret && folder !== home) return [{ kind: 'writes', path: `${folder}/composer.json`, tree: false }];
  const path = `${folder}/${isSecret ? 'auth.json' : 'config.json'}`;
  return [{ kind: 'program-data', path, programs: ['composer', 'composer.phar'] }];
}

function composer(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const given = words.flags.get('-d') ?? words.flags.get('--working-dir');
  if (given === null) return [{ kind: 'unknown', why: 'the folder it works in is not known' }];
  const folder = typeof given === 'string' ? resolvePath(call.cwd, given) : call.cwd;
  const home = call.env('COMPOSER_HOME') ?? resolvePath(call.home, '.composer');
  const caches: BuildEffect[] = [home, resolvePath(call.home, '.cache/composer')].map((path) => ({
    kind: 'cache',
    path,
  }));
  const [first, second] = words.operands;
  const manifest = composerManifest(call.files.read(resolvePath(folder, 'composer.json')));
  const vendor = call.env('COMPOSER_VENDOR_DIR') ?? manifest.vendor ?? 'vendor';
  const scripts = !words.flags.has('--no-scripts') && manifest.hasScripts;
  switch (first) {
    case 'install':
    case 'i':
    case 'update':
    case 'u':
    case 'require':
    case 'dump-autoload':
    case 'dumpautoload':
    case 'dump':
      return [
        ...caches,
        { kind: 'dependencies', path: resolvePath(folder, vendor) },
        ...(scripts ? [{ kind: 'builds-in-place', folder } as const] : []),
        ...(scripts && manifest.stranger !== null
          ? [{ kind: 'assumes', code: 'DF202', args: { command: manifest.stranger, where: folder } } as const]
          : []),
      ];
    // https://github.com/symfony/flex/blob/2.x/src/Command/DumpEnvCommand.php: the variables of .env files as a PHP file.
    case 'dump-env':
      return [
        { kind: 'builds-in-place', folder },
        { kind: 'writes', path: `${folder}/.env.local.php`, tree: false },
      ];
    case 'create-project':
      return typeof words.operands[2] === 'string'
        ? [...caches, { kind: 'dependencies', path: resolvePath(folder, words.operands[2]) }]
        : [{ kind: 'unknown', why: 'the folder it makes is not known' }];
    case 'global':
      if (second === 'config') return settings(words, home, home);
      return second === 'require' || second === 'install' || second === 'update'
        ? [{ kind: 'dependencies', path: home }]
        : [{ kind: 'checks' }];
    case 'config':
      return settings(words, words.flags.has('-g') || words.flags.has('--global') ? home : folder, home);
    case 'run-script':
    case 'run':
    case 'exec':
      return [
        ...caches,
        { kind: 'builds-in-place', folder },
        { kind: 'assumes', code: 'DF202', args: { command: `composer ${words.operands.join(' ')}`, where: folder } },
      ];
    case 'clear-cache':
    case 'clearcache':
    case 'cc':
      return caches.flatMap((effect) => (effect.kind === 'cache' ? [{ kind: 'deletes', path: effect.path }] : []));
    case undefined:
    case 'validate':
    case 'check-platform-reqs':
    case 'diagnose':
    case 'show':
    case 'self-update':
    case 'selfupdate':
      return [...caches, { kind: 'checks' }];
    default:
      return [{ kind: 'unknown', why: 'what composer does here is not known' }];
  }
}

/** PIE keeps its downloads in one of two folders: https://github.com/php/pie/blob/main/src/Platform.php */
function pie(call: ToolCall, { operands, flags }: ParsedWords): BuildEffect[] {
  const [name, extension] = operands;
  if (name === undefined || name === 'show' || name === 'info') return [{ kind: 'checks' }];
  const [other] = [...flags.keys()].filter((flag) => /^--(with-ph|auto-install-)/.test(flag));
  if (name !== 'install' || extension === undefined || other !== undefined)
    return [{ kind: 'unknown', why: 'what pie does here is not known' }];
  const own = call.env('PIE_WORKING_DIRECTORY');
  const folders = own == null ? ['.config/pie', '.pie'].map((folder) => resolvePath(call.home, folder)) : [own];
  return [...folders.map((path) => ({ kind: 'cache', path }) as const), ...extensions(call)];
}

function runPhp(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const script = words.operands[0];
  const target = words.flags.get('--install-dir');
  if (
    target !== undefined ||
    words.flags.has('--filename') ||
    (typeof script === 'string' && /composer-setup|installer/.test(script)) ||
    (script === undefined && /\bhttps?:\/\/getcomposer\.org\/installer/.test(call.memory.get('stdin') ?? ''))
  ) {
    const file = words.flags.get('--filename') ?? 'composer.phar';
    if (typeof file !== 'string' || target === null)
      return [{ kind: 'unknown', why: 'where it installs to is not known' }];
    return [{ kind: 'toolchain', path: resolvePath(call.cwd, `${typeof target === 'string' ? target : '.'}/${file}`) }];
  }
  // https://www.php.net/manual/en/features.commandline.options.php
  if ([...words.flags.keys()].some((flag) => /^(-[vmil]|--(version|ini|r[fceiz]))$/.test(flag)))
    return [{ kind: 'checks' }];
  const code = words.flags.get('-r');
  if (
    typeof code === 'string' &&
    /copy\(['"]https?:\/\/getcomposer\.org|hash_file|unlink\(['"]composer-setup/.test(code)
  ) {
    const file = /copy\([^,(]+,\s*['"]([^'"]+)/.exec(code)?.[1];
    return file === undefined ? [{ kind: 'checks' }] : [{ kind: 'cache', path: resolvePath(call.cwd, file) }];
  }
  if (typeof code === 'string' && call.argv.length === 3 && onlyPrints(code, PHP)) return [{ kind: 'checks' }];
  if (typeof script === 'string' && /(^|\/)composer(\.phar)?$/.test(script))
    return composer(call, { ...words, operands: words.operands.slice(1) });
  const task = words.operands[1];
  if (typeof script === 'string' && /(^|\/)(artisan|console)$/.test(script) && typeof task === 'string')
    return isProjectTask(task)
      ? [{ kind: 'builds-in-place', folder: call.cwd }]
      : [
          { kind: 'builds-in-place', folder: call.cwd },
          { kind: 'assumes', code: 'DF202', args: { command: `php ${script} ${task}`, where: call.cwd } },
        ];
  return [{ kind: 'unknown', why: `what ${typeof script === 'string' ? script : 'this program'} does is not known` }];
}

/** PHP with Composer, PECL and the scripts of the official image: https://github.com/docker-library/docs/tree/master/php */
export const php: Ecosystem = {
  id: 'php',
  docs: 'https://getcomposer.org/doc/03-cli.md',
  interpreted: true,
  compileInput: () => false,
  scripts: ['artisan', 'console'],
  // https://getcomposer.org/doc/articles/vendor-binaries.md
  programFolder: 'vendor/bin',
  rules: [
    {
      id: 'extension',
      tools: [
        'docker-php-ext-install',
        'docker-php-ext-configure',
        'docker-php-ext-enable',
        'docker-php-source',
        'install-php-extensions',
      ],
      subcommands: null,
      says: 'compiles and enables extensions',
      example: 'docker-php-ext-install pdo_mysql',
      read: (call) =>
        call.argv[0] === 'install-php-extensions'
          ? [{ kind: 'restate', why: 'installs extensions together with the packages that they need' }]
          : extensions(call),
    },
    {
      // https://www.php.net/manual/en/install.pecl.phpize.php
      id: 'phpize',
      tools: ['phpize'],
      subcommands: null,
      says: 'prepares the build of an extension',
      example: 'phpize',
      read: (call) => {
        call.memory.set(`installs-into:${call.cwd}`, extensionFolder(call));
        return [
          { kind: 'compiles', folder: call.cwd },
          { kind: 'builds-in-place', folder: call.cwd },
        ];
      },
    },
    {
      id: 'pecl',
      tools: ['pecl', 'pear'],
      subcommands: null,
      says: 'compiles extensions',
      example: 'pecl install redis',
      read: (call, words) =>
        words.operands[0] === 'install' ? extensions(call) : [{ kind: 'cache', path: '/tmp/pear' }, { kind: 'checks' }],
    },
    {
      // https://github.com/php/pie/blob/main/docs/usage.md
      id: 'pie',
      tools: ['pie', 'pie.phar'],
      subcommands: null,
      valueFlags: ['--with-php-config', '--with-php-path', '--with-phpize-path', '-j', '--make-parallel-jobs'],
      says: 'compiles and enables extensions',
      example: 'pie install xdebug/xdebug',
      read: pie,
    },
    {
      id: 'composer',
      tools: ['composer', 'composer.phar'],
      subcommands: null,
      valueFlags: ['-d', '--working-dir', '-f', '--file'],
      says: 'installs the dependencies',
      example: 'composer install --no-dev',
      read: composer,
    },
    {
      id: 'console',
      tools: ['artisan', 'console'],
      subcommands: null,
      says: 'runs a task',
      example: './artisan config:cache',
      read: (call, words) => {
        const [task] = words.operands;
        if (!/(^|\/)((bin|app)\/console|artisan)$/.test(call.argv[0] ?? '') || typeof task !== 'string') return null;
        const inPlace: BuildEffect = { kind: 'builds-in-place', folder: call.cwd };
        return isProjectTask(task)
          ? [inPlace]
          : [
              inPlace,
              { kind: 'assumes', code: 'DF202', args: { command: `${call.argv[0]} ${task}`, where: call.cwd } },
            ];
      },
    },
    {
      id: 'php',
      tools: ['php', 'php7', 'php8', 'php81', 'php82', 'php83'],
      subcommands: null,
      // https://getcomposer.org/doc/faqs/how-to-install-composer-programmatically.md
      valueFlags: ['-r', '-d', '-c', '-f', '--install-dir', '--filename'],
      says: 'runs PHP',
      example: 'php -v',
      read: runPhp,
    },
  ],
};
