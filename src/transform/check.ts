import { type CheckedFile, type CheckedInstruction, type CheckedStage, readForCheck } from './check-reader.ts';

const SINGLE = ['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'STOPSIGNAL', 'SHELL'];
const LISTED = ['ENV', 'LABEL', 'EXPOSE', 'VOLUME', 'ONBUILD', 'MAINTAINER'];

/**
 * Reads input and output as a stranger would and names every way in which the output is not a split of the input.
 * Empty means that all held. It knows nothing of the plan.
 */
export function checkSplit(input: string, output: string, target: number): string[] {
  const before = readForCheck(input);
  const after = readForCheck(output);
  const wrong: string[] = [];
  if (before.bom !== after.bom) wrong.push('the byte order mark changed');
  if (/\r\n/.test(input) !== /\r\n/.test(output) || (!/(^|[^\r])\n/.test(input) && /(^|[^\r])\n/.test(output)))
    wrong.push('the line breaks are mixed');
  // A third stage holds what both others stand on.
  const extra = after.stages.length - before.stages.length;
  if (extra !== 1 && extra !== 2) wrong.push('the output has not one or two stages more');
  const old = before.stages[target];
  const build = after.stages[target + extra - 1];
  const runtime = after.stages[target + extra];
  if (extra === 2) checkShared(old, after, target, wrong);
  if (old === undefined || build === undefined || runtime === undefined) return [...wrong, 'a stage is missing'];
  checkText(before, after, wrong);
  checkConfiguration(old, runtime, wrong);
  checkNames(before, after, wrong);
  checkArguments(old, runtime, wrong);
  checkCopies(build, runtime, wrong);
  return wrong;
}

/** The shared stage has the first RUNs of the old one as they were, and both stages behind it stand on it. */
function checkShared(old: CheckedStage | undefined, after: CheckedFile, target: number, wrong: string[]): void {
  const [shared, build, runtime] = after.stages.slice(target, target + 3);
  if (shared === undefined || shared.name === null || build?.image !== shared.name || runtime?.image !== shared.name)
    return void wrong.push('the shared stage is not what both others stand on');
  for (const [index, one] of shared.instructions.entries()) {
    const twin = old?.instructions[index];
    if (one.keyword !== 'RUN' || twin === undefined || one.text !== twin.text)
      wrong.push(`line ${one.line}: the shared stage has what the old one did not start with`);
  }
}

/** Every instruction stands somewhere as it was written, every comment as often as it did. */
function checkText(before: CheckedFile, after: CheckedFile, wrong: string[]): void {
  const instructions = new Set(after.instructions.filter(({ keyword }) => keyword !== 'FROM').map(({ text }) => text));
  for (const one of before.instructions)
    if (one.keyword !== 'FROM' && !instructions.has(one.text))
      wrong.push(`line ${one.line}: ${one.keyword} no longer stands as written`);
  const left = new Map<string, number>();
  for (const comment of after.comments) left.set(comment, (left.get(comment) ?? 0) + 1);
  for (const comment of before.comments) {
    const count = left.get(comment) ?? 0;
    if (count === 0) wrong.push(`a comment is gone: ${comment.slice(0, 60)}`);
    left.set(comment, count - 1);
  }
  for (const directive of before.directives)
    if (!after.directives.includes(directive)) wrong.push(`the directive ${directive} is gone`);
}

/** The configuration instructions reach the runtime stage in order. */
function checkConfiguration(old: CheckedStage, runtime: CheckedStage, wrong: string[]): void {
  const all = (stage: CheckedStage, keyword: string): string[] =>
    stage.instructions.filter((one) => one.keyword === keyword).map((one) => one.text);
  for (const keyword of SINGLE)
    if (all(old, keyword).at(-1) !== all(runtime, keyword).at(-1))
      wrong.push(`${keyword} of the runtime stage is not the author's`);
  for (const keyword of LISTED) {
    const mine = all(runtime, keyword);
    let at = -1;
    for (const text of all(old, keyword)) {
      const next = mine.indexOf(text, at + 1);
      if (next < 0) wrong.push(`${text.slice(0, 60)} is missing in the runtime stage or out of order`);
      else at = next;
    }
  }
  const extra =
    all(runtime, 'LABEL').length +
    all(runtime, 'EXPOSE').length +
    all(runtime, 'VOLUME').length -
    all(old, 'LABEL').length -
    all(old, 'EXPOSE').length -
    all(old, 'VOLUME').length;
  if (extra !== 0) wrong.push('the runtime stage states more than the author did');
  for (const keyword of ['WORKDIR', 'USER']) {
    const [then, now] = [all(old, keyword), all(runtime, keyword)];
    if (then.at(-1)?.replace(/\s+/g, ' ') !== now.at(-1)?.replace(/\s+/g, ' '))
      wrong.push(`${keyword} of the runtime stage is not the author's`);
  }
  const folder = (stage: CheckedStage): string =>
    stage.instructions
      .filter((one) => one.keyword === 'WORKDIR')
      .reduce((at, one) => (/^["']?[/$]/.test(one.rest) ? one.rest : `${at}/${one.rest}`), '');
  if (folder(old) !== folder(runtime)) wrong.push('WORKDIR leads elsewhere');
}

/** Stage names are valid and new ones unique; every reference names an earlier stage or an image of the input. */
function checkNames(before: CheckedFile, after: CheckedFile, wrong: string[]): void {
  const seen = new Set<string>();
  const froms = (stage: CheckedStage): string[] =>
    stage.instructions.flatMap(({ flags }) => flags.filter(([name]) => name === 'from').map(([, value]) => value));
  const external = new Set(before.stages.flatMap(froms));
  for (const stage of after.stages) {
    for (const from of froms(stage)) {
      if (/^[+-]?\d+$/.test(from) && !seen.has(from)) wrong.push(`--from=${from} is an index`);
      else if (!seen.has(from.toLowerCase()) && !external.has(from))
        wrong.push(`--from=${from} names no earlier stage`);
    }
    if (stage.name === null) continue;
    const name = stage.name.toLowerCase();
    const was = before.stages.some((other) => other.name?.toLowerCase() === name);
    if (!/^[a-z][a-z0-9-_.]*$/.test(name) || ((name === 'scratch' || name === 'context') && !was))
      wrong.push(`${stage.name} is no stage name`);
    if (seen.has(name) && before.stages.filter((other) => other.name?.toLowerCase() === name).length < 2)
      wrong.push(`the stage name ${stage.name} stands twice`);
    seen.add(name);
  }
}

/** An ARG that an instruction of the runtime stage reads is declared before it, as it was. */
function checkArguments(old: CheckedStage, runtime: CheckedStage, wrong: string[]): void {
  const declared = (stage: CheckedStage, until: CheckedInstruction): Set<string> => {
    const names = new Set<string>();
    for (const one of stage.instructions) {
      if (one === until) break;
      if (one.keyword === 'ARG' || one.keyword === 'ENV')
        for (const word of one.rest.split(/\s+/)) names.add(word.split('=')[0] ?? '');
    }
    return names;
  };
  for (const one of runtime.instructions) {
    const twin = old.instructions.find((other) => other.rest === one.rest && other.keyword === one.keyword);
    if (twin === undefined || one.keyword === 'RUN') continue;
    const [was, is] = [declared(old, twin), declared(runtime, one)];
    for (const match of one.rest.matchAll(/\$\{?(\w+)/g)) {
      const name = match[1] as string;
      if (was.has(name) && !is.has(name)) wrong.push(`line ${one.line}: ${name} is read where it is not declared`);
    }
  }
}

/** What is copied from the build stage is copied to where it lay. */
function checkCopies(build: CheckedStage, runtime: CheckedStage, wrong: string[]): void {
  for (const one of runtime.instructions) {
    const from = one.flags.find(([name]) => name === 'from')?.[1];
    if (one.keyword !== 'COPY' || build.name === null || from?.toLowerCase() !== build.name.toLowerCase()) continue;
    const words = one.rest.startsWith('[') ? stringsOf(one.rest) : one.rest.split(/\s+/);
    if (words.length !== 2 || typeof words[0] !== 'string' || words[0].replaceAll('[[]', '[') !== words[1])
      wrong.push(`line ${one.line}: a copy from the build stage changes its place`);
  }
}

/** The strings of the JSON form; [] where it is none, which no copy passes with. */
function stringsOf(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
