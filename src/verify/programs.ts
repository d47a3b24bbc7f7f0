import { parentFolder } from '../syntax/paths.ts';
import { accountsOf, resolveUser } from './accounts.ts';
import type { Belongings } from './belongings.ts';
import { type Finding, finding } from './finding.ts';
import type { Image } from './image.ts';
import { loaderFolders, missingLibraries } from './libraries.ts';
import { DEFAULT_PATH, findExecutable, isExecutable, lookUp, realPath } from './lookup.ts';
import { startedBy } from './started.ts';

export interface ProgramComparison {
  readonly findings: readonly Finding[];
  /** Programs and libraries whose needs all resolve. */
  readonly resolved: number;
}

/** What the container starts is found, and whatever it loads. Only what resolved in the old image counts. */
export function comparePrograms(before: Image, after: Image, own: Belongings): ProgramComparison {
  const libraries = compareLibraries(before, after, own);
  return {
    findings: [
      ...compareStarted(before, after),
      ...libraries.findings,
      ...compareInterpreters(before, after, own),
      ...compareAccounts(before, after),
    ],
    resolved: libraries.resolved,
  };
}

function compareStarted(before: Image, after: Image): Finding[] {
  const path = after.config.env.get('PATH') ?? DEFAULT_PATH;
  return startedBy(before.config, before.tree).flatMap(({ name, path: was, via, program }) => {
    const executable = isExecutable(lookUp(before.tree, was));
    const is = executable
      ? findExecutable(after.tree, name, path, after.config.workdir)
      : lookUp(after.tree, was) === null
        ? null
        : was;
    if (is === null) return [finding('programs', program ? 'DF631' : 'DF632', { name, via }, was, null)];
    return [];
  });
}

function compareLibraries(before: Image, after: Image, own: Belongings): ProgramComparison {
  const [old, now] = [loaderFolders(before.tree), loaderFolders(after.tree)];
  const environment = (image: Image): string[] =>
    (image.config.env.get('LD_LIBRARY_PATH') ?? '').split(':').filter(Boolean);
  const findings: Finding[] = [];
  const started = new Set(startedBy(after.config, after.tree).map((one) => realPath(after.tree, one.path)));
  let resolved = 0;
  for (const [path, { elf }] of after.tree) {
    if (elf === null || (elf.needed.length === 0 && elf.interpreter === null)) continue;
    const missing = missingLibraries(after.tree, path, elf, now, environment(after));
    if (missing.length === 0) resolved++;
    const was = before.tree.get(path);
    const already = missing.length === 0 ? [] : missingLibraries(before.tree, path, elf, old, environment(before));
    // What the base image ships with a hole in it is its makers' choice, unless this container starts it.
    const shipped = was !== undefined && !own.isWritten(path, was) && !started.has(path);
    for (const library of missing) {
      if (already.includes(library)) continue;
      findings.push(finding('programs', shipped ? 'DF635' : 'DF633', { program: path, library }, library, null));
    }
  }
  return { findings, resolved };
}

/** Scripts that can be started by name have their interpreter. */
function compareInterpreters(before: Image, after: Image, own: Belongings): Finding[] {
  const path = after.config.env.get('PATH') ?? DEFAULT_PATH;
  const started = new Set(startedBy(after.config, after.tree).map((one) => realPath(after.tree, one.path)));
  const folders = new Set(path.split(':').map((folder) => realPath(after.tree, folder)));
  return [...after.tree].flatMap(([file, entry]) => {
    if (!isExecutable(entry) || entry.text === null || !(folders.has(parentFolder(file)) || started.has(file)))
      return [];
    const [, interpreter = '', word = ''] = /^#!\s*(\S+)(?:[ \t]+(?:-S[ \t]+)?(\S+))?/.exec(entry.text) ?? [];
    const name = /\/env$/.test(interpreter) ? word : interpreter;
    if (name === '' || name.startsWith('-')) return [];
    const there = (image: Image): boolean =>
      findExecutable(image.tree, name, image.config.env.get('PATH') ?? DEFAULT_PATH, '/') !== null;
    if (there(after) || !there(before)) return [];
    const was = before.tree.get(file);
    // A package that does not ask for the interpreter of one of its scripts does without it.
    const untouched = was !== undefined && (!own.isWritten(file, was) || own.packageOf(file) !== null);
    const shipped = untouched && !started.has(file);
    return [finding('programs', shipped ? 'DF635' : 'DF634', { program: file, library: name }, name, null)];
  });
}

/** USER means the same account, and who owns files has the same name. */
function compareAccounts(before: Image, after: Image): Finding[] {
  const { user } = after.config;
  const [was, is] = [resolveUser(before.tree, before.config.user), resolveUser(after.tree, user)];
  const found: Finding[] = [];
  if (was !== null && was.ids !== is?.ids) found.push(finding('programs', 'DF636', { user }, was.ids, is?.ids ?? null));
  const owners = new Set([...after.tree.values()].map(({ owner }) => String(owner)));
  const now = accountsOf(after.tree);
  if (now.length === 0) return found;
  for (const account of accountsOf(before.tree)) {
    if (!owners.has(account.id) || account.id === '0') continue;
    const same = now.find(({ id }) => id === account.id);
    if (same?.name !== account.name)
      found.push(finding('programs', 'DF636', { user: account.name }, account.id, same?.name ?? null));
  }
  return found;
}
