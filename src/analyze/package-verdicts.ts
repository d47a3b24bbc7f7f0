import type { ImageFacts } from '../knowledge/image.ts';
import { packageFacts } from '../knowledge/packages.ts';
import type { Span } from '../syntax/document.ts';
import type { CommandFacts } from './commands.ts';
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

/** What the verdicts on packages depend on. */
export interface PackageChoices {
  /** Nothing that was compiled here needs a shared library of the system. */
  readonly staticOnly: boolean;
  /** Compiled C++ needs its run-time library. */
  readonly keepCompanions: boolean;
  /** Programs that nothing starts: their packages may go. */
  readonly unused: (name: string) => string | null;
}

/** Packages that the file itself removes again, by name and by apk's virtual name. */
export function purged(steps: readonly Step[]): ReadonlySet<string> {
  const names = new Set<string>();
  const commands = steps.flatMap((step) => step.commands);
  for (const command of commands)
    for (const effect of command.effects)
      if (effect.kind === 'removes-packages')
        for (const name of effect.packages)
          names.add(typeof name === 'string' ? name : (name as { name: string }).name);
  for (const command of commands) {
    const at = command.argv.findIndex(
      (word) => word === '-t' || word === '--virtual' || word?.startsWith('--virtual='),
    );
    const virtual =
      at < 0 ? null : command.argv[at]?.startsWith('--virtual=') ? command.argv[at]?.slice(10) : command.argv[at + 1];
    if (virtual != null && names.has(virtual))
      for (const effect of command.effects)
        if (effect.kind === 'installs') for (const pack of effect.packages) names.add(pack.name);
  }
  return names;
}

/** Decides on every package of an install command; libraries whose run-time form is not known are noted. */
export function verdictsOf(
  command: CommandFacts,
  image: ImageFacts,
  gone: ReadonlySet<string>,
  choices: PackageChoices,
  unknownLibraries: { name: string; span: Span }[],
): PackageVerdict[] {
  return command.effects.flatMap((effect) =>
    effect.kind !== 'installs'
      ? []
      : effect.packages.map(({ name, word }): PackageVerdict => {
          const span = command.words[word] ?? command.span;
          const facts = packageFacts(image.distribution ?? 'debian', image.release, name);
          const verdict = (becomes: readonly string[], why: string): PackageVerdict => ({
            name,
            word: span,
            becomes,
            entry: facts.entry,
            why,
          });
          if (gone.has(name)) return verdict([], 'the file removes it again');
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
