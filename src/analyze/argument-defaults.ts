import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { variablesIn } from '../syntax/expand.ts';
import { keyValues } from '../syntax/words.ts';
import type { Carry } from './carry.ts';
import type { SplitPlan } from './plan.ts';
import { lookup } from './state.ts';
import type { Step } from './understand.ts';

/** A value this short is found in too many paths to say where it comes from. */
const SHORTEST = 2;

/** ARGs whose default is spelled out in the paths that the runtime stage copies: with another value they lie elsewhere. */
export function spelledDefaults(steps: readonly Step[], until: number, carries: readonly Carry[]): Diagnostic[] {
  const build = steps.slice(0, until);
  return build
    .flatMap((step) => defaultsIn(step, build))
    .flatMap(({ step, key, variable, value }): Diagnostic[] => {
      if (typeof value !== 'string' || value.length < SHORTEST) return [];
      const readers = build.filter(({ instruction }) => variablesIn(instruction.rest.text).has(variable));
      const paths = carries
        .filter(({ path, writer }) => path.includes(value) && readers.some((one) => placesFiles(one, writer)))
        .map(({ path }) => path);
      const args = { name: key, value, paths: paths.join(', ') };
      return paths.length === 0 ? [] : [{ code: 'DF421', span: step.instruction.span, args }];
    });
}

interface Default {
  readonly step: Step;
  /** The build argument. */
  readonly key: string;
  /** What the paths read: the argument itself, or the variable that has its default. */
  readonly variable: string;
  readonly value: string | null | undefined;
}

/** `ARG NAME=value`, and `ENV OTHER=${NAME:-value}` where the argument has none. */
function defaultsIn(step: Step, build: readonly Step[]): Default[] {
  const { keyword } = step.instruction;
  if (keyword !== 'ARG' && keyword !== 'ENV') return [];
  return keyValues(step.instruction).flatMap(({ key, value }) => {
    const read = { step, variable: key, value: lookup(step.after, key) };
    if (keyword === 'ARG') return [{ ...read, key }];
    const name = /^"?\$\{(\w+):?-/.exec(value ?? '')?.[1];
    const argument = build.find(
      ({ instruction: one }) => one.keyword === 'ARG' && keyValues(one).some((pair) => pair.key === name),
    );
    return name === undefined || argument === undefined ? [] : [{ ...read, step: argument, key: name }];
  });
}

/** The step that writes a path, or one that says where later ones do. */
const placesFiles = ({ instruction }: Step, writer: Carry['writer']): boolean =>
  instruction.span.start === writer.span.start || /^(WORKDIR|ENV|ARG)$/.test(instruction.keyword);

/** An ARG whose value the runtime stage would hold in full, with a value of the same form that nobody writes. */
export interface DefaultArgument {
  readonly name: string;
  readonly value: string;
  readonly stand: string;
}

/**
 * Variables that bash sets itself, whatever the build gives it:
 * https://www.gnu.org/software/bash/manual/html_node/Bash-Variables.html
 */
const OF_BASH =
  /^(UID|EUID|PPID|GROUPS|HOSTNAME|HOSTTYPE|MACHTYPE|OSTYPE|RANDOM|SECONDS|LINENO|OPTIND|BASH\w*|SHELLOPTS)$/;
/** Where `/bin/sh` is dash or busybox. */
const PLAIN = new Set<string | null>(['debian', 'ubuntu', 'alpine']);

/** ARGs whose values may be a part of the paths, owners and modes of the runtime stage's new lines. */
export function defaultArguments(plan: SplitPlan): readonly DefaultArgument[] {
  const { understanding, until, carries, restored, choice } = plan;
  const build = understanding.steps.slice(0, until);
  const end = build.at(-1)?.after;
  const rights = restored.flatMap(({ owner, modes }) => [...(owner ?? '').split(':'), ...modes]);
  const isPlain = PLAIN.has(choice.candidate.facts.distribution) && end?.shell[0] === '/bin/sh';
  const found = new Map<string, string>();
  for (const { instruction, after } of build)
    for (const { key } of instruction.keyword === 'ARG' ? keyValues(instruction) : []) {
      const value = lookup(after, key);
      const isWhole = end !== undefined && lookup(end, key) === value && /^[\w./-]+$/.test(value ?? '');
      if (typeof value !== 'string' || !isWhole || (OF_BASH.test(key) && !isPlain)) found.delete(key);
      else if (rights.includes(value) || (value.length >= SHORTEST && carries.some(({ path }) => path.includes(value))))
        found.set(key, value);
    }
  return [...found].map(([name, value], index) => ({ name, value, stand: standFor(value, index) }));
}

/** A number for a number, a path in the same folder for a path. */
const standFor = (value: string, index: number): string =>
  /^\d+$/.test(value)
    ? `${74_001 + index}`
    : `${value.slice(0, value.lastIndexOf('/', value.length - 2) + 1)}default-argument-${index}`;

/**
 * The plan with the variables of ARGs where their values would be written out: those that another plan, made with other
 * values, has at the same places and that leave everything else as it is.
 */
export function withArguments(plan: SplitPlan, other: SplitPlan, defaults: readonly DefaultArgument[]): SplitPlan {
  const resolved = (text: string): string =>
    defaults.reduce((read, { stand, value }) => read.replaceAll(stand, value), text);
  const { text: file } = plan.understanding.document;
  // Where the file writes all of them without braces, so do the new lines.
  const reference = (name: string, next: string): string =>
    file.includes(`\${${name}}`) || !file.includes(`$${name}`) || /\w/.test(next) ? `\${${name}}` : `$${name}`;
  const named = (text: string): string =>
    defaults.reduce(
      (read, { stand, name }) =>
        read.split(stand).reduce((before, behind) => `${before}${reference(name, behind.slice(0, 1))}${behind}`),
      text,
    );
  const own = newTexts(plan);
  const others = newTexts(other);
  if (own.length !== others.length || own.some((text, index) => text !== resolved(others[index] as string)))
    return plan;
  const spelled = new Map(own.map((text, index): [string, string] => [text, named(others[index] as string)]));
  // An ARG may be read through another one, by whose name the path is written.
  const isSpelled = (path: string): boolean => (spelled.get(path) ?? path) !== path;
  const diagnostics = plan.diagnostics.filter(
    ({ code, args }) => code !== 'DF421' || !(args.paths ?? '').split(', ').every(isSpelled),
  );
  return { ...plan, spelled, diagnostics };
}

/** What the new lines of the runtime stage are made of, in order. */
const newTexts = ({ carries, restored, restated }: SplitPlan): string[] =>
  [
    ...restated.flatMap((run) => run.before),
    ...carries.map(({ path }) => path),
    ...restored.flatMap(({ path, owner, modes }) => [path, owner, ...modes]),
  ].map((text) => text ?? '');
