import type { ImageFacts } from '../knowledge/image.ts';
import { isWithin } from '../syntax/paths.ts';
import { neededFile } from './image-changes.ts';
import type { Demands } from './ladder.ts';
import { runsAgain } from './restated.ts';
import type { CommandFacts } from './shell-world.ts';

/** A file of the image that a RUN of the runtime stage fails without; null where there is none, or where packages bring files. */
export function missingFile(
  { understanding: { steps, image, document }, system, files, until }: Demands,
  { workdir }: ImageFacts,
): string | null {
  if (image === null || system.kept.length > 0) return null;
  const runs = [
    ...system.restated.flatMap((run) =>
      run.step.commands.filter((command) => runsAgain(run, command)).map((command) => ({ step: run.step, command })),
    ),
    ...steps.slice(until).flatMap((step) => step.commands.map((command) => ({ step, command }))),
  ];
  const forced = new Set(system.restated.flatMap(({ edits }) => edits.filter(({ text }) => text === ' -f')));
  const isForced = ({ span }: CommandFacts): boolean =>
    [...forced].some((edit) => edit.span.start >= span.start && edit.span.end <= span.end);
  for (const { step, command } of runs) {
    const file = isForced(command)
      ? null
      : neededFile(command, document.text.slice(command.span.start, command.span.end), step, image, files);
    // The folder of the service that both images are made for.
    const isShared = workdir !== '/' && image.workdir === workdir && file !== null && isWithin(file, workdir);
    if (file !== null && !isShared) return file;
  }
  return null;
}
