import type { CommandEntry } from './command.ts';
import { archiveCommands } from './commands/archives.ts';
import { downloadCommands } from './commands/downloads.ts';
import { fileCommands } from './commands/files.ts';
import { packageCommands } from './commands/packages.ts';
import { printers } from './commands/printers.ts';
import { rpmCommands } from './commands/rpm.ts';
import { systemCommands } from './commands/system.ts';
import { toolCommands } from './commands/tools.ts';

/** Every command that something is known of, in one list. */
export const allCommands: readonly CommandEntry[] = [
  ...fileCommands,
  ...printers,
  ...archiveCommands,
  ...downloadCommands,
  ...packageCommands,
  ...rpmCommands,
  ...systemCommands,
  ...toolCommands,
];

const byName = new Map(allCommands.flatMap((entry) => entry.names.map((name) => [name, entry] as const)));

/** What is known of a program by its base name; null of a stranger. */
export function commandEntry(name: string): CommandEntry | null {
  return byName.get(name) ?? null;
}
