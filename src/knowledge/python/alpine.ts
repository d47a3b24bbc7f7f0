import type { BuildEffect, ToolCall } from '../ecosystem.ts';
import { table } from '../table.ts';
import type { Requirement } from './libraries.ts';

/** The minor version of Python 3 in each release of Alpine, by https://pkgs.alpinelinux.org/package/v3.22/main/x86_64/python3 and its kin. */
const PYTHON3 = table<number>({
  '3.5': 5,
  '3.6': 6,
  '3.7': 6,
  '3.8': 6,
  '3.9': 6,
  '3.10': 7,
  '3.11': 8,
  '3.12': 8,
  '3.13': 8,
  '3.14': 9,
  '3.15': 9,
  '3.16': 10,
  '3.17': 10,
  '3.18': 11,
  '3.19': 11,
  '3.20': 12,
  '3.21': 12,
  '3.22': 12,
  '3.23': 12,
});

/** Programs of packages that have another name, by their pages on https://pypi.org */
const PROGRAMS = table<readonly string[]>({
  awscli: ['aws'],
  circus: ['circusd', 'circusctl'],
  django: ['django-admin'],
  homeassistant: ['hass'],
  httpie: ['http', 'https'],
  jupyterlab: ['jupyter', 'jupyter-lab'],
  'mkdocs-material': ['mkdocs'],
  notebook: ['jupyter', 'jupyter-notebook'],
  supervisor: ['supervisord', 'supervisorctl'],
  twisted: ['twistd'],
});

/** The version of the interpreter that a call installs for; null where both may be meant. */
function version({ argv, memory, image }: ToolCall): string | null {
  const minor = PYTHON3[image?.release ?? ''];
  const program = argv[0] ?? '';
  const has = (pattern: RegExp): boolean => [...memory.keys()].some((key) => pattern.test(key));
  const three = has(/^installed:(python3|py3-)/);
  const two = has(/^installed:(python2?|py-|py2-)([a-z-]*)$/);
  const isThree = /3/.test(program) || (three && !two);
  if (minor === undefined || (isThree && !three)) return null;
  // Up to Alpine 3.11 `python` and `py-pip` are those of Python 2.
  const isTwo = !isThree && two && !three && minor <= 8 && image?.release !== '3.12' && image?.release !== '3.13';
  return isThree ? `3.${minor}` : isTwo || /2/.test(program) ? '2.7' : null;
}

/**
 * What pip and its kin install for Alpine's own interpreter: packages in a folder of their own, programs among those of the
 * distribution (https://docs.python.org/3/library/sysconfig.html#posix-prefix). Null where its version is not known.
 */
export function alpinePackages(call: ToolCall, named: readonly Requirement[] | null): BuildEffect[] | null {
  const found = version(call);
  if (found === null) return null;
  return [
    { kind: 'dependencies', path: `/usr/lib/python${found}/site-packages` },
    {
      kind: 'among-own',
      path: '/usr/bin',
      programs: (named ?? []).flatMap(({ name }) => PROGRAMS[name] ?? [name]),
    },
  ];
}
