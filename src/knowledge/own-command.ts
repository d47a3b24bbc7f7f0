import { type BuildEffect, parseWords } from './ecosystem.ts';
import { type OwnCommand, type OwnKnowledge, ownEntry } from './own.ts';

/** A call as an entry of the caller's own sees it. */
export interface OwnCall {
  readonly argv: readonly (string | null)[];
  readonly cwd: string | null;
  readonly home: string;
}

/** What the caller's own knowledge says of a call. */
export interface OwnReading {
  readonly effects: readonly BuildEffect[];
  readonly entry: string;
  readonly says: string;
}

/** Asks the caller's own commands; null where none of them is meant. A hole that cannot be filled makes it unknown. */
export function readOwnCommand(own: OwnKnowledge | undefined, call: OwnCall): OwnReading | null {
  for (const command of own?.commands ?? []) {
    const argv = calledAs(command, call.argv);
    if (argv === null) continue;
    const words = parseWords(argv, command.valueFlags, command.subcommands !== undefined);
    if (command.subcommands !== undefined && !command.subcommands.includes(words.subcommand ?? '')) continue;
    const hole = (name: string): string | null => {
      if (name === 'cwd') return call.cwd;
      if (name === 'home') return call.home;
      const value = name.startsWith('-') ? words.flags.get(name) : words.operands[Number(name) - 1];
      return typeof value === 'string' ? value : null;
    };
    return {
      effects: command.effects.map((effect) => filled(effect, hole)),
      entry: ownEntry('commands', command.command),
      says: command.says,
    };
  }
  return null;
}

/** The words of the call from the command's name on; a script may be handed to a shell. Null where another is called. */
function calledAs({ command }: OwnCommand, argv: OwnCall['argv']): OwnCall['argv'] | null {
  const [name, script] = argv;
  if (name === command) return argv;
  if (command.includes('/'))
    return script === command && /^(.*\/)?(ba|da|a)?sh$/.test(name ?? '') ? argv.slice(1) : null;
  return name != null && name.slice(name.lastIndexOf('/') + 1) === command ? argv : null;
}

/** Fills the holes in every text of an effect. */
function filled(effect: BuildEffect, hole: (name: string) => string | null): BuildEffect {
  let missing: string | null = null;
  const fill = (text: string): string =>
    text.replace(/\{([\w-]+)\}/g, (whole, name: string) => {
      const value = hole(name);
      if (value === null) missing = whole;
      return value ?? whole;
    });
  const entries = Object.entries(effect).map(([key, value]) => [
    key,
    typeof value === 'string' ? fill(value) : Array.isArray(value) ? value.map(fill) : value,
  ]);
  return missing === null
    ? (Object.fromEntries(entries) as BuildEffect)
    : { kind: 'unknown', why: `the call does not tell what ${missing} is` };
}
