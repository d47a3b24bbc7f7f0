import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { FileReport } from '../../report/file-report.ts';
import { settingsFor } from '../config/settings.ts';
import { convertFile, type OpenContexts } from '../convert-file.ts';
import { findFiles } from '../find-files.ts';
import type { Flags } from '../options.ts';
import { mayWrite } from '../process-file.ts';
import { writeFile } from '../write-file.ts';
import type { Runner } from './git.ts';
import type { MigrateFlags } from './migrate-options.ts';
import type { Repository } from './repository.ts';

/** What became of the files of a repository: the tree with those that changed, and every report. */
export interface SplitTree {
  /** Null where nothing changes. */
  readonly tree: string | null;
  readonly changed: readonly FileReport[];
  readonly reports: readonly FileReport[];
}

/** Writes the base commit's files into a folder of our own, splits them there, and makes a tree of them. */
export async function splitTree(
  { gitDir, base }: Repository,
  folder: string,
  flags: MigrateFlags,
  run: Runner,
): Promise<SplitTree> {
  rmSync(folder, { recursive: true, force: true });
  const root = join(folder, 'tree');
  // The folder ends the search for a build context, as the repository's root would.
  mkdirSync(join(root, '.git'), { recursive: true });
  const at = ['--git-dir', gitDir, '--work-tree', root];
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    await run.git([...at, 'read-tree', '-m', '-u', base.commit], env);
    const real = realpathSync(root);
    const inside = (file: string): boolean => realpathSync(file).startsWith(real + sep);
    const files = (await findFiles([root], flags)).filter(inside);
    const contexts: OpenContexts = new Map();
    const reports: FileReport[] = [];
    const changed: FileReport[] = [];
    const splitFlags: Flags = { ...flags, format: 'diff' };
    const short = (path: string): string => relative(root, path).split(sep).join('/') || '.';
    for (const file of files) {
      const made = await convertFile(file, splitFlags, contexts);
      const report = {
        ...made,
        path: short(file),
        context: made.context === null ? null : short(join('.', made.context)),
      };
      const { assume } = (await settingsFor(file, splitFlags)).flags;
      reports.push(report);
      if (!mayWrite(report, assume) || report.outcome.text === null) continue;
      await writeFile(file, report.outcome.text);
      // A link is written through: what changes is the file that it leads to.
      await run.git([...at, 'add', '--', relative(real, realpathSync(file))], env);
      changed.push({ ...report, written: true });
    }
    const tree = changed.length === 0 ? null : await run.git([...at, 'write-tree'], env);
    return { tree, changed, reports };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
