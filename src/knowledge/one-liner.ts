/** What a one-line program may call and import without doing anything but print. */
interface Harmless {
  readonly calls: ReadonlySet<string>;
  readonly modules: ReadonlySet<string>;
}

const list = (names: string): ReadonlySet<string> => new Set(names.split(' '));

// https://docs.python.org/3/library/, https://numpy.org/doc/stable/reference/, https://pybind11.readthedocs.io/
export const PYTHON: Harmless = {
  calls: list(
    'print str repr int len list set dict join split rsplit splitlines strip rstrip lstrip replace format get startswith endswith lower upper title dirname abspath basename realpath normpath getsitepackages getusersitepackages getuserbase get_path get_paths get_config_var get_config_vars get_python_version get_python_lib get_python_inc get_include get_cmake_dir get_platform urandom b64encode urlsafe_b64encode encode decode hexdigest sha1 sha256 sha512 md5 token_hex token_urlsafe token_bytes choice randint uuid1 uuid4 machine release processor python_version version architecture loads dumps time strftime now utcnow today isoformat cpu_count range',
  ),
  modules: list(
    'sys os os.path site sysconfig distutils.sysconfig platform base64 secrets random string uuid hashlib json time datetime struct math ssl multiprocessing numpy pybind11',
  ),
};

// https://www.php.net/manual/en/funcref.php
export const PHP: Harmless = {
  calls: list('echo print phpversion php_uname php_ini_loaded_file ini_get php_sapi_name sys_get_temp_dir strtoupper'),
  modules: new Set(),
};

/** Starts programs, opens files, or gives names of its own to what it calls. */
const OTHER = /`|@|\b(system|exec|eval|open|popen|spawn|write|new|del|def|class|lambda|function|__\w+__)\b|->/;

/**
 * True where the code can only print: it imports nothing and calls nothing but what is named, by the names that these
 * have. For languages that call with brackets.
 */
export function onlyPrints(code: string, { calls, modules }: Harmless): boolean {
  const imports = [...code.matchAll(/\b(?:from[ \t]+([\w.]+)[ \t]+import|import[ \t]+([\w.][\w., \t]*))/g)];
  const loaded = imports.flatMap(
    ([, from, names]) => from ?? (names ?? '').split(',').map((name) => name.trim().split(/\s/)[0]),
  );
  const called = [...code.matchAll(/(?<![\w.])([\w.]+)[ \t]*\(/g)].map(([, name]) => name?.split('.').at(-1) ?? '');
  const named = [...code.matchAll(/\bas[ \t]+(\w+)|\b(\w+)[ \t]*=(?!=)/g)].map(
    ([, alias, variable]) => alias ?? variable,
  );
  return (
    !OTHER.test(code) &&
    !/\b(include|require)(_once)?\b/.test(code) &&
    loaded.every((name) => modules.has(name ?? '')) &&
    called.every((name) => calls.has(name) || /^(if|for|in|and|or|not|while|elif|else)$/.test(name)) &&
    !named.some((name) => calls.has(name ?? ''))
  );
}

/** True of Ruby that prints one constant: https://docs.ruby-lang.org/en/master/RbConfig.html */
export const printsConstant = (code: string): boolean =>
  /^(puts|print|p) (RUBY_\w+|(RbConfig::CONFIG|ENV)\[["']\w+["']\]|Gem(::VERSION|\.(default_dir|user_dir|dir)))$/.test(
    code.trim(),
  );
