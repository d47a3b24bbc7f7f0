import { baseName, isWithin, parentFolder, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from '../ecosystem.ts';
import { isStandardFolder } from '../standard-folders.ts';

/** Folders that programs and their readers use: https://www.gnu.org/prep/standards/html_node/Directory-Variables.html */
const FOLDERS =
  /^(--(bin|sbin|libexec|lib|sysconf|data|dataroot|localstate|sharedstate|runstate)dir|(BIN|SBIN|LIBEXEC|LIB|SYSCONF|ETC|CONF|DATA|SHARE)_?(DIR|PATH)|(bin|sbin|libexec|lib|sysconf|data|dataroot|localstate|sharedstate|runstate)dir)$/;

/** Options of `configure` and meson that take a folder, which may be the next word. */
export const FOLDER_FLAGS =
  '--prefix --bindir --sbindir --libexecdir --libdir --sysconfdir --datadir --datarootdir --localstatedir'.split(' ');

/** What `make install` puts beside its prefix, as the options of `configure` and the variables of `make` say. */
export function installedBeside(
  prefix: string,
  options: Iterable<readonly [string, string | true | null]>,
): readonly BuildEffect[] {
  return [...options].flatMap(([name, value]): BuildEffect[] =>
    FOLDERS.test(name) && typeof value === 'string' && value.startsWith('/') && !isWithin(value, prefix)
      ? tree(resolvePath('/', value))
      : [],
  );
}

const tree = (path: string): BuildEffect[] => [
  isStandardFolder(path) && !path.startsWith('/usr/local/')
    ? { kind: 'unknown', why: `it installs among the distribution's own files in ${path}`, outside: true }
    : { kind: 'artifact', path, tree: true, linkage: 'unknown' },
];

/** The files and folders that nginx is told by name: https://nginx.org/en/docs/configure.html, auto/install of its sources. */
function installedByPath({ flags }: ParsedWords, { argv, cwd }: ToolCall, prefix: string): readonly BuildEffect[] {
  const paths = (names: readonly string[]): string[] =>
    names.flatMap((name) => {
      const value = flags.get(name);
      const path = typeof value === 'string' ? resolvePath(cwd, value) : prefix;
      return isWithin(path, prefix) ? [] : [path];
    });
  const isDynamic = argv.some((word) => /^--add-dynamic-module=|=dynamic$/.test(word ?? ''));
  return [
    ...paths(['--sbin-path']).map((path): BuildEffect => ({ kind: 'artifact', path, tree: false, linkage: 'unknown' })),
    ...paths(['--conf-path']).flatMap((path) => tree(parentFolder(path))),
    ...(isDynamic ? paths(['--modules-path']) : []).flatMap(tree),
    ...paths(['--error-log-path', '--http-log-path', '--pid-path'])
      .map(parentFolder)
      .filter((path) => !isStandardFolder(path) && !/^(\/var)?\/run$/.test(path))
      .map((path): BuildEffect => ({ kind: 'makes-folder', path })),
  ];
}

/**
 * Projects with a prefix of their own where none is given, by the folder that their archive unpacks to:
 * https://nginx.org/en/docs/configure.html, https://httpd.apache.org/docs/2.4/install.html,
 * https://www.postgresql.org/docs/current/install-make.html, https://openresty.org/en/installation.html,
 * https://wiki.squid-cache.org/SquidFaq/CompilingSquid, https://wiki.samba.org/index.php/Build_Samba_from_Source
 */
const OWN_PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/^(nginx|tengine)(-[\d.]+)?$/, '/usr/local/nginx'],
  [/^(apache|httpd)(-[\d.]+)?$/, '/usr/local/apache2'],
  [/^apr(-util)?(-[\d.]+)?$/, '/usr/local/apr'],
  [/^(postgres|postgresql)(-[\d.]+)?$/, '/usr/local/pgsql'],
  [/^openresty(-[\d.]+)?$/, '/usr/local/openresty'],
  [/^squid(-[\d.]+)?$/, '/usr/local/squid'],
  [/^samba(-[\d.]+)?$/, '/usr/local/samba'],
];

/** The prefix where none is given. Only nginx has modules to add. */
const ownPrefix = ({ cwd, argv }: ToolCall): string =>
  argv.some((word) => /^--(add(-dynamic)?-module=|with-http_\w+_module)/.test(word ?? ''))
    ? '/usr/local/nginx'
    : (OWN_PREFIXES.find(([name]) => name.test(baseName(cwd)))?.[1] ?? '/usr/local');

/** `configure` of autotools and of those that take its options. */
export function configure(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const given = words.flags.get('--prefix');
  if (given === null) return [{ kind: 'unknown', why: 'its prefix is not known' }];
  const prefix = typeof given === 'string' ? resolvePath(call.cwd, given) : ownPrefix(call);
  const beside = [...installedBeside(prefix, words.flags), ...installedByPath(words, call, prefix)];
  call.memory.set(`prefix:${call.cwd}`, prefix);
  call.memory.set(`beside:${call.cwd}`, JSON.stringify(beside));
  return [
    { kind: 'compiles', folder: call.cwd },
    { kind: 'builds-in-place', folder: call.cwd },
  ];
}

/** The folder of OpenSSL's sources by its name: https://github.com/openssl/openssl/blob/master/INSTALL.md */
export function configureOpenssl(call: ToolCall, words: ParsedWords): BuildEffect[] | null {
  if (!/\/openssl[^/]*\/(config|Configure)$/.test(resolvePath(call.cwd, call.argv[0] ?? ''))) return null;
  const settings = words.flags.get('--openssldir');
  const effects = configure(call, words);
  const prefix = call.memory.get(`prefix:${call.cwd}`) ?? '/';
  if (settings === undefined || (typeof settings === 'string' && isWithin(resolvePath(prefix, settings), prefix)))
    return effects;
  return [...effects, { kind: 'unknown', why: 'it installs its settings somewhere else', outside: true }];
}

/** Where what is built in a folder was prepared to go; null where nobody prepared it, or a folder around it. */
export function configured(
  folder: string,
  { memory }: ToolCall,
): { readonly prefix: string; readonly beside: readonly BuildEffect[] } | null {
  for (let at = folder; ; at = parentFolder(at)) {
    const prefix = memory.get(`prefix:${at}`);
    if (prefix !== undefined) return { prefix, beside: JSON.parse(memory.get(`beside:${at}`) ?? '[]') };
    if (at === '/') return null;
  }
}
