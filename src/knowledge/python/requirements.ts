import { baseName, parentFolder, resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import { projectData } from './data-files.ts';
import { linkedByProject } from './extensions.ts';
import type { Requirement } from './libraries.ts';

/** https://packaging.python.org/en/latest/specifications/dependency-specifiers/ ; null of a line that names no package. */
export function requirement(line: string): Requirement | null {
  const match = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(?:===?\s*([\w.]+))?/.exec(line.trim());
  if (match === null) return null;
  const [, name = '', extras = '', version = null] = match;
  return {
    name: name.toLowerCase().replace(/[-_.]+/g, '-'),
    extras: extras.split(',').map((extra) => extra.trim().toLowerCase()),
    version,
  };
}

/**
 * The packages of a requirements file and of those that it includes; null where one cannot be read, or names a package by
 * its address alone: https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export function requirementsFile(path: string, files: ImageFiles, depth = 0): readonly Requirement[] | null {
  const text = depth > 5 ? null : files.read(path);
  if (text === null) return null;
  const found: Requirement[] = [];
  for (const raw of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#(?!egg=).*$/s, '').trim();
    if (line === '') continue;
    const included = /^(?:-r|--requirement)[ =]?\s*(\S+)/.exec(line)?.[1];
    if (included !== undefined) {
      const inner = requirementsFile(resolvePath(parentFolder(path), included), files, depth + 1);
      if (inner === null) return null;
      found.push(...inner);
      continue;
    }
    const egg = /[#&]egg=([\w.-]+)/.exec(raw)?.[1];
    const local = /^(?:(?:-e|--editable)[ =]?\s*)?(\.{0,2}\/[^\s;[]*)/.exec(line)?.[1];
    if (local !== undefined && !/\.(whl|zip|tar\.\w+)$/.test(local)) {
      const inner = projectRequirements(resolvePath(parentFolder(path), local), files);
      if (inner === null) return null;
      found.push(...inner);
      continue;
    }
    const address = /^(-e\s+|--editable[ =])?(\w+\+)?\w+:\/\/|^(-e\s+)?\.{0,2}\//.test(line);
    if (address && egg === undefined) return null;
    if (line.startsWith('-') && egg === undefined) continue;
    const one = requirement(egg ?? line);
    if (one === null) return null;
    found.push(one);
  }
  return found;
}

const quotedNames = (list: string): Requirement[] =>
  [...list.matchAll(/"([^"]+)"|'([^']+)'/g)].flatMap((match) => requirement(match[1] ?? match[2] ?? '') ?? []);

/**
 * What a project's own metadata names as dependencies: https://packaging.python.org/en/latest/specifications/pyproject-toml/
 * null where there is none that can be read.
 */
export function projectRequirements(folder: string, files: ImageFiles): readonly Requirement[] | null {
  const [links, named] = [linkedByProject(folder, files), namedByProject(folder, files)];
  if (links === null || named === null) return null;
  const data = projectData(folder, files);
  return links.length === 0 && data?.length === 0
    ? named
    : [...named, { name: baseName(folder), extras: [], version: null, links, data }];
}

function namedByProject(folder: string, files: ImageFiles): readonly Requirement[] | null {
  const toml = files.read(resolvePath(folder, 'pyproject.toml'));
  if (
    toml !== null &&
    /^\[project\]/m.test(toml) &&
    !/dependencies/.test(/^dynamic[ \t]*=[ \t]*\[([^\]]*)/m.exec(toml)?.[1] ?? '')
  ) {
    const lists = [...toml.matchAll(/^[\w-]+\s*=\s*\[((?:[^[\]"']|"[^"]*"|'[^']*')*)\]/gm)].map(
      (match) => match[1] ?? '',
    );
    return lists.flatMap(quotedNames);
  }
  if (toml !== null && /^\[tool\.poetry\.dependencies\]/m.test(toml)) {
    const section = /^\[tool\.poetry\.dependencies\]([^[]*)/m.exec(toml)?.[1] ?? '';
    return [...section.matchAll(/^["']?([\w.-]+)["']?\s*=/gm)].flatMap((match) => requirement(match[1] ?? '') ?? []);
  }
  const cfg = files.read(resolvePath(folder, 'setup.cfg'));
  const listed = /^install_requires\s*=\s*\r?\n((?:[ \t]+.*\r?\n?)*)/m.exec(cfg ?? '')?.[1];
  if (listed !== undefined) return listed.split('\n').flatMap((line) => requirement(line) ?? []);
  const setup = files.read(resolvePath(folder, 'setup.py'));
  if (setup === null || setup.trim() === '') return null;
  const list = /install_requires\s*=\s*\[([^\]]*)(?:\]|$)/.exec(setup)?.[1];
  if (list !== undefined) return quotedNames(list);
  return /install_requires|requirements/.test(setup) ? null : [];
}

/** Every package of a lock file: https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile and those of Poetry, PDM, Pipenv. */
export function lockedRequirements(path: string, files: ImageFiles): readonly Requirement[] | null {
  const text = files.read(path);
  if (text === null || text.trim() === '') return null;
  if (path.endsWith('Pipfile.lock')) {
    const names = [...text.matchAll(/^ {8}"([\w.-]+)":[ \t]*\{([^{}]*)\}/gm)];
    return names.flatMap(([, name = '', body = '']) => {
      const version = /"version":\s*"(==[^"]+)"/.exec(body)?.[1] ?? '';
      return requirement(`${name}${version}`) ?? [];
    });
  }
  const packages = [...text.matchAll(/^\[\[package\]\]\r?\nname = "([^"]+)"(?:\r?\nversion = "([^"]+)")?/gm)];
  return packages.flatMap(
    ([, name = '', version]) => requirement(version === undefined ? name : `${name}==${version}`) ?? [],
  );
}
