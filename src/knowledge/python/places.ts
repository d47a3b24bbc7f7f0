import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ToolCall } from '../ecosystem.ts';
import { alpinePackages } from './alpine.ts';
import { dataFiles } from './data-files.ts';
import type { Requirement } from './libraries.ts';

/** https://pip.pypa.io/en/stable/topics/caching/#disabling-caching */
export function pipCache(call: ToolCall): BuildEffect[] {
  const off = call.argv.includes('--no-cache-dir') || !/^(|0|false|off|no)$/i.test(call.env('PIP_NO_CACHE_DIR') ?? '');
  return off ? [] : [{ kind: 'cache', path: resolvePath(call.home, '.cache/pip') }];
}

/** `.venv/bin/pip`: https://docs.python.org/3/library/venv.html#how-venvs-work */
export const OF_AN_ENVIRONMENT = /(^|\/)[\w.-]*env\/bin\/[^/]+$/;

/** The virtual environment that the program of a call lies in, where a command before it made that. */
export function ownEnvironment(call: ToolCall): string | null {
  const program = call.argv[0] ?? '';
  const own =
    program.startsWith('/') || OF_AN_ENVIRONMENT.test(program)
      ? /^(.*)\/bin\/[^/]+$/.exec(resolvePath(call.cwd, program))?.[1]
      : undefined;
  return own !== undefined && call.memory.get(`venv:${own}`) !== undefined ? own : null;
}

/** Where the image's own interpreter keeps installed packages, `named` among them. */
export function sitePackages(call: ToolCall, named: readonly Requirement[] | null = null): BuildEffect[] {
  const environment = ownEnvironment(call);
  if (environment !== null) return [{ kind: 'dependencies', path: environment }];
  const venv = call.memory.get('venv-on-path');
  if (venv !== undefined) return [{ kind: 'dependencies', path: venv }];
  const own = call.image?.interpreter === 'python' ? call.image.environment : undefined;
  if (own === undefined) return systemPackages(call, named);
  // The application may lie beside them; lib64 is a link to lib.
  return ['lib', 'bin'].map((folder) => ({ kind: 'dependencies', path: `${own}/${folder}` }));
}

/** What conda put into the image is far more than what a file adds: it is no result of the build. */
export const amongOwn: BuildEffect = {
  kind: 'unknown',
  why: 'it installs among the files that the image has',
  outside: true,
};

/** Whether root's pip keeps off the distribution's own folders: Python 3 of Fedora 27 and EL 8 by a patch; `pip` is of Python 3 since 31. */
function installsLocally({ image, memory, argv }: ToolCall): boolean {
  const [program = ''] = argv;
  if (/^(pip|python)2/.test(program ?? '')) return false;
  if (image?.release === 'el8' || image?.release === 'el9') return true;
  const number = Number(memory.get('image-version') ?? Number.POSITIVE_INFINITY);
  return image?.family === 'fedora' && number >= (/3/.test(program ?? '') ? 27 : 31);
}

/** The same, whatever virtual environment there is. */
export function systemPackages(call: ToolCall, named: readonly Requirement[] | null = null): BuildEffect[] {
  const minor = /^\d+\.\d+/.exec(call.memory.get('image-version') ?? '')?.[0];
  if (call.image?.family === 'pypy') {
    // Since 3.8 it keeps them where CPython does: https://doc.pypy.org/en/latest/install.html
    const since = minor !== undefined && /^3\.([89]|\d\d)$/.test(minor);
    if (minor === undefined) return [{ kind: 'dependencies', path: '/opt/pypy' }];
    return [
      { kind: 'dependencies', path: since ? `/opt/pypy/lib/pypy${minor}/site-packages` : '/opt/pypy/site-packages' },
      { kind: 'dependencies', path: '/opt/pypy/bin' },
    ];
  }
  if (call.image?.interpreter === 'conda') return [amongOwn];
  if (call.image?.interpreter === 'micromamba')
    return [{ kind: 'unknown', why: 'which environment it installs into is not known', outside: true }];
  if (call.image?.interpreter === 'python') {
    if (minor === undefined) return [{ kind: 'dependencies', path: '/usr/local' }];
    return [
      { kind: 'dependencies', path: `/usr/local/lib/python${minor}/site-packages` },
      { kind: 'dependencies', path: '/usr/local/bin' },
      ...dataFiles(call, named ?? []),
    ];
  }
  // Python 3 of Red Hat's kin installs below /usr/local: https://fedoraproject.org/wiki/Changes/Making_sudo_pip_safe
  if (call.image?.distribution === 'redhat' && installsLocally(call))
    return [{ kind: 'dependencies', path: '/usr/local' }];
  // So does the interpreter of Debian and Ubuntu: https://wiki.debian.org/Python#Deviations_from_upstream
  if (call.image?.distribution === 'debian' || call.image?.distribution === 'ubuntu')
    return [{ kind: 'dependencies', path: '/usr/local' }];
  const placed = call.image?.distribution === 'alpine' ? alpinePackages(call, named) : null;
  if (placed !== null) return placed;
  const why =
    call.image?.distribution === 'alpine'
      ? "it installs among the distribution's own files in /usr"
      : 'where this interpreter keeps its packages and programs is not known';
  return [{ kind: 'unknown', why, outside: true }];
}
