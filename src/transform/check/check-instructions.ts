import { type CheckedFile, type CheckedStage, withoutStageName } from './read-file.ts';

const SINGLE = ['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'STOPSIGNAL', 'SHELL'];
const LISTED = ['ENV', 'LABEL', 'EXPOSE', 'VOLUME', 'ONBUILD', 'MAINTAINER'];
/** A split adds none of these. */
const NEVER_NEW = [
  'LABEL',
  'EXPOSE',
  'VOLUME',
  'ONBUILD',
  'MAINTAINER',
  'CMD',
  'ENTRYPOINT',
  'HEALTHCHECK',
  'STOPSIGNAL',
  'SHELL',
];

/** Every instruction stands as it was written, every comment as often as it did, and configuration in the runtime stage. */
export function checkInstructions(
  before: CheckedFile,
  after: CheckedFile,
  old: CheckedStage,
  runtime: CheckedStage,
): string[] {
  return [...checkTexts(before, after), ...checkOrder(old, runtime), ...checkLast(old, runtime)];
}

function checkTexts(before: CheckedFile, after: CheckedFile): string[] {
  const wrong: string[] = [];
  const instructions = new Set(after.instructions.filter(({ keyword }) => keyword !== 'FROM').map(({ text }) => text));
  for (const one of before.instructions)
    if (one.keyword !== 'FROM' && !instructions.has(one.text))
      wrong.push(`line ${one.line}: ${one.keyword} no longer stands as written`);
  const froms = new Set(after.stages.flatMap(({ from }) => [from.text, withoutStageName(from)]));
  for (const { from } of before.stages)
    if (!froms.has(from.text) && !froms.has(withoutStageName(from)))
      wrong.push(`line ${from.line}: FROM no longer stands as written`);
  const left = new Map<string, number>();
  for (const comment of after.comments) left.set(comment, (left.get(comment) ?? 0) + 1);
  for (const comment of before.comments) {
    const count = left.get(comment) ?? 0;
    if (count === 0) wrong.push(`a comment is gone: ${comment.slice(0, 60)}`);
    left.set(comment, count - 1);
  }
  return wrong;
}

const textsOf = (stage: CheckedStage, keyword: string): string[] =>
  stage.instructions.filter((one) => one.keyword === keyword).map((one) => one.text);

function checkOrder(old: CheckedStage, runtime: CheckedStage): string[] {
  const wrong: string[] = [];
  for (const keyword of LISTED) {
    const mine = textsOf(runtime, keyword);
    let at = -1;
    for (const text of textsOf(old, keyword)) {
      const next = mine.indexOf(text, at + 1);
      if (next < 0) wrong.push(`${text.slice(0, 60)} is missing in the runtime stage or out of order`);
      else at = next;
    }
  }
  return wrong;
}

function checkLast(old: CheckedStage, runtime: CheckedStage): string[] {
  const wrong: string[] = [];
  for (const keyword of SINGLE)
    if (textsOf(old, keyword).at(-1) !== textsOf(runtime, keyword).at(-1))
      wrong.push(`${keyword} of the runtime stage is not the author's`);
  for (const keyword of NEVER_NEW)
    if (textsOf(runtime, keyword).length > textsOf(old, keyword).length)
      wrong.push(`the runtime stage states ${keyword} more often than the author did`);
  for (const keyword of ['WORKDIR', 'USER']) {
    const [then, now] = [textsOf(old, keyword), textsOf(runtime, keyword)].map((texts) =>
      texts.map((text) => text.replace(/\s+/g, ' ')),
    ) as [string[], string[]];
    const [was, is] = [then.at(-1), now.at(-1)];
    // `WORKDIR ..` may lead to where an earlier one led: that the folder is the same is checked with the configuration.
    const isRelative = keyword === 'WORKDIR' && !/^WORKDIR ["']?\//i.test(was ?? '/');
    if (was !== is && !(isRelative && is !== undefined && then.includes(is)))
      wrong.push(`${keyword} of the runtime stage is not the author's`);
  }
  return wrong;
}

/** The shared stage has the first RUNs of the old one as they were, and both stages behind it stand on it. */
export function checkShared(old: CheckedStage, [shared, build, runtime]: readonly CheckedStage[]): string[] {
  if (shared === undefined || shared.name === null || build?.image !== shared.name || runtime?.image !== shared.name)
    return ['the shared stage is not what both others stand on'];
  return shared.instructions.flatMap((one, index) => {
    const twin = old.instructions[index];
    return one.keyword === 'RUN' && one.text === twin?.text
      ? []
      : [`line ${one.line}: the shared stage has what the old one did not start with`];
  });
}
