import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isEssential } from '../knowledge/essential.ts';
import { baseName, resolvePath } from '../syntax/paths.ts';
import type { Carry } from './carry.ts';
import { isNamedLike } from './programs.ts';
import type { StageFiles } from './records.ts';
import { isNamed, type Roots } from './roots.ts';
import type { CommandFacts } from './shell-world.ts';
import { onPath } from './started-files.ts';
import type { Understanding } from './understand.ts';
import { shown } from './unknowns.ts';

/**
 * Programs that a package manager puts among the image's own, where a folder cannot be carried as a whole: those that the
 * container names. A name that nothing else accounts for may be that of any package that came along: then it cannot be told.
 */
export function programsAmongOwn(
  understanding: Understanding,
  { records }: StageFiles,
  roots: Roots,
  until: number,
): { readonly programs: readonly Carry[]; readonly diagnostics: readonly Diagnostic[] } {
  const { steps, image, final, document } = understanding;
  const before = steps.slice(0, until);
  const puts = before.flatMap(({ instruction, commands }) =>
    commands.flatMap((command) =>
      command.effects.flatMap((effect) => (effect.kind === 'among-own' ? [{ ...effect, instruction, command }] : [])),
    ),
  );
  const installed = steps.flatMap(({ commands }) =>
    commands.flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.kind === 'installs' ? effect.packages.map(({ name }) => name) : [])),
    ),
  );
  const programs: Carry[] = [];
  const diagnostics: Diagnostic[] = [];
  const told = (code: string, command: CommandFacts, args: Record<string, string>): number =>
    diagnostics.push({ code, span: command.span, args: { command: shown(command, document.text), ...args } });
  for (const { name } of roots.needs.filter(isNamed)) {
    const program = baseName(name);
    const isOfFolder = (folder: string): boolean =>
      name.includes('/')
        ? resolvePath(final.workdir ?? '/', name) === `${folder}/${program}`
        : onPath(understanding, folder);
    const made = records.some(({ path, class: kind }) => kind !== 'dependencies' && baseName(path) === program);
    const own = image !== null && (isEssential(image, program) || image.programs.includes(program));
    const reached = puts.findLast(({ path }) => isOfFolder(path));
    if (reached === undefined || made || own) continue;
    const putter = puts.findLast((one) => one.programs.includes(program));
    if (putter !== undefined)
      programs.push({
        path: `${putter.path}/${program}`,
        writer: putter.instruction,
        entry: putter.command.entry,
        why: 'is started by the container',
      });
    else if (!installed.some((one) => isNamedLike(one, program)))
      told('DF212', reached.command, { why: `whether it brings ${program} to ${reached.path} is not known` });
  }
  const last = puts.at(-1);
  if (last !== undefined && diagnostics.length === 0)
    told('DF422', last.command, {
      path: last.path,
      programs: programs.length === 0 ? 'none' : `only ${programs.map((one) => one.path).join(', ')}`,
    });
  return { programs, diagnostics };
}
