import { describe, expect, test } from 'vitest';
import type { LineOrigin, Outcome } from '../src/outcome.ts';
import { split } from '../src/split.ts';
import { checkRenames } from '../src/transform/check/check-renames.ts';
import { checkRights } from '../src/transform/check/check-rights.ts';
import { type Claim, checkSplit } from '../src/transform/check/check-split.ts';
import { readForCheck } from '../src/transform/check/read-file.ts';
import { type StageModel, stageModels } from '../src/transform/check/stage-model.ts';
import { contextOf, optionsOf, readCases } from './cases.ts';

/** A line of an output, and where the report says that it comes from. */
interface Line {
  readonly text: string;
  readonly origin: LineOrigin;
}

interface Good {
  readonly name: string;
  readonly claim: Claim;
  readonly lines: readonly Line[];
  /** The lines of the runtime stage, from its FROM on. */
  readonly start: number;
  readonly end: number;
}

/** What the fixtures turn into, as the check is given it. */
function good(name: string, folder: string, text: string): Good[] {
  const options = { ...optionsOf(folder), guard: false };
  const context = contextOf(folder);
  const outcome: Outcome = split(text, options, context);
  if (outcome.outcome !== 'split' || outcome.text === null || options.target !== null) return [];
  const input = split(text, { ...options, renameOnly: true }, context).text ?? text;
  const claim: Claim = {
    input,
    output: outcome.text,
    target: (input.match(/^\s*FROM\s/gim)?.length ?? 0) - 1,
    image: outcome.runtime?.image ?? '',
    lines: outcome.lines,
    steps: outcome.steps,
    artifacts: outcome.artifacts,
    codes: outcome.diagnostics.map(({ code }) => code),
    buildArgs: options.buildArgs,
    own: options.own,
  };
  const lines = outcome.text.split('\n').map((one, at) => ({ text: one, origin: outcome.lines[at] as LineOrigin }));
  const start = lines.findIndex(
    ({ text: one, origin }, at) => at > 0 && /^\s*FROM\s/i.test(one) && origin.from === null,
  );
  const last = lines.findLastIndex(({ text: one, origin }) => /^\s*FROM\s/i.test(one) && origin.from === null);
  return start < 0 || /<<|\r/.test(outcome.text) ? [] : [{ name, claim, lines, start: last, end: lines.length }];
}

const all = readCases().flatMap(({ name, folder, text }) => good(name, folder, text));

function checkLinesOf({ claim }: Good, lines: readonly Line[]): string[] {
  const output = lines.map(({ text }) => text).join('\n');
  return checkSplit({ ...claim, output, lines: lines.map(({ origin }) => origin) });
}

/** The instruction that starts at a line, with the lines that continue it. */
function lengthAt(lines: readonly Line[], at: number): number {
  let end = at;
  while (/\\\s*$/.test(lines[end]?.text ?? '') || /^\s*#/.test(lines[end]?.text ?? '')) end++;
  return end + 1 - at;
}

type Damage = (one: Good) => readonly Line[] | null;

type Place = 'first' | 'last' | 'file' | 'build';

/** Finds the first or last such instruction of the runtime stage, or the first one of the file. */
function find({ lines, start }: Good, pattern: RegExp, place: Place = 'first', from = start): number {
  const isIt = ({ text }: Line, at: number): boolean =>
    (place === 'file' || (place === 'build' ? at < start : at >= from)) &&
    pattern.test(text) &&
    !/\\\s*$/.test(lines[at - 1]?.text ?? '');
  return place === 'last' ? lines.findLastIndex(isIt) : lines.findIndex(isIt);
}

const without =
  (pattern: RegExp, place: Place = 'first'): Damage =>
  (one) => {
    const at = find(one, pattern, place);
    return at < 0 ? null : one.lines.toSpliced(at, lengthAt(one.lines, at));
  };

const edited =
  (pattern: RegExp, was: RegExp, is: string, place: Place = 'first'): Damage =>
  (one) => {
    const at = find(one, pattern, place);
    const line = one.lines[at];
    if (line === undefined) return null;
    const text = line.text.replace(was, is);
    return text === line.text ? null : one.lines.with(at, { text, origin: { ...line.origin, why: 'edited' } });
  };

const added =
  (text: string, why: string | null = 'is new'): Damage =>
  (one) =>
    one.lines.toSpliced(one.start + 1, 0, { text, origin: { from: null, why } });

const swapped =
  (pattern: RegExp): Damage =>
  (one) => {
    const first = find(one, pattern);
    const second = first < 0 ? -1 : find(one, pattern, 'first', first + 1);
    const [a, b] = [one.lines[first], one.lines[second]];
    // Lines that a split writes of its own hang on no order.
    if (
      a?.origin.from == null ||
      b?.origin.from == null ||
      lengthAt(one.lines, first) + lengthAt(one.lines, second) > 2
    )
      return null;
    return a.text.trim() === b.text.trim() ? null : one.lines.with(first, b).with(second, a);
  };

const COPY = /^COPY --from=[a-z]+ \//;

/** What is done to a right output, and what the check says of it. `fits` is how many fixtures it can be done to, at least. */
const damages: readonly [name: string, damage: Damage, says: RegExp, fits: number][] = [
  [
    'a carried file is not copied',
    without(COPY),
    /is said to be carried over|which the runtime stage does not have/,
    200,
  ],
  ['a RUN reads what only the build has', ranTooEarly, /^line \d+ reads \/.* does not have by then$/, 5],
  [
    'a file of the image that the author took away stays',
    edited(/^RUN rm .*\/etc\/nginx\/\S/, /\/etc\/nginx\/\S+/, '/var/lib/other'),
    /^\/.* is taken away from the image, which the runtime stage leaves there$/,
    1,
  ],
  ['CMD is dropped', without(/^CMD /), /^CMD of the runtime stage is not the author's/, 150],
  ['CMD is another', edited(/^CMD \[/, /\]/, ', "-v"]'), /^CMD of the container is .* and was /, 100],
  ['ENTRYPOINT is dropped', without(/^ENTRYPOINT /), /^ENTRYPOINT of the runtime stage is not the author's/, 20],
  ['HEALTHCHECK is dropped', without(/^HEALTHCHECK /), /^HEALTHCHECK of the runtime stage is not/, 2],
  [
    'ENV is dropped',
    without(/^ENV (?!PATH)/),
    /is missing in the runtime stage or out of order|^ENV \w+ of the container is/,
    40,
  ],
  [
    'the value of an ENV is another',
    edited(/^ENV \w+=\w/, /=(\w)/, '=x$1'),
    /^ENV \w+ of the container is|is accounted for nowhere/,
    20,
  ],
  [
    'the PATH that programs are found by is dropped',
    pathDropped,
    /is not on the PATH of the (runtime stage|container)/,
    2,
  ],
  ['LABEL is dropped', without(/^LABEL /), /is missing in the runtime stage/, 2],
  [
    'EXPOSE is dropped',
    without(/^EXPOSE /),
    /^EXPOSE \d+.* does not reach the container|^EXPOSE \d+ is missing in the runtime stage/,
    30,
  ],
  ['VOLUME is dropped', without(/^VOLUME /), /^VOLUME .* does not reach the container/, 2],
  [
    'USER is dropped',
    without(/^USER /, 'last'),
    /^USER of the container is 0 and was|USER of the runtime stage is not/,
    10,
  ],
  [
    'USER is root',
    edited(/^USER (?!root)/, /USER .*/, 'USER root', 'last'),
    /^USER of the (container|runtime stage) is/,
    10,
  ],
  [
    'WORKDIR is dropped',
    without(/^WORKDIR /),
    /^WORKDIR of the (container|runtime stage) is| means .*, and meant|names a file from a folder|WORKDIR .* is said to stand in/,
    40,
  ],
  [
    'WORKDIR is another',
    edited(/^WORKDIR \//, /$/, '/other'),
    /^WORKDIR of the container is .*other and was| means .*other.*, and meant|names a file from a folder|a split edits no WORKDIR/,
    40,
  ],
  [
    'an ARG that is read is dropped',
    without(/^ARG /),
    /is read where it is not declared|of the container is|does not reach|is accounted for nowhere|no longer stands/,
    2,
  ],
  [
    'two variables change places',
    swapped(/^ENV /),
    /out of order|is moved in front|of the container is|where it is not declared/,
    3,
  ],
  ['a copy reads an index', edited(COPY, /--from=[a-z]+/, '--from=0'), /^line \d+: --from=0 is an index/, 200],
  [
    'a copy reads a stage that is not there',
    edited(COPY, /--from=[a-z]+/, '--from=nobody'),
    /^line \d+: from=nobody names no stage/,
    200,
  ],
  ['a copy changes its place', edited(COPY, /$/, '.old'), /a copy from the build stage changes its place/, 200],
  [
    'a copy reads another path',
    edited(COPY, / (\/\S+) /, ' $1-other '),
    /a copy from the build stage changes its place/,
    200,
  ],
  [
    'a copy is of another path at both ends',
    edited(COPY, / (\/\S+) \S+$/, ' $1-other $1-other'),
    /is said to be carried over/,
    200,
  ],
  [
    'the build stage has another name',
    edited(/^FROM .* AS build$/, /build$/, 'builder', 'file'),
    /from=build names no stage|FROM names/,
    200,
  ],
  [
    'the build stage has an invalid name',
    edited(/^FROM .* AS build$/, /build$/, '1st', 'file'),
    /1st is no stage name/,
    200,
  ],
  [
    'the runtime stage has the name of the build stage',
    edited(/^FROM \S+$/, /$/, ' AS build'),
    /the stage name build stands twice/,
    200,
  ],
  [
    'the runtime stage stands on nothing',
    edited(/^FROM \S+$/, / .*/, ' scratch'),
    /^the container runs on scratch, not on/,
    80,
  ],
  ['the owner in a RUN is another', ownerEdited, /the owner of .* is (daemon:daemon|4711:4711) and was/, 1],
  ['a RUN that gives an owner is dropped', ownerDropped, /the owner of .* is root(:root)? and was/, 1],
  [
    'the --chown of a copy is another',
    edited(/^COPY --chown=[a-z]+/, /--chown=\w+/, '--chown=daemon'),
    /the owner of .* is daemon|no longer stands as written/,
    2,
  ],
  [
    'the --chown of a copy is dropped',
    edited(/^COPY --chown=/, /--chown=\S+ /, ''),
    /the owner of .* is root|no longer stands as written/,
    2,
  ],
  [
    'a RUN that runs again is dropped',
    ranAgain,
    /is said to stand in the runtime stage and does not|BC is no instruction/,
    30,
  ],
  ['a RUN that nobody wrote is added', added('RUN rm -rf /var/lib'), /a split writes no such RUN of its own/, 200],
  [
    'a COPY of the context that nobody wrote is added',
    added('COPY . /srv'),
    /a split writes no such COPY of its own/,
    200,
  ],
  ['a LABEL that nobody wrote is added', added('LABEL a=b'), /states LABEL more often than the author did/, 200],
  ['a line is new without a reason', added('ENV A=b', null), /is new without a reason/, 200],
  ['a keyword is misspelt', edited(/^COPY /, /COPY/, 'COPPY'), /COPPY is no instruction/, 200],
  ['a flag is misspelt', edited(COPY, /--from/, '--form'), /has no flag --form/, 200],
  ['an instruction has no arguments', edited(/^EXPOSE /, / .*/, ''), /EXPOSE has no arguments/, 30],
  [
    'a step of the build is dropped',
    buildDropped,
    /no longer stands as written|is accounted for nowhere|is said to stand in the build/,
    200,
  ],
  [
    'a step of the build is reprinted',
    edited(/^RUN .*[^\\]$/, /RUN /, 'RUN  ', 'build'),
    /stands edited in front of the runtime stage|no longer stands as written/,
    100,
  ],
  ['a comment is dropped', commentDropped, /^a comment is gone/, 9],
  ['two lines of the build change places', linesSwapped, /is moved in front of|changes its place|no longer|names/, 100],
  ['a line ends as on Windows', edited(/^FROM /, /$/, '\r'), /the line breaks are mixed|no longer/, 200],
];

function pathDropped(one: Good): readonly Line[] | null {
  const at = find(one, /^ENV PATH=/);
  // Which programs a script starts is in no Dockerfile, and on scratch the engine's own PATH holds.
  return at < 0 || find(one, /^(CMD \["sh"|FROM scratch)/) >= 0 || one.lines[at]?.origin.from !== null
    ? null
    : one.lines.toSpliced(at, 1);
}

/** A RUN that gives a folder the owner that the author's text says: who makes files as another USER is in no text. */
function ownerAt(one: Good): number {
  const at = find(one, /^RUN chown [^&]*$/);
  const line = one.lines[at];
  const path = line?.text.split(' ').at(-1) ?? '';
  const isStated = one.claim.input.split('\n').some((text) => text.includes('chown') && text.includes(path));
  return line?.origin.from === null && isStated ? at : -1;
}

function ownerDropped(one: Good): readonly Line[] | null {
  const at = ownerAt(one);
  return at < 0 ? null : one.lines.toSpliced(at, 1);
}

function ownerEdited(one: Good): readonly Line[] | null {
  const line = one.lines[ownerAt(one)];
  // A name and a number may be one account: each is held against its own kind.
  const text = line?.text.replace(
    /chown (\S+)/,
    (_, was) => `chown ${/^[$\d]/.test(was) ? '4711:4711' : 'daemon:daemon'}`,
  );
  return line === undefined || text === undefined ? null : one.lines.with(ownerAt(one), { ...line, text });
}

function ranAgain(one: Good): readonly Line[] | null {
  const at = one.lines.findIndex(
    ({ text, origin }, line) => line > one.start && /^RUN /.test(text) && origin.from !== null,
  );
  return at < 0 ? null : one.lines.toSpliced(at, lengthAt(one.lines, at));
}

/** A RUN of the runtime stage reads a file that a RUN of the build names, where nothing of its folder is. */
function ranTooEarly(one: Good): readonly Line[] | null {
  const runs = one.lines.slice(0, one.start).filter(({ text }) => /^RUN [^\\]*$/.test(text));
  const path = runs.flatMap(({ text }) => / (\/(?:src|app|build|work|code)\/\w[\w./-]*\w)\b/.exec(text)?.[1] ?? [])[0];
  const folder = path?.split('/')[1];
  if (path === undefined || one.lines.slice(one.start).some(({ text }) => text.includes(`/${folder}`))) return null;
  return one.lines.toSpliced(one.start + 1, 0, { text: `RUN cat ${path}`, origin: { from: null, why: 'is new' } });
}

function buildDropped(one: Good): readonly Line[] | null {
  const at = one.lines.findIndex(({ text }) => /^RUN /.test(text));
  return at < 0 || at >= one.start ? null : one.lines.toSpliced(at, lengthAt(one.lines, at));
}

function commentDropped(one: Good): readonly Line[] | null {
  const at = one.lines.findIndex(({ text }) => /^# (?!syntax|escape|check)/.test(text));
  return at < 0 ? null : one.lines.toSpliced(at, 1);
}

function linesSwapped(one: Good): readonly Line[] | null {
  const at = one.lines.findIndex(({ text }) => /^(WORKDIR|COPY) .*[^\\]$/.test(text));
  const [first, second] = one.lines.slice(at, at + 2);
  if (at < 0 || at + 1 >= one.start || !/^(COPY|RUN) .*[^\\]$/.test(second?.text ?? '')) return null;
  return one.lines.with(at, second as Line).with(at + 1, first as Line);
}

describe('the check', () => {
  test('has many right outputs to look at, and refuses none', () => {
    expect(all.length).toBeGreaterThan(200);
    expect(all.flatMap((one) => checkLinesOf(one, one.lines).map((what) => `${one.name}: ${what}`))).toEqual([]);
  });

  test.each(damages)('refuses an output where %s', (_, damage, says, fits) => {
    const tried = all.flatMap((one) => {
      const lines = damage(one);
      return lines === null ? [] : [{ name: one.name, wrong: checkLinesOf(one, lines) }];
    });
    expect(tried.filter(({ wrong }) => !wrong.some((what) => says.test(what)))).toEqual([]);
    expect(tried.length).toBeGreaterThanOrEqual(fits);
  });
});

describe('the check of names', () => {
  const before =
    'FROM node:20\nRUN make\n\nFROM golang:1.25 AS api\n# note\nCOPY --from=0 /a /a\n\nFROM scratch\nCOPY --from=1 /b /b\nCOPY --from=0 /a /c\n';
  const after = before
    .replace('node:20', 'node:20 AS build')
    .replaceAll('--from=0', '--from=build')
    .replace('=1 ', '=api ');

  test('passes names for indexes', () => {
    expect(checkRenames(before, after)).toEqual([]);
  });

  test.each([
    ['an index stays', after.replace('from=api', 'from=1'), /--from=1 is an index/],
    ['a name means another stage', after.replace('from=api', 'from=build'), /meant stage 1 and means stage 0/],
    ['a name means no stage', after.replace('from=api', 'from=apt'), /meant stage 1 and means stage null/],
    ['a stage of the author is renamed', after.replaceAll('api', 'app'), /the stage api has another name/],
    ['another word changes', after.replace('/a /c', '/a /d'), /changed more than names/],
    ['an instruction is lost', after.replace('RUN make\n', ''), /changed the number of instructions/],
    ['a comment changes', after.replace('# note', '# notes'), /between the instructions/],
  ])('refuses where %s', (_, text, says) => {
    expect(text).not.toBe(after);
    expect(checkRenames(before, text).join('\n')).toMatch(says);
  });
});

describe('modes of a folder', () => {
  const modelOf = (run: string): StageModel =>
    stageModels(readForCheck(`FROM debian:12\nRUN mkdir /a && ${run}\n`), { buildArgs: {}, own: undefined }).at(
      -1,
    ) as StageModel;

  test.each([
    ['chmod 750 /a', 'chmod 0750 /a'],
    ['chmod 750 /a && chmod g+w /a', 'chmod 770 /a'],
    ['chmod 750 /a && chmod g+w,o+x /a', 'chmod 750 /a && chmod g+w /a && chmod o+x /a'],
    ['chmod u=rwx,go= /a', 'chmod 700 /a'],
    ['chmod g-w /a', 'chmod o-w /a'],
    ['chmod 700 /a && chmod 755 /a', 'chmod 755 /a'],
    // What lies in front of letters alone is not known.
    ['chmod 750 /a && chmod g+w /a', 'chmod g+w /a'],
  ])('`%s` and `%s` come to the same', (one, other) => {
    expect(checkRights(modelOf(one), modelOf(other))).toEqual([]);
    expect(checkRights(modelOf(other), modelOf(one))).toEqual([]);
  });

  test.each([
    ['chmod 750 /a', 'chmod 755 /a'],
    ['chmod o-r /a', 'chmod o-x /a'],
    ['chmod 750 /a && chmod g+w /a', 'chmod 750 /a'],
    ['chmod a+t /a', 'chmod a+x /a'],
    ['chmod u+s /a', 'chmod g+s /a'],
    ['chmod g=r /a', 'chmod g+r /a'],
  ])('`%s` and `%s` do not', (one, other) => {
    expect(checkRights(modelOf(one), modelOf(other))).toHaveLength(1);
    expect(checkRights(modelOf(other), modelOf(one))).toHaveLength(1);
  });
});
