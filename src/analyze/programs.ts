import type { ProgramTraits } from '../knowledge/ecosystem.ts';
import { runsCommand } from '../knowledge/entrypoints.ts';
import { decompressorsOf, isEssential, withStarted } from '../knowledge/essential.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import { startsNothingUntold } from '../knowledge/starters.ts';
import { broughtBy } from '../knowledge/unused.ts';
import { baseName, isWithin, resolvePath } from '../syntax/paths.ts';
import { startsForeign } from './compiled-alone.ts';
import type { Demands } from './ladder.ts';
import { behindLinks, realPath } from './links.ts';
import type { StageFiles } from './records.ts';
import { presence } from './removals.ts';
import { isNamed, type NamedNeed, type Need, type Roots } from './roots.ts';
import type { CommandFacts } from './shell-world.ts';
import { namedInSources, unreadSource } from './sources.ts';
import { withSubstituted } from './substitutions.ts';
import { writtenBy } from './system-commands.ts';
import { itemOf, type Understanding } from './understand.ts';

/** Where the runtime stage has a program: there already, in the old image alone, nowhere known, or carried in a folder. */
export type Place = 'found' | 'base' | 'missing' | { readonly folder: string };

/**
 * Looks for a program as the container would, by its path or on the PATH; scripts and package managers that run them have more
 * places to look in, and what the runtime stage runs again may install it.
 */
export function findProgram(need: NamedNeed, demands: Demands, facts: ImageFacts): Place {
  const { name } = need;
  const { understanding, carry, files } = demands;
  const elsewhere = carry.interpreted && (need.via !== need.instruction.keyword || installsAgain(demands));
  const { final } = understanding;
  const image = understanding.image as ImageFacts;
  const program = baseName(name);
  const again = new Set(writtenAgain(demands));
  const made = (path: string): boolean => {
    const behind = behindLinks(path, files);
    return (carry.carries.some((one) => isWithin(behind, one.path)) && !isGone(behind, files)) || again.has(behind);
  };
  if (name.includes('/')) {
    const path = resolvePath(final.workdir ?? '/', name);
    const copied = understanding.steps.some(
      ({ copy, instruction }) =>
        copy !== null &&
        instruction.rest.text.includes(program) &&
        (copy.target === null || isWithin(path, copy.target)),
    );
    const inFolder = isCopied(path, demands) && understanding.files.read(path) !== null;
    if (made(path) || copied || inFolder) return 'found';
    if (/^\/(usr\/)?(local\/)?s?bin\//.test(path)) return systemProgram(program, demands, facts);
    const inToolchain = image.toolchainTrees.some((tree) => isWithin(path, tree));
    return !inToolchain && carry.carries.length > 0 && carry.interpreted ? 'found' : 'missing';
  }
  const folders = (final.env.get('PATH') ?? '').split(':');
  const exact = folders.find((folder) => {
    const path = `${folder}/${name}`;
    const real = realPath(path, files.links);
    return carry.carries.some((one) => one.path === real) || again.has(real) || (files.links.has(real) && made(real));
  });
  if (exact !== undefined) return { folder: exact };
  if (isInImage(program, facts)) return 'found';
  // A folder of programs that is carried as a whole holds those that its package manager put there.
  const whole = folders.find((folder) => folder !== '/usr/local/bin' && made(`${folder}/${name}`));
  if (whole !== undefined && !image.programs.includes(name)) return { folder: whole };
  const system = systemProgram(program, demands, facts);
  if (system !== 'missing') return system;
  if (whole !== undefined) return { folder: whole };
  if (made(`/usr/local/bin/${name}`) || elsewhere) return 'found';
  const copied = folders.find((folder) => isCopied(`${folder}/${name}`, demands));
  return copied === undefined ? 'missing' : { folder: copied };
}

const later = ({ understanding, until }: Pick<Demands, 'understanding' | 'until'>): readonly CommandFacts[] =>
  understanding.steps.slice(until).flatMap(({ commands }) => commands);

/** The runtime stage calls a package manager of a language. */
const installsAgain = (demands: Demands): boolean =>
  [...demands.system.restated.flatMap(({ step }) => step.commands), ...later(demands)].some(
    ({ ecosystem }) => ecosystem?.interpreted,
  );

/** Paths that the RUNs of the runtime stage write themselves. */
function writtenAgain(demands: Demands): string[] {
  return [...demands.system.restated.flatMap(({ writes }) => writes), ...writtenBy(later(demands))];
}

const isInImage = (program: string, facts: ImageFacts): boolean =>
  isEssential(facts, program) || facts.programs.includes(program);

function systemProgram(program: string, { understanding, system, until }: Demands, facts: ImageFacts): Place {
  const image = understanding.image as ImageFacts;
  if (isInImage(program, facts)) return 'found';
  if (image.programs.includes(program)) return 'base';
  if (system.kept.length === 0) return 'missing';
  // A package may bring it, whatever its name; what a compiler is told to make under that name is none of theirs.
  const isMade = understanding.steps
    .slice(0, until)
    .some(({ commands }) => commands.some((command) => makesProgram(command, program)));
  return isMade && !system.kept.some((name) => isNamedLike(name, program)) ? 'missing' : 'found';
}

/** A package and a program that share a name, a version behind the package's apart. */
export const isNamedLike = (name: string, program: string): boolean =>
  name.includes(program) || program.includes(name.replace(/(?<![\d.-])[\d.-]+$/, ''));

/** A word of a compiler's call is a path that ends in the name of the program. */
const makesProgram = ({ argv, effects }: CommandFacts, program: string): boolean =>
  effects.some(({ kind }) => kind === 'compiles') &&
  argv.some((word) => word?.split(/[\s;,=]/).some((part) => part.startsWith('/') && baseName(part) === program));

/** A program that the container starts and that only a step which the author sends to the build can have made. */
export function lostProgram(demands: Demands, facts: ImageFacts): NamedNeed | undefined {
  const { understanding, roots } = demands;
  if (!understanding.steps.some(({ word }) => word?.kind === 'build')) return undefined;
  return roots.needs.filter(isNamed).find((need) => findProgram(need, demands, facts) === 'missing');
}

/** A program that CMD, ENTRYPOINT or HEALTHCHECK names itself, and that the runtime stage is not known to have. */
export function absentProgram(demands: Demands, facts: ImageFacts): NamedNeed | null {
  const { entrypoint } = facts;
  const stated = demands.roots.needs
    .filter(isNamed)
    .filter(
      ({ via, instruction, name }) => via === instruction.keyword && (via !== 'CMD' || runsCommand(entrypoint, name)),
    );
  const { final, steps } = demands.understanding;
  const folders = (final.env.get('PATH') ?? '').split(':');
  // A file by its path that no RUN names is mounted, or missing in both containers.
  const isNamedByRun = (name: string): boolean =>
    steps.some(({ instruction }) => instruction.keyword === 'RUN' && instruction.rest.text.includes(baseName(name)));
  return (
    stated.find(
      (need) =>
        (findProgram(need, demands, facts) === 'missing' || isUnmade(need.name, demands)) &&
        (!need.name.includes('/') || isNamedByRun(need.name)) &&
        !folders.some((folder) => isCopied(`${folder}/${need.name}`, demands)),
    ) ?? null
  );
}

/** A path outside the folders of the system that neither a copy nor a RUN of the runtime stage may make. */
function isUnmade(name: string, demands: Demands): boolean {
  const { understanding, carry, files } = demands;
  const path = resolvePath(understanding.final.workdir ?? '/', name);
  const trees = [...(understanding.image?.toolchainTrees ?? []), ...carry.carries.map((one) => one.path)];
  return (
    name.includes('/') &&
    !/^\/(usr|lib\w*|s?bin)\//.test(path) &&
    (isGone(behindLinks(path, files), files) ||
      ![...trees, ...writtenAgain(demands)].some(
        (one) => isWithin(behindLinks(path, files), one) || isWithin(path, one),
      )) &&
    !isCopied(path, demands)
  );
}

/** Some step moves or deletes the path for certain, and none makes it, or a folder around it, afterwards. */
const isGone = (path: string, files: StageFiles): boolean => {
  const gone = (order: number): boolean => presence(path, order, files.removals) === 'gone';
  return (
    gone(-1) &&
    [...files.history, ...files.records].every((record) => !isWithin(path, record.path) || gone(record.order))
  );
};

/** A COPY of the runtime stage names the program, or may bring it in a folder. */
const isCopied = (path: string, { understanding, carry, until }: Demands): boolean =>
  understanding.steps.some(
    (step) =>
      step.copy !== null &&
      (step.index >= until || carry.again.includes(step)) &&
      (step.copy.target === null || isWithin(path, step.copy.target)) &&
      (step.instruction.rest.text.includes(baseName(path)) ||
        (step.copy.mappings ?? [{ kind: 'folder' }]).some(({ kind }) => kind === 'folder')),
  );

/** What the RUNs of the runtime stage start. */
export function runPrograms(demands: Pick<Demands, 'understanding' | 'system' | 'until'>): readonly string[] {
  const { understanding, system, until } = demands;
  const again = system.restated.flatMap(({ step, items }) =>
    step.commands.filter((command) => items === null || items.includes(itemOf(step, command))),
  );
  const runs = [...system.restated.map(({ step }) => step), ...understanding.steps.slice(until)];
  const shells = runs.flatMap(({ instruction, before }) =>
    instruction.keyword === 'RUN' ? before.shell.slice(0, 1) : [],
  );
  const names = [...again, ...later(demands)]
    .flatMap(withSubstituted)
    .flatMap(({ argv }) => (argv[0] === '|' ? (argv[1] ?? '').split(' ') : [argv[0], ...decompressorsOf(argv)]));
  const programs = [...names, ...shells].flatMap((name) =>
    typeof name === 'string' ? withStarted(baseName(name)) : [],
  );
  return [...new Set(programs)];
}

/** What installed dependencies start. */
export function startedPrograms({ understanding }: Pick<Demands, 'understanding'>): readonly string[] {
  const effects = understanding.steps.flatMap((step) => step.commands).flatMap((command) => command.effects);
  return [...new Set(effects.flatMap((effect) => (effect.kind === 'starts' ? [effect.program] : [])))];
}

/** Programs of installed packages that the container's own words, or what the application's sources say, start. */
export function calledPrograms(
  understanding: Understanding,
  roots: Roots,
  traits: ProgramTraits | null,
): readonly string[] {
  const effects = understanding.steps.flatMap((step) => step.commands).flatMap((command) => command.effects);
  const brought = [
    ...new Set(
      effects.flatMap((one) => (one.kind === 'installs' ? one.packages.flatMap(({ name }) => broughtBy(name)) : [])),
    ),
  ];
  const own = [...(traits?.runs ?? []), ...(traits?.mayRun ?? [])].map(baseName);
  return [
    ...brought.filter((program) => own.includes(program) || roots.words.has(program)),
    ...namedInSources(understanding, brought),
  ];
}

/** What the program starts is known: its configuration is read, it starts nothing, or it is a word for an entrypoint script. */
export function startsNoOther({ name, via }: Need, { needs }: Roots, { image, steps }: Understanding): boolean {
  const program = baseName(name ?? '');
  if (startsNothingUntold(program, image)) return true;
  const isArgument = via === 'CMD' && needs.some((other) => other.via === 'ENTRYPOINT');
  const installed = steps.flatMap(({ commands }) =>
    commands.flatMap(({ effects }) => effects.flatMap((one) => (one.kind === 'installs' ? one.packages : []))),
  );
  return isArgument && program !== '' && !installed.some((one) => isNamedLike(one.name, program));
}

/** Names of the old image's programs that the application's own sources start. */
export const scannedPrograms = ({ understanding }: Demands): readonly string[] =>
  namedInSources(
    understanding,
    (understanding.image as ImageFacts).programs.filter((name) => /^[a-z][\w+-]+$/.test(name)),
  );

/** True where the container may start one of the programs: its own words or its sources name it, or cannot be read. */
export const mayStart = (programs: readonly string[], roots: Roots, understanding: Understanding): boolean =>
  !roots.stated ||
  roots.unread.length > 0 ||
  roots.needs.some((need) => need.name === null && !need.given) ||
  programs.some((program) => roots.words.has(program)) ||
  startsForeign(roots, understanding) ||
  unreadSource(understanding) !== null ||
  namedInSources(understanding, programs).length > 0;

/** True where something that can be read names the program, or a script that the container starts cannot be read. */
export const mayName = (program: string, roots: Roots, understanding: Understanding): boolean =>
  roots.unread.length > 0 || roots.words.has(program) || namedInSources(understanding, [program]).length > 0;
