import type { ImageFacts } from '../knowledge/image.ts';
import type { OwnKnowledge } from '../knowledge/own.ts';
import { packageFacts } from '../knowledge/packages.ts';
import type { Span } from '../syntax/document.ts';
import type { CommandFacts } from './shell-world.ts';
import type { Step } from './understand.ts';

/** What becomes of one package of an install command. */
export interface PackageVerdict {
  readonly name: string;
  readonly word: Span;
  /** [] drops it; [name] keeps it as written where it equals `name`; others take its place. */
  readonly becomes: readonly string[];
  readonly entry: string;
  readonly why: string;
}

/** Such a package weighs nothing in the old image either. */
export const REMOVED_AT_ONCE = 'the same RUN removes it again';

/** What the verdicts on packages depend on. */
export interface PackageChoices {
  /** Nothing that was compiled here needs a shared library of the system. */
  readonly staticOnly: boolean;
  /** Compiled C++ needs its run-time library. */
  readonly keepCompanions: boolean;
  /** Programs that nothing starts: their packages may go. */
  readonly unused: (name: string) => string | null;
  /** What the caller knows of packages of their own. */
  readonly own: OwnKnowledge | undefined;
}

/** Packages that the file itself removes again, by name and by apk's virtual name. */
export function purged(steps: readonly Step[]): ReadonlyMap<string, Step> {
  const found = new Map<string, Step>();
  for (const step of steps)
    for (const { effects } of step.commands)
      for (const effect of effects)
        if (effect.kind === 'removes-packages') for (const name of effect.packages) found.set(name, step);
  const commands = steps.flatMap((step) => step.commands);
  for (const { argv, effects } of commands) {
    const at = argv.findIndex((word) => word === '-t' || word === '--virtual' || word?.startsWith('--virtual='));
    const virtual = at < 0 ? null : argv[at]?.startsWith('--virtual=') ? argv[at]?.slice(10) : argv[at + 1];
    const step = virtual == null ? undefined : found.get(virtual);
    if (step === undefined) continue;
    for (const effect of effects)
      if (effect.kind === 'installs') for (const { name } of effect.packages) found.set(name, step);
  }
  return found;
}

/** Decides on every package of an install command; libraries whose run-time form is not known are noted. */
export function verdictsOf(
  command: CommandFacts,
  image: ImageFacts,
  step: Step,
  gone: ReadonlyMap<string, Step>,
  choices: PackageChoices,
  unknownLibraries: { name: string; span: Span }[],
): PackageVerdict[] {
  return command.effects.flatMap((effect) =>
    effect.kind !== 'installs'
      ? []
      : effect.packages.map(({ name, word }): PackageVerdict => {
          const span = command.words[word] ?? command.span;
          const facts = packageFacts(image.distribution ?? 'debian', image.release, name, choices.own);
          const verdict = (becomes: readonly string[], why: string): PackageVerdict => ({
            name,
            word: span,
            becomes,
            entry: facts.entry,
            why,
          });
          const removed = gone.get(name);
          if (removed !== undefined)
            return verdict(
              [],
              removed === step ? REMOVED_AT_ONCE : 'a later layer removes it, which does not make the image smaller',
            );
          if (step.word?.kind === 'build') return verdict([], 'the author says that it serves the build alone');
          if (step.word?.kind === 'keep') return verdict([name], 'the author keeps it');
          const unused = choices.unused(name);
          if (unused !== null) return verdict([], unused);
          if (facts.role === 'runtime') return verdict([name], 'may serve the running container');
          if (facts.role === 'build')
            return verdict(choices.keepCompanions ? (facts.companions ?? []) : [], 'serves only compiling');
          if (choices.staticOnly) return verdict([], 'what was built is static');
          if (facts.runtime === null) {
            unknownLibraries.push({ name, span });
            return verdict([name], 'its run-time library is not known in this release');
          }
          return verdict(facts.runtime, 'stands for its run-time library');
        }),
  );
}
