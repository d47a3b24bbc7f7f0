import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ToolCall } from '../ecosystem.ts';

/** https://pip.pypa.io/en/stable/topics/caching/#disabling-caching */
export function pipCache(call: ToolCall): BuildEffect[] {
  const off = call.argv.includes('--no-cache-dir') || !/^(|0|false|off|no)$/i.test(call.env('PIP_NO_CACHE_DIR') ?? '');
  return off ? [] : [{ kind: 'cache', path: resolvePath(call.home, '.cache/pip') }];
}

/** Where the image's own interpreter keeps installed packages. */
export function sitePackages(call: ToolCall): BuildEffect[] {
  const venv = call.memory.get('venv-on-path');
  return venv === undefined ? systemPackages(call) : [{ kind: 'dependencies', path: venv }];
}

/** The same, whatever virtual environment there is. */
export function systemPackages(call: ToolCall): BuildEffect[] {
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
  if (call.image?.interpreter === 'python') {
    if (minor === undefined) return [{ kind: 'dependencies', path: '/usr/local' }];
    return [
      { kind: 'dependencies', path: `/usr/local/lib/python${minor}/site-packages` },
      { kind: 'dependencies', path: '/usr/local/bin' },
    ];
  }
  // Debian's and Ubuntu's own interpreter installs below /usr/local: https://wiki.debian.org/Python#Deviations_from_upstream
  if (call.image?.distribution === 'debian' || call.image?.distribution === 'ubuntu')
    return [{ kind: 'dependencies', path: '/usr/local' }];
  return [
    { kind: 'unknown', why: 'where this interpreter keeps its packages and programs is not known', outside: true },
  ];
}
