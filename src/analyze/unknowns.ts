import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isInterpreter } from '../knowledge/installers.ts';
import { resolvePath } from '../syntax/paths.ts';
import { isShell } from '../syntax/shell-name.ts';
import type { StageFiles } from './records.ts';
import { presence } from './removals.ts';
import type { CommandFacts } from './shell-world.ts';
import type { Step, Understanding } from './understand.ts';

/** The first command of which nothing is known. */
export function unknownCommand({ steps, document }: Understanding): Diagnostic | null {
  for (const { commands } of steps)
    for (const command of commands)
      for (const effect of command.effects)
        if (effect.kind === 'unknown') {
          const code = effect.outside ? 'DF212' : 'DF205';
          return { code, span: command.span, args: { command: shown(command, document.text), why: effect.why } };
        }
  return null;
}

/** What every command is for is known, though perhaps not where it writes. */
export const servesKnown = ({ steps }: Understanding): boolean =>
  steps.every(
    ({ copy, commands }) =>
      copy?.target !== null &&
      commands.every(({ effects }) => effects.every((effect) => effect.kind !== 'unknown' || effect.outside === true)),
  );

/** Lines of the file as one, without what continues them. */
const wordsIn = (text: string): string =>
  text
    .split(/\s+/)
    .filter((word) => word !== '\\')
    .join(' ');

/** A command on one line, as a message quotes it. */
export const shown = ({ argv, span }: CommandFacts, text: string): string =>
  (
    (argv[0] === '|' ? [...argv.slice(1), '|', 'sh'] : argv).map((word) => word ?? '…').join(' ') ||
    wordsIn(text.slice(span.start, span.end))
  ).slice(0, 80);

/** An unknown command that cannot even be assumed to keep to a folder. */
export function unknownBlock({ steps, document }: Understanding, files: StageFiles): Diagnostic | null {
  for (const step of steps) {
    if (step.copy !== null && step.copy.target === null)
      return {
        code: 'DF304',
        span: step.instruction.span,
        args: { command: step.instruction.keyword, path: step.instruction.rest.text },
      };
    for (const command of step.commands) {
      const effect = command.effects.find((candidate) => candidate.kind === 'unknown');
      if (effect === undefined || effect.kind !== 'unknown') continue;
      const args = {
        command: shown(command, document.text),
        why: effect.why,
      };
      if (effect.outside) return { code: 'DF212', span: command.span, args };
      if (command.argv[0] === '|' || runsFetched(command, files)) return { code: 'DF308', span: command.span, args };
      if (command.cwd === null || command.cwd === '/') return { code: 'DF203', span: command.span, args };
    }
  }
  return null;
}

/** Starts a file that was fetched by itself: an installer, which puts things where it likes. */
function runsFetched({ argv, cwd, span }: CommandFacts, { history }: StageFiles): boolean {
  const script = argv[0]?.includes('/')
    ? argv[0]
    : isInterpreter(argv[0] ?? '') || isShell(argv[0] ?? '')
      ? argv.slice(1).find((word) => !word?.startsWith('-'))
      : null;
  if (script == null || cwd === null) return false;
  const path = resolvePath(cwd, script);
  return history.some(
    (record) =>
      record.path === path &&
      !record.tree &&
      record.command?.span.start !== span.start &&
      record.command?.effects.some(({ kind }) => kind === 'network'),
  );
}

/** An unknown command is assumed to write below the folder it runs in; the assumption is listed. */
export function confineUnknown(files: StageFiles): StageFiles {
  const records = files.unknown.flatMap(({ step, command, order }) =>
    command?.cwd == null || presence(command.cwd, order, files.removals) === 'gone'
      ? []
      : [
          {
            path: command.cwd,
            tree: true,
            class: 'in-place' as const,
            step,
            command,
            linkage: null,
            mapping: null,
            missing: false,
            order,
          },
        ],
  );
  return { ...files, records: [...files.records, ...records] };
}

/** What the split rests on. On the image that the file has, every library is there that something was linked with. */
export function assumptionsOf(steps: readonly Step[], swapped: boolean, text: string): Diagnostic[] {
  const found = steps.flatMap((step) =>
    step.commands.flatMap((command) =>
      command.effects.flatMap((effect): Diagnostic[] => {
        if (effect.kind === 'assumes' && effect.code === 'DF307' && !swapped && effect.installs !== true) return [];
        if (effect.kind === 'assumes') return [{ code: effect.code, span: command.span, args: effect.args }];
        if (effect.kind === 'unknown')
          return [
            {
              code: 'DF202',
              span: command.span,
              args: {
                command: shown(command, text),
                where: command.cwd ?? '?',
              },
            },
          ];
        return [];
      }),
    ),
  );
  return found.filter(
    (one, index) => found.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === index,
  );
}

/** Native code of which nobody knows what it links: proven where the image stays the same. */
export const unreadCode = (steps: readonly Step[]): Diagnostic[] => {
  const found = steps.flatMap(({ commands }) =>
    commands.flatMap(({ effects, span }) =>
      effects.flatMap((effect) => (effect.kind === 'native-code' ? [{ what: effect.what, span }] : [])),
    ),
  );
  const first = (what: string): number => found.findIndex((other) => other.what === what);
  return found
    .filter(({ what }, index) => first(what) === index)
    .map(({ what, span }) => ({ code: 'DF307', span, args: { what } }));
};
