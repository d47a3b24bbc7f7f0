import type { ImageFacts } from '../knowledge/image.ts';
import type { OwnKnowledge } from '../knowledge/own.ts';
import { takesRecommended } from '../knowledge/packages/install-line.ts';
import { isEverywhere } from '../knowledge/packages/library-names.ts';
import { packageFacts } from '../knowledge/packages.ts';
import { broughtBy, programsOf } from '../knowledge/unused.ts';
import type { Span } from '../syntax/document.ts';
import type { CommandFacts } from './shell-world.ts';
import { isInstall } from './system-commands.ts';
import type { Step } from './understand.ts';

/** What becomes of one package of an install command. */
export interface PackageVerdict {
  readonly name: string;
  readonly word: Span;
  /** [] drops it; [name] keeps it as written where it equals `name`; others take its place. */
  readonly becomes: readonly string[];
  /** What its package only recommends is installed along with it. */
  readonly recommends: boolean;
  /** What removes it again. */
  readonly purge: CommandFacts | null;
  /** What was installed for it alone is removed along with it. */
  readonly orphans: boolean;
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
  /** Programs that the RUNs of the runtime stage start: what brings them has to be installed there. */
  readonly isStarted: (programs: readonly string[]) => boolean;
  /** Programs that dependencies start when they run. */
  readonly demanded: readonly string[];
  /** Programs of installed packages that the application itself starts. */
  readonly called: readonly string[];
  /** Programs of packages that set up what the container reads: it outlives the package that the author removes. */
  readonly settling: readonly string[];
  /** A tool that no step starts, of a file that does not say what the container starts. */
  readonly idleTool: (name: string) => boolean;
  /** A compiler is among them, which reads headers that nobody knows. */
  readonly compiles: boolean;
  /** What the caller knows of packages of their own. */
  readonly own: OwnKnowledge | undefined;
}

/** A command that removes packages again, and its step. */
export interface Purge {
  readonly step: Step;
  readonly command: CommandFacts;
  /** Packages, and apk's virtual names. */
  readonly names: ReadonlySet<string>;
  /** It, or a command behind it, removes what was installed for them alone. */
  readonly orphans: boolean;
}

/** The commands that remove packages for certain, in their order. */
export function purgesOf(steps: readonly Step[]): readonly Purge[] {
  const all = steps.flatMap((step) =>
    step.commands.flatMap((command) =>
      command.effects.flatMap((effect) =>
        effect.kind === 'removes-packages' && command.certain
          ? [{ step, command, names: new Set(effect.packages), orphans: effect.orphans }]
          : [],
      ),
    ),
  );
  return all.map((purge, index) => ({ ...purge, orphans: all.slice(index).some(({ orphans }) => orphans) }));
}

/** The virtual package of `apk add --virtual NAME`. */
function virtualOf({ argv, effects }: CommandFacts): string | null {
  if (!effects.some((effect) => effect.kind === 'installs' && effect.manager === 'apk')) return null;
  const at = argv.findIndex((word) => word !== null && /^(-t|--virtual(=.*)?)$/.test(word));
  return at < 0 ? null : argv[at]?.startsWith('--virtual=') ? (argv[at]?.slice(10) ?? null) : (argv[at + 1] ?? null);
}

/** The command behind an install that removes one of its packages again, by its name or by the virtual one. */
function purgeOf(
  name: string,
  virtual: string | null,
  command: CommandFacts,
  step: Step,
  purges: readonly Purge[],
): Purge | undefined {
  return purges.find(
    (purge) =>
      (purge.step.index > step.index || (purge.step === step && purge.command.span.start > command.span.start)) &&
      (virtual === null ? purge.names.has(name) : purge.names.has(virtual)),
  );
}

/** Decides on every package of an install command; libraries whose run-time form is not known are noted. */
export function verdictsOf(
  command: CommandFacts,
  image: ImageFacts,
  step: Step,
  purges: readonly Purge[],
  choices: PackageChoices,
  unknownLibraries: { name: string; span: Span }[],
): PackageVerdict[] {
  if (!isInstall(command)) return [];
  const recommends = takesRecommended(command.argv);
  const virtual = virtualOf(command);
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
            recommends,
            purge: purge?.command ?? null,
            orphans: purge?.orphans ?? false,
            entry: facts.entry,
            why,
          });
          const purge = purgeOf(name, virtual, command, step, purges);
          const removed = purge?.step;
          if (removed !== undefined && choices.isStarted(programsOf(name)) && step.word?.kind !== 'build')
            return verdict([name], 'a command that runs again starts it, before the file removes it');
          if (removed !== undefined && programsOf(name).some((program) => choices.settling.includes(program)))
            return verdict([name], 'what it set up stays when the file removes it');
          // `apt-get remove chromium` without its orphans: the libraries that stay are those of another browser.
          if (removed !== undefined && !purge?.orphans && effect.manager === 'apt' && facts.purpose === 'desktop')
            return verdict([name], 'what it brings along stays when the file removes it');
          const at = removed === step ? REMOVED_AT_ONCE : null;
          // Without its orphans a development package leaves the library behind that it brought.
          if (removed !== undefined && (purge?.orphans || facts.role === 'runtime'))
            return verdict([], at ?? 'a later layer removes it, which does not make the image smaller');
          if (step.word?.kind === 'build') return verdict([], 'the author says that it serves the build alone');
          if (step.word?.kind === 'keep') return verdict([name], 'the author keeps it');
          const unused = choices.unused(name);
          if (unused !== null) return verdict([], unused);
          if (facts.role === 'runtime') return verdict([name], 'may serve the running container');
          if (choices.compiles && removed === undefined)
            return verdict([name], 'the application compiles when it runs');
          if (facts.role === 'build' && removed === undefined && choices.idleTool(name))
            return verdict([name], 'no step starts it, so that it is there for whoever uses the container');
          if (broughtBy(name).some((program) => choices.called.includes(program)))
            return verdict([name], 'the application starts it when it runs');
          if (broughtBy(name).some((program) => choices.demanded.includes(program)))
            return verdict([name], 'something that is installed starts it when it runs');
          if (facts.role === 'build')
            return verdict(choices.keepCompanions ? (facts.companions ?? []) : [], at ?? 'serves only compiling');
          if (choices.staticOnly) return verdict([], at ?? 'what was built is static');
          if (facts.runtime === null) {
            unknownLibraries.push({ name, span });
            return verdict([name], 'its run-time library is not known in this release');
          }
          const missing = facts.runtime.filter((library) => !isEverywhere(library, image));
          const why = missing.length === 0 ? 'the image has its run-time library' : 'stands for its run-time library';
          return verdict(missing, at ?? why);
        }),
  );
}
