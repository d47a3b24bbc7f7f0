import { listedPath } from '../syntax/paths.ts';
import { type ImageFiles, type ProgramTraits, programWords } from './ecosystem.ts';
import { startedByCall } from './shell-constants.ts';

const MOST_FILES = 3000;
const NOT_SOURCES = /^(\.git|node_modules|spec|test|tests|target|build|_build|zig-cache|\.zig-cache|\.build)\/$/;

/** How the sources of a language are told, and how they start programs: group 1 is the name where it is a constant. */
export interface SourceForm {
  readonly extension: RegExp;
  readonly starts: RegExp;
  readonly comment: RegExp | ((text: string) => string);
  /** Sources that do not have it start nothing. */
  readonly only?: RegExp;
}

/**
 * What sources below a folder say of the programs they start. Of everything else the answer is the careful one, for the
 * libraries that they use may open files and connections. Null where a source cannot be read.
 */
export function sourceTraits(
  { extension, starts, comment, only }: SourceForm,
  folder: string,
  files: ImageFiles,
): ProgramTraits | null {
  const texts: string[] = [];
  const queue = [folder];
  let seen = 0;
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const name of files.list(at) ?? []) {
      if (++seen > MOST_FILES) return null;
      if (name.endsWith('/')) {
        if (!NOT_SOURCES.test(name)) queue.push(listedPath(at, name));
      } else if (extension.test(name)) {
        const text = files.read(listedPath(at, name));
        if (text === null || text.trim() === '') return null;
        texts.push(text);
      }
    }
  }
  if (texts.length === 0) return null;
  const all = texts.join('\n');
  const text = typeof comment === 'function' ? comment(all) : all.replace(comment, '');
  const found = only === undefined || only.test(text) ? [...text.matchAll(starts)] : [];
  const runs = [...new Set(found.flatMap((match) => startedByCall(match[1], text, match.index + match[0].length)))];
  return {
    readsFiles: true,
    runs,
    mayRun: programWords(runs, text),
    timeZones: true,
    certificates: true,
    users: true,
    evidence: `${texts.length} source file${texts.length === 1 ? '' : 's'}`,
  };
}
