import type { ProgramTraits } from '../knowledge/ecosystem.ts';
import { toolRules } from '../knowledge/ecosystems.ts';
import { isEssential } from '../knowledge/essential.ts';
import { startsNothingUntold } from '../knowledge/starters.ts';
import { baseName, isWithin, resolvePath } from '../syntax/paths.ts';
import { isShell, startsShell } from '../syntax/shell-name.ts';
import type { WriteRecord } from './records.ts';
import type { Need, Roots } from './roots.ts';
import type { Understanding } from './understand.ts';

const isInterpreter = (program: string): boolean =>
  toolRules(baseName(program)).some(({ ecosystem }) => ecosystem.interpreted);

/** Every program of the container's own words is known, one of them is compiled here, and none runs or starts sources. */
export function startsCompiledAlone(
  roots: Roots,
  records: readonly WriteRecord[],
  { final, files }: Understanding,
  traits: ProgramTraits | null,
): boolean {
  if (traits === null || !roots.stated || roots.unread.length > 0) return false;
  const folders = (final.env.get('PATH') ?? '').split(':');
  const paths = (name: string): string[] =>
    name.includes('/') ? [resolvePath(final.workdir ?? '/', name)] : folders.map((folder) => `${folder}/${name}`);
  const isCompiled = (name: string): boolean =>
    paths(name).some((path) =>
      records.some(
        (record) => record.class === 'artifact' && (record.tree ? isWithin(path, record.path) : record.path === path),
      ),
    );
  /** What a script of the shell starts is among the needs too: one that cannot be read is unread. */
  const isScript = (name: string): boolean => startsShell(files.read(resolvePath(final.workdir ?? '/', name)) ?? '');
  const isKnown = ({ name, given }: Need): boolean =>
    name === null ? given : isCompiled(name) || (name.includes('/') ? isScript(name) : !isInterpreter(name));
  return (
    roots.needs.every(isKnown) &&
    roots.needs.some(({ name }) => name !== null && isCompiled(name)) &&
    traits.runs.every((program) => program !== '*' && !isInterpreter(program))
  );
}

/** What is installed by its name alone has sources of its own, which are not here. */
const compilesHere = ({ command }: WriteRecord): boolean =>
  command?.effects.some(({ kind }) => kind === 'compiles') ?? false;

/** Programs that only start what they are given. */
export const startsGiven = (name: string): boolean =>
  isShell(name) || /^(tini|dumb-init|gosu|su-exec|exec|env|sudo|nohup|time)$/.test(baseName(name));

/** A program out of another image or off the network is started, of which nothing is known: its settings may name any other. */
export function startsForeign({ needs }: Roots, { steps, image }: Understanding): boolean {
  const brought = steps.flatMap(({ copy, commands }) => [
    ...(copy === null || copy.from === null ? [] : [copy.target ?? '', ...(copy.files ?? [])]),
    ...commands.flatMap(({ effects }) =>
      effects.some(({ kind }) => kind === 'network')
        ? effects.flatMap((effect) => (effect.kind === 'writes' && !effect.tree ? [effect.path] : []))
        : [],
    ),
  ]);
  const names = new Set(brought.map(baseName));
  return needs.some(({ name }) => {
    const program = baseName(name ?? '');
    return (
      names.has(program) &&
      !startsGiven(program) &&
      toolRules(program).length === 0 &&
      !startsNothingUntold(program, image)
    );
  });
}

/** The container runs programs that are not compiled here: which files these read, and what they start, is not known. */
export function startsOthers(
  roots: Roots,
  records: readonly WriteRecord[],
  { image, final }: Understanding,
  isKnown: (need: Need) => boolean = () => false,
): boolean {
  const isOwn = (name: string): boolean =>
    records.some(
      (record) =>
        (record.class === 'artifact' || (record.class === 'program-folder' && compilesHere(record))) &&
        (name.includes('/')
          ? isWithin(resolvePath(final.workdir ?? '/', name), record.path)
          : baseName(record.path) === name || (record.tree && (final.env.get('PATH') ?? '').includes(record.path))),
    );
  /** In a folder of programs, and made by nobody here. */
  const isForeign = (name: string | null): boolean => {
    const places = name?.includes('/') ? [name] : (final.env.get('PATH') ?? '').split(':').map((at) => `${at}/${name}`);
    const isMade = (one: WriteRecord): boolean => one.class === 'artifact' && places.includes(one.path);
    return (
      name !== null &&
      !records.some(isMade) &&
      records.some(
        (one) =>
          one.class === 'program-folder' && !compilesHere(one) && places.some((path) => isWithin(path, one.path)),
      )
    );
  };
  const isHarmless = ({ name, given, constant }: Need): boolean => {
    if (name === null) return given;
    const program = baseName(name);
    return isOwn(name) || startsGiven(program) || (constant && image !== null && isEssential(image, program));
  };
  return (
    roots.unread.length > 0 ||
    roots.needs.some(({ name }) => isForeign(name)) ||
    !roots.needs.every((need) => isHarmless(need) || isKnown(need) || roots.files.includes(need.name ?? ''))
  );
}
