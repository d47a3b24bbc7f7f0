import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isSecretFile, isSecretVariable } from '../knowledge/secret-names.ts';
import type { Span } from '../syntax/document.ts';
import { literal } from '../syntax/glob.ts';
import { isWithin, listedPath } from '../syntax/paths.ts';
import { keyValues } from '../syntax/words.ts';
import type { StageFiles } from './records.ts';
import { type Restated, runsAgain } from './restated.ts';
import type { Understanding } from './understand.ts';

interface Situation {
  readonly understanding: Understanding;
  readonly files: StageFiles;
  /** What the runtime stage takes over. */
  readonly carried: readonly string[];
  readonly restated: readonly Restated[];
  /** Steps from this index on stand in the runtime stage. */
  readonly until: number;
}

/** Secrets that a layer of the old image held: those that the split leaves behind, and those that still ship. */
export function secretFindings(situation: Situation): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  const note = (ships: boolean, what: string, span: Span): void => {
    const code = ships ? 'DF412' : 'DF411';
    // What ships by one way ships.
    if (ships || !found.has(what)) found.set(what, { code, span, args: { what } });
  };
  for (const { name, ships, span } of variables(situation)) note(ships, name, span);
  for (const { path, ships, span } of files(situation)) note(ships, path, span);
  return [...found.values()];
}

/** The history of an image shows the build arguments of its RUNs, and its configuration every ENV. */
function* variables({
  understanding,
  restated,
  until,
}: Situation): Generator<{ name: string; ships: boolean; span: Span }> {
  const { steps, document } = understanding;
  const reads = (name: string, { span }: { readonly span: Span }): boolean =>
    new RegExp(`\\$\\{?${literal(name)}\\b`).test(document.text.slice(span.start, span.end));
  for (const { index, instruction } of steps) {
    if (instruction.keyword !== 'ARG' && instruction.keyword !== 'ENV') continue;
    for (const { key, value } of keyValues(instruction)) {
      if (!isSecretVariable(key)) continue;
      const { span } = instruction;
      if (instruction.keyword === 'ENV') {
        if (value !== null && value !== '' && value !== '""') yield { name: `ENV ${key}`, ships: true, span };
        continue;
      }
      const later = steps.filter((step) => step.index > index && step.instruction.keyword === 'RUN');
      if (!later.some((step) => reads(key, step.instruction))) continue;
      const runs = [...restated.map(({ step }) => step), ...later.filter((step) => step.index >= until)];
      yield { name: `ARG ${key}`, ships: runs.some((step) => reads(key, step.instruction)), span };
    }
  }
}

/** A layer keeps a file that a later one removes. */
function* files({
  understanding,
  files,
  carried,
  restated,
  until,
}: Situation): Generator<{ path: string; ships: boolean; span: Span }> {
  // What the build removes itself is not carried.
  const isRemoved = (path: string, index: number): boolean =>
    understanding.steps
      .slice(index + 1, until)
      .flatMap(({ commands }) => commands.filter(({ certain }) => certain))
      .some(({ effects }) => effects.some((effect) => effect.kind === 'deletes' && isWithin(path, effect.path)));
  for (const { path, step, tree, mapping, command } of files.history) {
    const again = command != null && restated.some((run) => run.step === step && runsAgain(run, command));
    const below = tree && mapping?.kind === 'folder' ? (understanding.files.list(path) ?? []) : [];
    const paths = [path, ...below.map((name) => listedPath(path, name))];
    for (const one of paths)
      if (isSecretFile(one))
        yield {
          path: one,
          ships:
            step.index >= until ||
            again ||
            (carried.some((folder) => isWithin(one, folder)) && !isRemoved(one, step.index)),
          span: step.instruction.span,
        };
  }
}
