import type { CatalogueEntry } from './diagnostic.ts';

/** Why a system change cannot run again in the container’s own stage, and what the author can do about it. */
export const tangles: NonNullable<CatalogueEntry['reasons']> = {
  compound: {
    reason: 'it stands in one compound command with what the build alone needs',
    remedy: 'Put the system changes (packages, accounts) into a RUN of their own.',
  },
  folder: {
    reason: 'it names files from a folder that only the build enters',
    remedy: 'Name its files from the root, or put WORKDIR before it.',
  },
  index: {
    reason: 'it installs from the package index that an earlier RUN of the build has fetched',
    remedy: 'Let it fetch the index itself, with --no-cache.',
  },
  input: {
    reason: 'it reads {what}, which is not there before the build',
    remedy: 'Put it behind what makes {what}, into a RUN of its own.',
  },
  script: {
    reason: 'it stands in a script or behind a variable, whose words cannot be changed from here',
    remedy: 'Write it into the Dockerfile with its words as they are, in a RUN of its own.',
  },
};
