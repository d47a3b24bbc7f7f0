import type { ImageFacts } from '../knowledge/image.ts';
import type { StageFiles } from './records.ts';
import { isInstall, isPackageSetting, writtenBy } from './system-commands.ts';
import type { Understanding } from './understand.ts';

/** Releases whose packages have left the servers that their images name. */
const CLOSED = new Set(['wheezy', 'jessie', 'stretch', 'buster', 'trusty', 'precise']);

/**
 * True where more packages can be installed before anything else is: the release has its servers, or the file itself
 * installs from the sources as the image has them, so that it would not be built either if they were gone.
 * `usual`: every one of the packages was written down for the images of that family.
 */
export function hasSources(
  facts: ImageFacts,
  understanding: Understanding,
  files: StageFiles,
  usual: boolean,
): boolean {
  // A RUN that installs stands first in the runtime stage: as the image's own user, with the image's package manager.
  if (!/^(root|0)?$/.test(facts.user) || facts.distribution === 'redhat' || facts.distribution === 'wolfi')
    return false;
  const open = facts.release === null ? usual : !CLOSED.has(facts.release);
  return open || installsFromImage(understanding, files);
}

function installsFromImage({ steps }: Understanding, { history }: StageFiles): boolean {
  for (const step of steps) {
    if (history.some((record) => record.command === null && record.step === step && isPackageSetting(record.path)))
      return false;
    for (const command of step.commands) {
      if (isInstall(command)) return true;
      const unclear = command.effects.some(({ kind }) => kind === 'unknown' || kind === 'thins');
      if (unclear || writtenBy([command]).some(isPackageSetting)) return false;
    }
  }
  return false;
}
