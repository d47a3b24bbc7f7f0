import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isOfCompiler } from '../knowledge/c/own-libraries.ts';
import type { BuildEffect } from '../knowledge/ecosystem.ts';
import { isTransparent, runsCommand } from '../knowledge/entrypoints.ts';
import { isEssential, packageOf } from '../knowledge/essential.ts';
import type { ImageFacts, RuntimeCandidate } from '../knowledge/image.ts';
import { hasDevelopmentLibraries } from '../knowledge/images/buildpack-deps.ts';
import { candidatesOf, describeAnyImage } from '../knowledge/own-image.ts';
import { isBrought } from '../knowledge/packages/brought-along.ts';
import { manualFolders } from '../knowledge/packages/slim-hostile.ts';
import { isDistributionFolder } from '../knowledge/standard-folders.ts';
import { isServerImage } from '../knowledge/static-servers.ts';
import { broughtBy, programsOf } from '../knowledge/unused.ts';
import type { SplitOptions } from '../outcome.ts';
import { variablesIn } from '../syntax/expand.ts';
import { globMatcher } from '../syntax/glob.ts';
import { baseName, imageName, isWithin, resolvePath } from '../syntax/paths.ts';
import { lostAccounts } from './accounts.ts';
import { bareObstacle } from './bare-image.ts';
import { standsInBase } from './base-folder.ts';
import type { Carry, CarryPlan } from './carry.ts';
import { hasSources } from './image-sources.ts';
import { unknownVariable } from './image-variables.ts';
import { reliesOnImage } from './index-updates.ts';
import { installsAtStart } from './installs-at-start.ts';
import { missingFile } from './missing-file.ts';
import type { Obstacle } from './obstacle.ts';
import { ownLibraries } from './own-libraries.ts';
import { findProgram, runPrograms, scannedPrograms, startedPrograms } from './programs.ts';
import type { StageFiles } from './records.ts';
import { isNamed, isOpen, type Roots } from './roots.ts';
import { broughtPrograms, missingCompanions, missingData } from './runtime-data.ts';
import { spelledImage } from './spelled-image.ts';
import type { SystemPlan } from './system.ts';
import { globalArgs, type Understanding } from './understand.ts';
import { unreadStarts } from './unread-starts.ts';

/** What decides how small the runtime image may be. */
export interface Demands {
  readonly understanding: Understanding;
  readonly roots: Roots;
  readonly carry: CarryPlan;
  readonly system: SystemPlan;
  readonly files: StageFiles;
  /** A RUN stays in the runtime stage. */
  readonly runs: boolean;
  /** Steps from this index on stand in the runtime stage as they are. */
  readonly until: number;
  /** Libraries that the language's packages say they link, beyond what the file installs. */
  readonly libraries: readonly string[];
  /** Those among them that no linker asks for, so that another package may have brought them along unseen. */
  readonly opened: readonly string[];
  /** Owners that the runtime stage gives to folders. */
  readonly owners: readonly string[];
}

/** A rung with what the runtime stage has to add on it. */
export interface Choice {
  readonly candidate: RuntimeCandidate;
  readonly packages: readonly string[];
  /** Files that the build image has and the smaller one lacks. */
  readonly files: readonly Carry[];
  /** Libraries are among the files: the loader has to be told. */
  readonly tellsLoader: boolean;
  readonly path: string | null;
  /** Folders of manual pages that packages need and a slim image leaves out. */
  readonly manuals: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** Smaller images that were tried first, each with what stands in its way. */
  readonly passed: readonly (Obstacle & { readonly image: string })[];
}

const CHOICES = new Set(['auto', 'same', 'slim', 'distroless', 'scratch']);
const sameList = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  JSON.stringify(a ?? []) === JSON.stringify(b ?? []);

/** The smallest rung whose every precondition holds; the last one, the file's own image, always does. */
export function chooseRuntime(demands: Demands, options: SplitOptions): Choice | Obstacle {
  const { understanding, carry, opened, system } = demands;
  const { reference, image, stage, document } = understanding;
  const ownStage = document.stages
    .slice(0, stage.index)
    .some((other) => other.name?.toLowerCase() === stage.image.toLowerCase());
  const same = (facts: ImageFacts): RuntimeCandidate => ({
    image: stage.image,
    rung: 'same',
    facts,
    proof: 'it is the image that the file has',
  });
  const none: Obstacle = { why: 'no-rung', what: '' };
  if (image === null || reference === null) return none;
  // What only serves files does without the language of the image.
  const facts = carry.served && !isServerImage(image) ? { ...image, interpreter: null } : image;
  const ladder = candidatesOf(reference, facts, options.own).filter((candidate) => candidate.rung !== 'same');
  const wanted = options.runtime;
  const fits = (candidate: RuntimeCandidate): boolean =>
    wanted === 'auto' ||
    (wanted === 'slim' && /slim/.test(candidate.rung)) ||
    (wanted === 'distroless' && candidate.rung.startsWith('distroless')) ||
    wanted === candidate.rung ||
    wanted === candidate.image;
  const passed: (Obstacle & { image: string })[] = [];
  for (const candidate of ownStage ? [] : ladder) {
    if (!fits(candidate)) continue;
    if (!isAllowed(candidate.image, options.allowImages) && !isOfPublisher(candidate.image, reference)) {
      passed.push({ image: candidate.image, why: 'not-allowed', what: candidate.image });
      continue;
    }
    const choice = tryRung(candidate, demands);
    if ('candidate' in choice) return spelled({ ...choice, passed }, demands, options);
    if (choice.why !== 'language') passed.push({ image: candidate.image, ...choice });
  }
  // The last one tried is the largest: what stands in its way stands in the way of all.
  const obstacle: Obstacle = passed.at(-1) ?? none;
  const chosen = CHOICES.has(wanted) ? null : describeAnyImage(wanted, options.own);
  if (chosen !== null) {
    const rung = carry.interpreted || image.interpreter !== null ? 'language-slim' : 'slim';
    const choice = tryRung({ image: wanted, rung, facts: chosen, proof: 'it was asked for' }, demands);
    if (!('candidate' in choice)) return choice;
    const fits = image.distribution === chosen.distribution && image.release === chosen.release;
    const doubt = { code: 'DF406', span: stage.imageSpan, args: { image: wanted, build: stage.image } };
    return fits ? choice : { ...choice, diagnostics: [...choice.diagnostics, doubt] };
  }
  if (wanted === 'auto' || wanted === 'same' || wanted === stage.image) {
    const { packages, files } = missingData(demands, image);
    return {
      candidate: same(image),
      packages: [...new Set([...packages, ...opened.filter((name) => !system.kept.includes(name))])].sort(),
      files,
      tellsLoader: false,
      path: null,
      manuals: [],
      diagnostics: unreadStarts(demands, image),
      passed,
    };
  }
  return obstacle;
}

/** The choice with the author's variables in its image, and the doubt where one of them cannot be in it. */
function spelled(choice: Choice, demands: Demands, options: SplitOptions): Choice {
  const { understanding, carry } = demands;
  const { stage, document } = understanding;
  if (!stage.image.includes('$') || choice.candidate.rung === 'scratch') return choice;
  const values = globalArgs(document, options.buildArgs);
  const { image, fixed } = spelledImage(choice.candidate.image, stage.image, (name) => values.get(name));
  const candidate = { ...choice.candidate, image };
  const linkages = carry.carries.flatMap((one) => carryLinkages(demands, one));
  if (fixed.length === 0 || (linkages.length > 0 && linkages.every((linkage) => linkage === 'static')))
    return { ...choice, candidate };
  const doubt = { code: 'DF409', span: stage.imageSpan, args: { variables: fixed.join(', '), image } };
  return { ...choice, candidate, diagnostics: [...choice.diagnostics, doubt] };
}

/** Patterns of --allow-images: `*` stands for any run of characters. */
function isAllowed(image: string, patterns: readonly string[]): boolean {
  if (image === 'scratch' || patterns.length === 0) return true;
  const name = imageName(image);
  const full = /^[^/][^/.:]*[.:][^/]*\//.test(name)
    ? name
    : `docker.io/${name.includes('/') ? name : `library/${name}`}`;
  return patterns.some(
    (pattern) => pattern === image || [pattern, `${pattern}:*`].some((glob) => globMatcher(glob, '*')(full)),
  );
}

/** The file uses images of that publisher already: `microsoft/` of `microsoft/dotnet:2.0-sdk`. */
function isOfPublisher(image: string, reference: string): boolean {
  const publisher = reference.slice(0, reference.lastIndexOf('/') + 1);
  return publisher !== '' && image.slice(0, image.lastIndexOf('/') + 1) === publisher;
}

function tryRung(candidate: RuntimeCandidate, demands: Demands): Choice | Obstacle {
  const { understanding, roots, carry, system, libraries } = demands;
  const { stage } = understanding;
  const image = understanding.image as ImageFacts;
  const facts = candidate.facts;
  if (needsOwnImage(demands)) return { why: 'package-file', what: '' };
  const shellLess = !facts.shell;
  const bound = understanding.steps
    .flatMap(({ commands }) => commands.flatMap(({ effects }) => effects))
    .find(needsImage);
  if (bound !== undefined) return { why: 'image-libraries', what: bound.because };
  const installer = installsAtStart(roots, understanding);
  if (installer !== null && hasDevelopmentLibraries(image) && !hasDevelopmentLibraries(facts))
    return { why: 'installs-at-start', what: installer };
  const linkages = carry.carries.flatMap((one) => carryLinkages(demands, one));
  if (facts.slim && !image.slim && facts.distribution !== 'alpine' && needsTranslations(demands))
    return { why: 'translations', what: '' };
  // The slim form of a distribution has all its packages: what they bring is interpreted there as well.
  const packaged = candidate.rung === 'slim' && facts.family === image.family && image.interpreter === null;
  const language =
    (carry.interpreted && !packaged) || (image.interpreter !== null && (!carry.served || isServerImage(image)));
  if (language !== (candidate.rung === 'language-slim')) return { why: 'language', what: '' };
  const bare = bareObstacle(candidate, demands, linkages);
  if (bare !== null) return bare;
  const own = ownLibraries(demands, facts, linkages);
  if (own === null) return { why: 'own-libraries', what: '' };
  const diagnostics: Diagnostic[] = [];
  if (candidate.leaves !== undefined)
    diagnostics.push({
      code: 'DF418',
      span: stage.imageSpan,
      args: { image: candidate.image, what: candidate.leaves },
    });
  // What the image itself states has to be the same, for nothing in the file would state it.
  const states = (keyword: string): boolean =>
    stage.instructions.some((instruction) => instruction.keyword === keyword);
  if (!states('ENTRYPOINT') && !sameList(image.entrypoint, facts.entrypoint)) {
    const command = stage.instructions.findLast(({ keyword }) => keyword === 'CMD');
    const started = command?.exec?.[0] ?? '/bin/sh';
    if (command === undefined || ![image, facts].every(({ entrypoint }) => runsCommand(entrypoint, started)))
      return { why: 'base-configuration', what: 'ENTRYPOINT' };
    const script = image.entrypoint?.[0] ?? facts.entrypoint?.[0] ?? '';
    const { env } = understanding.final;
    if (![image, facts].every(({ entrypoint }) => isTransparent(entrypoint, (name) => stated(name, image, env))))
      diagnostics.push({ code: 'DF407', span: stage.imageSpan, args: { script, image: stage.image } });
  }
  if (!states('ENTRYPOINT') && !states('CMD') && !sameList(image.cmd, facts.cmd))
    return { why: 'base-configuration', what: 'CMD' };
  if (!states('STOPSIGNAL') && image.stopSignal !== facts.stopSignal)
    return { why: 'base-configuration', what: 'STOPSIGNAL' };
  if ((facts.user || 'root') !== (image.user || 'root') && !states('USER'))
    return { why: 'base-configuration', what: 'USER' };
  const variable = unknownVariable(demands, facts);
  if (variable !== null) return { why: 'image-variable', what: variable };
  const file = missingFile(demands, facts);
  if (file !== null) return { why: 'file', what: file };
  const [account] = lostAccounts(demands, facts);
  if (account !== undefined) return { why: 'account', what: account };
  if (image.workdir !== facts.workdir) {
    const first = stage.instructions.find((instruction) => instruction.keyword === 'WORKDIR');
    if (standsInBase(demands)) return { why: 'base-configuration', what: 'WORKDIR' };
    if (first === undefined)
      diagnostics.push({ code: 'DF404', span: stage.imageSpan, args: { path: image.workdir, image: stage.image } });
    else if (!/^["']?[/$]/.test(first.rest.text)) return { why: 'base-configuration', what: 'WORKDIR' };
  }
  const packages = new Set(
    libraries.filter(
      (name) =>
        !isBrought(name, system.kept) &&
        facts.packages?.includes(name) !== true &&
        !(own.length > 0 && isOfCompiler(name)),
    ),
  );
  const manager = facts.distribution;
  const lost = (program: string): boolean => image.programs.includes(program) && !facts.programs.includes(program);
  const add = (program: string): boolean => {
    if (isEssential(facts, program) || !lost(program)) return true;
    if (system.kept.some((name) => broughtBy(name).includes(program))) return true;
    const name = manager === null ? null : packageOf(manager, program);
    if (name === null) return false;
    if (!system.kept.includes(name)) packages.add(name);
    return true;
  };
  if (carry.traits?.runs.includes('*') && image.programs.some(lost))
    diagnostics.push({ code: 'DF405', span: stage.imageSpan, args: { image: candidate.image } });
  for (const program of carry.traits?.mayRun ?? []) if (lost(program)) add(program);
  for (const program of carry.traits?.runs ?? [])
    if (program !== '*' && !add(baseName(program))) return { why: 'program', what: program };
  for (const program of [...scannedPrograms(demands), ...startedPrograms(demands)])
    if (lost(program) && !add(program)) return { why: 'program', what: program };
  for (const program of runPrograms(demands))
    if (lost(program) && !add(program)) return { why: 'program', what: program };
  const brought = broughtPrograms(demands, facts);
  const extraPath: string[] = [];
  for (const need of roots.needs.filter(isNamed)) {
    const found = findProgram(need, demands, facts);
    const isBroughtAgain = brought.some((name) => programsOf(name).includes(need.name));
    if (found === 'missing' && !isBroughtAgain) return { why: 'not-found', what: need.name };
    if (found === 'base' && !add(baseName(need.name))) return { why: 'program', what: need.name };
    if (typeof found === 'object') extraPath.push(found.folder);
  }
  diagnostics.push(...unreadStarts(demands, facts));
  const data = missingData(demands, facts);
  for (const name of data.packages) packages.add(name);
  const named = new Set([...packages].filter((name) => !candidate.packages?.includes(name)));
  for (const name of candidate.packages ?? []) if (!system.kept.includes(name)) packages.add(name);
  for (const companion of missingCompanions([...packages], demands, facts)) packages.add(companion);
  const later = understanding.steps.slice(demands.until);
  const relying = candidate.rung === 'same' ? null : reliesOnImage(system.restated, later, understanding.document.text);
  if (relying !== null) return { why: 'package-on-slim', what: relying };
  const lacksManuals = facts.slim && !image.slim && facts.distribution === 'debian';
  // Another release has its libraries under names of its own.
  const renamed = facts.release === image.release ? undefined : system.kept.find((name) => /^lib.*\d/.test(name));
  if (renamed !== undefined) return { why: 'packages', what: renamed };
  const unavailable = packages.size > 0 && !hasSources(facts, understanding, demands.files, named.size === 0);
  if (unavailable || (packages.size > 0 && shellLess)) return { why: 'packages', what: [...packages].join(', ') };
  if (
    carry.compiled &&
    linkages.some((linkage) => linkage === 'unknown' || linkage === 'system') &&
    hasDevelopmentLibraries(image) &&
    !hasDevelopmentLibraries(facts) &&
    carry.traits?.libraries === undefined &&
    // Whoever installs a library for the build names all that it needs.
    !system.dropped.some(({ name }) => /^lib|-dev$/.test(name)) &&
    !system.kept.some((name) => name.startsWith('lib')) &&
    !image.slim &&
    manager !== 'alpine'
  ) {
    diagnostics.push({ code: 'DF306', span: stage.imageSpan, args: { package: 'the programs built here' } });
  }
  // What lies there beside the program that the container starts may be started by its name.
  const told = isOpen(roots, image) ? [] : namedPaths(roots, understanding.final.workdir);
  extraPath.push(
    ...searchedPlaces(image).filter((folder) =>
      carry.carries.some(({ path }) => isWithin(path, folder) && !told.includes(path)),
    ),
  );
  // A program in a folder that only the build image has on its PATH is found through that PATH.
  const has = (facts: ImageFacts, folder: string): boolean => searchedPlaces(facts).includes(folder);
  const isLost = extraPath.some((folder) => has(image, folder) && !has(facts, folder));
  // The folders of a toolchain that stays behind are not there to be looked into.
  const isThere = (folder: string): boolean =>
    has(facts, folder) ||
    isDistributionFolder(folder) ||
    carry.carries.some(({ path }) => isWithin(folder, path)) ||
    demands.files.records.some(({ path }) => isWithin(path, folder));
  const isStated = isLost || (facts.env.PATH === undefined && extendsPath(understanding));
  const path = isStated && image.env.PATH !== undefined ? searchedPlaces(image).filter(isThere).join(':') : null;
  return {
    candidate,
    packages: [...packages].sort(),
    files: [
      ...data.files.filter((one) => !(packages.has('ca-certificates') && isWithin(one.path, '/etc/ssl'))),
      ...own,
    ],
    tellsLoader: own.length > 0,
    path,
    manuals: lacksManuals ? manualFolders([...packages, ...system.kept], facts.release) : [],
    diagnostics,
    passed: [],
  };
}

/** Paths among the words that start the container, where they are told one by one. */
const namedPaths = ({ needs }: Roots, workdir: string | null): readonly string[] =>
  needs
    .filter(({ via, instruction }) => via === instruction.keyword)
    .flatMap(
      ({ instruction: { exec, rest } }) =>
        exec ?? (/^[\w./:=@%+, -]+$/.test(rest.text.trim()) ? rest.text.trim().split(/\s+/) : []),
    )
    .map((word) => resolvePath(workdir ?? '/', word));

/** `ENV PATH=$PATH:/opt/app/bin` */
const extendsPath = ({ stage }: Understanding): boolean =>
  stage.instructions.some(({ keyword, rest }) => keyword === 'ENV' && variablesIn(rest.text).has('PATH'));

const searchedPlaces = ({ env }: ImageFacts): readonly string[] => (env.PATH ?? '').split(':');

/** Something that is installed again needs who knows what of the image that it was written for. */
function needsOwnImage({ understanding, system }: Demands): boolean {
  const again = new Set(system.restated.map(({ step }) => step));
  return understanding.steps.some(
    (step) =>
      again.has(step) &&
      step.commands.some(({ effects }) => effects.some((one) => one.kind === 'runtime-state' && one.foreign === true)),
  );
}

/** A variable that the file sets itself, to whatever value. */
function stated(name: string, image: ImageFacts, env: ReadonlyMap<string, string | null>): boolean {
  return env.has(name) && env.get(name) !== image.env[name];
}

const needsImage = (effect: BuildEffect): effect is Extract<BuildEffect, { kind: 'needs-image' }> =>
  effect.kind === 'needs-image';

/** The linkages of what was compiled into a carried path. */
function carryLinkages({ files }: Demands, one: Carry): string[] {
  return files.records.flatMap(({ path, linkage }) =>
    linkage !== null && (isWithin(path, one.path) || isWithin(one.path, path)) ? [linkage] : [],
  );
}

const FALLBACK_LOCALE = /^(|C|POSIX|en)([._].*)?$/;

/** Slim images of Debian leave out translations and documentation: /etc/dpkg/dpkg.cfg.d of the image excludes both. */
function needsTranslations({ understanding, roots, system }: Demands): boolean {
  const { env } = understanding.final;
  const stated = ['LC_ALL', 'LANGUAGE', 'LC_MESSAGES', 'LANG'].filter((name) => env.has(name));
  const other = stated.some((name) => !FALLBACK_LOCALE.test(env.get(name) ?? '?'));
  const chosenLater =
    stated.length === 0 && system.kept.some((name) => /^(locales(-all)?|language-pack-.*)$/.test(name));
  return other || chosenLater || roots.files.some((file) => /^\/usr\/share\/(doc|man|locale)\//.test(file));
}
