/** What a one-line program may call and import without doing anything but print. */
interface Harmless {
  readonly calls: ReadonlySet<string>;
  readonly modules: ReadonlySet<string>;
}

const list = (names: string): ReadonlySet<string> => new Set(names.split(' '));

// https://docs.python.org/3/library/, https://numpy.org/doc/stable/reference/, https://pybind11.readthedocs.io/
export const PYTHON: Harmless = {
  calls: list(
    'print str repr int len sorted list set dict join split rsplit splitlines strip rstrip lstrip replace format get startswith endswith lower upper title dirname abspath basename realpath normpath getsitepackages getusersitepackages getuserbase get_path get_paths get_config_var get_config_vars get_python_version get_python_lib get_python_inc get_include get_cmake_dir get_platform urandom b64encode urlsafe_b64encode encode decode hexdigest sha1 sha256 sha512 md5 token_hex token_urlsafe token_bytes choice randint uuid1 uuid4 machine release processor python_version version architecture loads dumps time strftime now utcnow today isoformat cpu_count range map',
  ),
  modules: list(
    'sys os os.path site sysconfig distutils.sysconfig platform base64 secrets random string uuid hashlib json time datetime struct math ssl multiprocessing numpy pybind11',
  ),
};

// https://docs.ruby-lang.org/en/master/
export const RUBY: Harmless = {
  calls: list('puts print p join hex version default_dir user_dir to_s'),
  modules: list('rbconfig rubygems securerandom'),
};

// https://www.php.net/manual/en/funcref.php
export const PHP: Harmless = {
  calls: list('echo print phpversion php_uname php_ini_loaded_file ini_get php_sapi_name sys_get_temp_dir strtoupper'),
  modules: list(''),
};

/**
 * True where the code can only print: it imports nothing but what is named, calls nothing but what is named, and starts
 * no program.
 */
export function onlyPrints(code: string, { calls, modules }: Harmless): boolean {
  const imports = [...code.matchAll(/(?:^|[;\n])[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w., \t]+))/g)];
  const required = [...code.matchAll(/\b(?:require|include)(?:_once|_relative)?\b[ \t(]*["']?([\w./]*)/g)];
  const loaded = [
    ...imports.flatMap(([, from, names]) => from ?? (names ?? '').split(',').map((name) => name.trim().split(/\s/)[0])),
    ...required.map(([, name]) => name),
  ];
  const called = [...code.matchAll(/([\w.]+)[ \t]*\(/g)].map(([, name]) => name?.split('.').at(-1) ?? '');
  return (
    !/`|%x|\b(system|exec|eval|open|popen|spawn|write|__\w+__)\b|\bdef\b|\blambda\b|->|::new\b/.test(code) &&
    loaded.every((name) => modules.has(name ?? '')) &&
    called.every((name) => calls.has(name) || /^(if|for|in|and|or|not|while|import|elsif|else)$/.test(name))
  );
}
