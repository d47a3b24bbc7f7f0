import type { CommandEntry } from './command.ts';
import { archiveCommands } from './commands/archives.ts';
import { downloadCommands } from './commands/downloads.ts';
import { fileCommands } from './commands/files.ts';
import { packageCommands } from './commands/packages.ts';
import { rpmCommands } from './commands/rpm.ts';
import { systemCommands } from './commands/system.ts';

const byName = new Map(
  [
    ...fileCommands,
    ...archiveCommands,
    ...downloadCommands,
    ...packageCommands,
    ...rpmCommands,
    ...systemCommands,
  ].flatMap((entry) => entry.names.map((name) => [name, entry] as const)),
);

/** What is known of a program by its base name; null of a stranger. */
export function commandEntry(name: string): CommandEntry | null {
  return byName.get(name) ?? null;
}
