import { companionsOf, isEssential, unseenPackage } from '../knowledge/essential.ts';
import { FULLER_PROGRAMS, fullerPackage } from '../knowledge/fuller-programs.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import { BROUGHT_PROGRAMS, bringsAlong } from '../knowledge/packages/brought-along.ts';
import { bringsCertificates, isBrought } from '../knowledge/packages/implied.ts';
import { MIME_TYPES } from '../knowledge/source-asks.ts';
import { baseName, resolvePath } from '../syntax/paths.ts';
import type { Carry } from './carry.ts';
import type { Demands } from './ladder.ts';
import { runPrograms } from './programs.ts';
import { presence } from './removals.ts';
import { isNamed, type Roots } from './roots.ts';
import { askedOfSystem, namedInSources } from './sources.ts';
import type { SystemPlan } from './system.ts';
import type { Understanding } from './understand.ts';

/** What compiled programs or RUNs may look for and the smaller image lacks: as files of the build stage, or as packages. */
export interface MissingData {
  readonly files: readonly Carry[];
  readonly packages: readonly string[];
}

const STORE = /\/etc\/ssl\/|--use-(openssl|system)-ca/;

/** The container's variables or words ask for the certificates of the system by their place or a flag. */
const namesCertificates = ({ final }: Understanding, { words, files }: Roots): boolean =>
  [...final.env.values(), ...words, ...files].some((value) => STORE.test(value ?? ''));

/** A command that nobody knows may compile a program that asks for them, where no interpreter is there to run anything else. */
const mayCompile = ({ steps, image }: Understanding): boolean =>
  image?.interpreter === null &&
  steps.some(({ commands }) =>
    commands.some(({ effects }) =>
      effects.some((effect) => effect.kind === 'unknown' || (effect.kind === 'assumes' && effect.code === 'DF202')),
    ),
  );

/** A package of the build that stays behind had brought this one along. */
const isBroughtByDropped = ({ dropped, kept }: SystemPlan, { distribution }: ImageFacts, wanted: string): boolean =>
  !kept.includes(wanted) &&
  dropped.some(({ name, recommends, orphans }) => !orphans && bringsAlong(distribution, name, recommends, wanted));

/** Programs that the container's own words or sources start, by their packages, where no install line names those. */
export function broughtPrograms(
  { understanding, roots, carry, system }: Demands,
  facts: ImageFacts,
): readonly string[] {
  const brought = BROUGHT_PROGRAMS.filter(([name]) => isBroughtByDropped(system, facts, name));
  const own = new Set([...(carry.traits?.runs ?? []), ...(carry.traits?.mayRun ?? [])].map(baseName));
  const programs = brought.flatMap((one) => one[1]);
  const named = new Set([
    ...namedInSources(understanding, programs),
    ...roots.needs.filter(isNamed).map(({ name }) => baseName(name)),
  ]);
  const lacks = (program: string): boolean => !facts.programs.includes(program) && !isEssential(facts, program);
  return brought.flatMap(([name, programs]) =>
    programs.some((program) => lacks(program) && (roots.words.has(program) || own.has(program) || named.has(program)))
      ? [name]
      : [],
  );
}

/** Whole programs of the build's image that the container may ask for, where the smaller image has a part of them. */
function wholePrograms({ understanding, roots, carry, system }: Demands, facts: ImageFacts): readonly string[] {
  const { files, final } = understanding;
  const image = understanding.image as ImageFacts;
  const read = (path: string): string | null => files.read(resolvePath(final.workdir ?? '/', path));
  const compiled = [...(carry.traits?.runs ?? []), ...(carry.traits?.mayRun ?? [])].map(baseName);
  const calls = [
    ...roots.needs.filter(isNamed).map(({ argv }) => argv),
    ...[...namedInSources(understanding, FULLER_PROGRAMS), ...compiled].map((name) => [name]),
  ];
  return calls.flatMap((argv) => {
    const whole = fullerPackage(argv, read);
    if (whole === null || image.interpreter === whole || facts.distribution !== image.distribution) return [];
    const hadIt = isBrought(whole, image.programs) || isBroughtByDropped(system, facts, whole);
    return hadIt && !isBrought(whole, [...facts.programs, ...system.kept]) ? [whole] : [];
  });
}

/**
 * CA certificates and time zones, unless the sources prove that nobody asks for them; media types and windows, where sources do; tools that a RUN of the
 * container starts.
 */
export function missingData(demands: Demands, facts: ImageFacts): MissingData {
  const { understanding, carry, system, files: stage, roots } = demands;
  const image = understanding.image as ImageFacts;
  const files: Carry[] = [];
  const packages: string[] = [...wholePrograms(demands, facts), ...broughtPrograms(demands, facts)];
  const take = (path: string, entry: string, why: string): number =>
    files.push({ path, writer: understanding.stage.from, entry, why });
  const isListed = image.hasMimeTypes === true && presence(MIME_TYPES, -1, stage.removals) === 'there';
  const bringsTypes = ['media-types', 'mime-support'].some((name) => system.kept.includes(name));
  if (isListed && !bringsTypes && facts.hasMimeTypes !== true && askedOfSystem(understanding).has('types'))
    take(MIME_TYPES, `images/${image.family}`, 'are the types of files that it asks for by their names');
  if (image.toolkit !== undefined && facts.toolkit === undefined && askedOfSystem(understanding).has('toolkit'))
    packages.push(image.toolkit);
  const knewServices = image.hasServices === true || isBroughtByDropped(system, facts, 'netbase');
  if (knewServices && facts.hasServices !== true && askedOfSystem(understanding).has('services'))
    if (!system.kept.includes('netbase')) packages.push('netbase');
  const isKept = system.kept.includes('ca-certificates') || facts.hasCertificates;
  if (image.hasCertificates && !isKept && namesCertificates(understanding, roots)) packages.push('ca-certificates');
  // Tools of the build that stay behind had brought certificates along.
  const brought =
    image.distribution !== 'alpine' &&
    system.dropped.some(
      ({ name, recommends, orphans }) =>
        (carry.compiled || !orphans) &&
        (name === 'ca-certificates' ||
          companionsOf(name).includes('ca-certificates') ||
          bringsCertificates(name, recommends)),
    );
  const bringsAgain = system.restated.some(({ packages: verdicts }) =>
    verdicts.some(({ becomes, recommends }) => becomes.some((name) => bringsCertificates(name, recommends))),
  );
  // An image of a language has an interpreter that reads them, or one that brings its own.
  const isPlain = image.interpreter === null && !image.hasCertificates;
  if (isPlain && carry.interpreted && brought && !isKept && !bringsAgain) packages.push('ca-certificates');
  if (system.dropped.length > 0)
    for (const program of runPrograms(demands)) {
      const name = unseenPackage(facts.distribution, program);
      if (name !== null && !system.kept.includes(name)) packages.push(name);
    }
  if (!carry.compiled && !mayCompile(understanding)) return { files, packages: [...new Set(packages)] };
  const { traits, compilers } = carry;
  if (
    (traits === null || traits.certificates) &&
    (image.hasCertificates || brought) &&
    !facts.hasCertificates &&
    !system.kept.includes('ca-certificates') &&
    !bringsAgain
  ) {
    const bundles = compilers.map(({ runtimeData }) => runtimeData?.certificates);
    const [bundle] = bundles;
    const isThere = bundle !== undefined && presence(bundle, -1, stage.removals) === 'there';
    if (isThere && bundles.every((path) => path === bundle))
      take(bundle, `ecosystems/${compilers[0]?.id}#certificates`, 'are the CA certificates that it may ask for');
    else packages.push('ca-certificates');
  }
  if ((traits === null || traits.timeZones) && !facts.hasTimeZones && !system.kept.includes('tzdata')) {
    for (const { id, runtimeData } of compilers) {
      const zones = runtimeData?.timeZones;
      if (zones === undefined) continue;
      const ownImage = zones.family === image.family && facts !== image;
      // A toolchain that the file unpacks has them too, below the folder it is unpacked to.
      const unpacked = stage.history.find(
        ({ class: kind, command }) => kind === 'toolchain' && command?.ecosystem?.id === id,
      );
      const root = ownImage ? zones.root : unpacked?.path;
      if (root !== undefined && presence(`${root}/${zones.path}`, -1, stage.removals) === 'there')
        take(`${root}/${zones.path}`, `ecosystems/${id}#time-zones`, 'are the time zones that it may ask for');
    }
    if (image.hasTimeZones && !files.some(({ entry }) => entry.endsWith('#time-zones'))) packages.push('tzdata');
  }
  return { files, packages: [...new Set(packages)] };
}

/** What goes along with the packages that the runtime stage installs, and its image lacks. */
export function missingCompanions(
  packages: readonly string[],
  { understanding, system }: Demands,
  facts: ImageFacts,
): readonly string[] {
  const image = understanding.image as ImageFacts;
  // What the image had along with a package that the file itself installs without what it recommends.
  const alone = system.restated.flatMap(({ packages: verdicts }) =>
    verdicts.filter(({ recommends }) => !recommends).flatMap(({ becomes }) => becomes),
  );
  const hadCompanion = (name: string): boolean =>
    name === 'ca-certificates' ? image.hasCertificates : image.programs.includes('ssh');
  return [...packages.flatMap(companionsOf), ...alone.flatMap(companionsOf).filter(hadCompanion)].filter(
    (name) => !system.kept.includes(name) && !(name === 'ca-certificates' && facts.hasCertificates),
  );
}
