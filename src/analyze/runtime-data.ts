import { companionsOf, isEssential, unseenPackage } from '../knowledge/essential.ts';
import { FULLER_PROGRAMS, fullerPackage } from '../knowledge/fuller-programs.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import { BROUGHT_PROGRAMS, bringsAlong, bringsCertificates, isBrought } from '../knowledge/packages/brought-along.ts';
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
  const compiles = demands.carry.compiled || mayCompile(demands.understanding);
  const parts: MissingData[] = [
    { files: [], packages: [...wholePrograms(demands, facts), ...broughtPrograms(demands, facts)] },
    askedBySources(demands, facts),
    { files: [], packages: interpretedCertificates(demands, facts) },
    { files: [], packages: unseenTools(demands, facts) },
    ...(compiles ? [certificates(demands, facts), timeZones(demands, facts)] : []),
  ];
  return {
    files: parts.flatMap(({ files }) => files),
    packages: [...new Set(parts.flatMap(({ packages }) => packages))],
  };
}

/** Files and packages that the application's own sources ask for by their names. */
function askedBySources({ understanding, system, files: stage }: Demands, facts: ImageFacts): MissingData {
  const image = understanding.image as ImageFacts;
  const asks = (what: 'types' | 'toolkit' | 'services'): boolean => askedOfSystem(understanding).has(what);
  const isListed = image.hasMimeTypes === true && presence(MIME_TYPES, -1, stage.removals) === 'there';
  const bringsTypes = ['media-types', 'mime-support'].some((name) => system.kept.includes(name));
  const knewServices = image.hasServices === true || isBroughtByDropped(system, facts, 'netbase');
  const packages: string[] = [];
  if (image.toolkit !== undefined && facts.toolkit === undefined && asks('toolkit')) packages.push(image.toolkit);
  if (knewServices && facts.hasServices !== true && !system.kept.includes('netbase') && asks('services'))
    packages.push('netbase');
  if (!isListed || bringsTypes || facts.hasMimeTypes === true || !asks('types')) return { files: [], packages };
  const why = 'are the types of files that it asks for by their names';
  return { files: [carryOf(MIME_TYPES, understanding, `images/${image.family}`, why)], packages };
}

/** A file or folder that the image brought along. */
export const carryOf = (path: string, { stage }: Understanding, entry: string, why: string): Carry => ({
  path,
  writer: stage.from,
  entry,
  why,
});

/** The runtime stage has CA certificates: its image does, or a package that is installed again. */
const hasCertificates = ({ kept }: SystemPlan, facts: ImageFacts): boolean =>
  kept.includes('ca-certificates') || facts.hasCertificates;

/** A package that is installed again brings them along. */
const bringsCertificatesAgain = ({ restated }: SystemPlan): boolean =>
  restated.some(({ packages }) =>
    packages.some(({ becomes, recommends }) => becomes.some((name) => bringsCertificates(name, recommends))),
  );

/** Tools of the build that stay behind had brought certificates along. */
const hadCertificates = ({ understanding, carry, system }: Demands): boolean =>
  understanding.image?.distribution !== 'alpine' &&
  system.dropped.some(
    ({ name, recommends, orphans }) =>
      (carry.compiled || !orphans) &&
      (name === 'ca-certificates' ||
        companionsOf(name).includes('ca-certificates') ||
        bringsCertificates(name, recommends)),
  );

/** The certificates that the container's words name, or that an interpreter may ask for. */
function interpretedCertificates(demands: Demands, facts: ImageFacts): readonly string[] {
  const { understanding, carry, system, roots } = demands;
  const image = understanding.image as ImageFacts;
  if (hasCertificates(system, facts)) return [];
  const isNamedHere = image.hasCertificates && namesCertificates(understanding, roots);
  // An image of a language has an interpreter that reads them, or one that brings its own.
  const isPlain = image.interpreter === null && !image.hasCertificates && carry.interpreted;
  const isAsked = isPlain && hadCertificates(demands) && !bringsCertificatesAgain(system);
  return isNamedHere || isAsked ? ['ca-certificates'] : [];
}

/** Packages of programs that RUNs of the container start without naming them. */
function unseenTools(demands: Demands, { distribution }: ImageFacts): readonly string[] {
  const { dropped, kept } = demands.system;
  if (dropped.length === 0) return [];
  return runPrograms(demands).flatMap((program) => {
    const name = unseenPackage(distribution, program);
    return name === null || kept.includes(name) ? [] : [name];
  });
}

/** The certificates that a compiled program may ask for: as a file of its compiler, or as a package. */
function certificates(demands: Demands, facts: ImageFacts): MissingData {
  const { understanding, carry, system, files: stage } = demands;
  const { traits, compilers } = carry;
  const isAsked = traits === null || traits.certificates;
  const had = understanding.image?.hasCertificates === true || hadCertificates(demands);
  if (!isAsked || !had || hasCertificates(system, facts) || bringsCertificatesAgain(system))
    return { files: [], packages: [] };
  const bundles = compilers.map(({ runtimeData }) => runtimeData?.certificates);
  const [bundle] = bundles;
  const isThere = bundle !== undefined && presence(bundle, -1, stage.removals) === 'there';
  if (!isThere || !bundles.every((path) => path === bundle)) return { files: [], packages: ['ca-certificates'] };
  const why = 'are the CA certificates that it may ask for';
  return { files: [carryOf(bundle, understanding, `ecosystems/${compilers[0]?.id}#certificates`, why)], packages: [] };
}

/** The time zones that a compiled program may ask for: as a file of its compiler, or as a package. */
function timeZones({ understanding, carry, system, files: stage }: Demands, facts: ImageFacts): MissingData {
  const { traits, compilers } = carry;
  const image = understanding.image as ImageFacts;
  const isAsked = traits === null || traits.timeZones;
  if (!isAsked || facts.hasTimeZones || system.kept.includes('tzdata')) return { files: [], packages: [] };
  const files = compilers.flatMap(({ id, runtimeData }): Carry[] => {
    const zones = runtimeData?.timeZones;
    if (zones === undefined) return [];
    const ownImage = zones.family === image.family && facts !== image;
    // A toolchain that the file unpacks has them too, below the folder it is unpacked to.
    const unpacked = stage.history.find(
      ({ class: kind, command }) => kind === 'toolchain' && command?.ecosystem?.id === id,
    );
    const root = ownImage ? zones.root : unpacked?.path;
    if (root === undefined || presence(`${root}/${zones.path}`, -1, stage.removals) !== 'there') return [];
    const why = 'are the time zones that it may ask for';
    return [carryOf(`${root}/${zones.path}`, understanding, `ecosystems/${id}#time-zones`, why)];
  });
  return { files, packages: image.hasTimeZones && files.length === 0 ? ['tzdata'] : [] };
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
