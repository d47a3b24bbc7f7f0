import type { Instruction } from '../syntax/document.ts';
import { words } from '../syntax/words.ts';

import type { Demands } from './ladder.ts';
import { runsAgain } from './restated.ts';
import { namesRelative } from './system-commands.ts';

/** A COPY or ADD whose target is told from the working folder. */
function copiesRelative({ keyword, rest, exec }: Instruction): boolean {
  if (keyword !== 'COPY' && keyword !== 'ADD') return false;
  const target = (exec ?? words(rest).map(({ raw }) => raw)).at(-1) ?? '';
  return !/^["']?[/$]/.test(target);
}

/** A step of the runtime stage works in the folder that the image of the build starts in. */
export function standsInBase({ understanding: { steps }, until, system }: Demands): boolean {
  const first = steps.find(({ instruction }) => instruction.keyword === 'WORKDIR')?.index ?? steps.length;
  return (
    steps
      .slice(until, first)
      .some(({ instruction, commands }) => copiesRelative(instruction) || commands.some(namesRelative)) ||
    system.restated.some(
      (run) =>
        run.step.index < first &&
        run.step.commands.some((command) => runsAgain(run, command) && namesRelative(command)),
    )
  );
}
