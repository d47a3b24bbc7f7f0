import { presenceBefore } from './file-model.ts';
import type { StageModel } from './stage-model.ts';
import { absolute, isBelow } from './words.ts';

/** Programs that fail where a file is missing that they name; of some, the last word is what they write. */
const READERS = new Set([
  '.',
  'cat',
  'chmod',
  'chown',
  'cut',
  'grep',
  'head',
  'sed',
  'sort',
  'source',
  'tail',
  'tar',
  'unzip',
  'wc',
]);
const TAKERS = new Set(['cp', 'install', 'mv']);
/** Commands behind which a file is as it was, unless they name it. */
const HARMLESS =
  /^(:|addgroup|adduser|apk|apt|apt-get|chmod|chown|echo|export|groupadd|mkdir|printf|set|true|useradd|usermod)$/;
/** What may run or not, and what is not followed here. */
const OPEN = /\|\||\b(if|for|while|until|case|eval|trap)\b|\[\[?\s|\btest\s|<<|[*?\\]/;

/** Installs a package, or takes a key, out of a file beside it. */
const INSTALLS_FILE = /\b(dpkg -i|rpm -i|rpm -ivh|rpm -Uvh|apt-key add) (?![-/ ])/;

const SHELL = /^(\/bin\/)?(sh|ash|dash|bash)$/;
/** A script by its path. */
const SCRIPT = /^[\w@%+:,./-]*\/[\w@%+:,.-]+\.(sh|bash)$/;

/** Programs of which every plain word is a file. */
const ALONE = new Set(['.', 'cat', 'cp', 'mv', 'source']);

/** Each RUN of the runtime stage finds the files that it names, where the original found them. */
export function checkInputs(was: StageModel, is: StageModel): string[] {
  const wrong: string[] = [];
  for (const [at, step] of is.steps.entries()) {
    if (step.kind !== 'run') continue;
    const { rest, line } = step.instruction;
    const twin = was.steps.findIndex((one) => one.kind === 'run' && one.instruction.rest === rest);
    if (twin >= 0 && INSTALLS_FILE.test(rest) && folderAt(was, twin) !== folderAt(is, at))
      wrong.push(`line ${line} names a file from a folder that it does not run in`);
    for (const word of readWords(rest)) {
      const before = was.steps.findIndex((one) => one.kind === 'run' && one.instruction.rest.includes(word));
      const [old, now] = [pathAt(was, before, word), pathAt(is, at, word)];
      if (old === null || old !== now || presenceBefore(is, now, at) !== 'absent') continue;
      if (presenceBefore(was, old, before) !== 'absent' && isPutThere(was, before, old))
        wrong.push(`line ${line} reads ${now}, which the runtime stage does not have by then`);
    }
  }
  return wrong;
}

/** An earlier instruction names the path or a folder around it: what none names is missing in the original too. */
function isPutThere({ steps }: StageModel, until: number, path: string): boolean {
  const top = /^\/[^/]+/.exec(path)?.[0] ?? path;
  return steps.slice(0, until).some((step) => {
    if (step.kind === 'run') return step.instruction.rest.includes(top);
    const target = step.kind === 'folder' ? step.path : step.target;
    return target === null || isBelow(path, target) || isBelow(target, path);
  });
}

/** The path that a word of a step means; null where the folder it runs in cannot be told. */
function pathAt({ steps }: StageModel, at: number, word: string): string | null {
  if (at < 0 || word.startsWith('/')) return at < 0 ? null : absolute('/', word);
  const folder = steps.slice(0, at).findLast((step) => step.kind === 'folder');
  return folder?.kind === 'folder' ? absolute(folder.path, word) : null;
}

/** The folder that the last WORKDIR before a step set. */
function folderAt({ steps }: StageModel, at: number): string | null {
  const folder = steps.slice(0, at).findLast((step) => step.kind === 'folder');
  return folder?.kind === 'folder' ? folder.path : null;
}

/** A command before it names the path from the folder that it runs in. */
const isMadeAs = (seen: string, word: string): boolean =>
  seen.split(/\s+/).some((own) => own !== '' && word.endsWith(`/${own}`));

/** The files that a shell line certainly reads and does not make itself. */
function readWords(text: string): readonly string[] {
  if (text.startsWith('[') || OPEN.test(text) || /\bcd\s/.test(text)) return [];
  const found: string[] = [];
  // The shell runs what stands in `$(…)` first.
  const inner = [...text.matchAll(/\$\(([^()]*)\)|`([^`]*)`/g)].map((match) => match[1] ?? match[2] ?? '');
  const outer = text.replace(/\$\(([^()]*)\)|`([^`]*)`/g, 'x');
  let seen = '';
  for (const command of [...inner, ...outer.split(/&&|[;|\n]/)]) {
    const words = command.trim().split(/\s+/);
    const [program = ''] = words;
    const script = SCRIPT.test(program)
      ? program
      : SHELL.test(program) && SCRIPT.test(words[1] ?? '')
        ? words[1]
        : null;
    if (script != null && !seen.includes(script) && !isMadeAs(seen, script)) found.push(script);
    const operands = TAKERS.has(program) ? words.slice(1, -1) : READERS.has(program) ? words.slice(1) : [];
    const plain = words.every((word) => !/^[-<>\d]/.test(word));
    for (const operand of operands) {
      const [, word] = /^["']?([\w@%+:,./-]+)["']?$/.exec(operand) ?? [];
      const isFile = word !== undefined && (word.startsWith('/') || (plain && ALONE.has(program)));
      if (isFile && !seen.includes(word) && !isMadeAs(seen, word)) found.push(word);
    }
    if (!HARMLESS.test(program) && !READERS.has(program)) break;
    seen += ` ${command}`;
  }
  return found;
}
