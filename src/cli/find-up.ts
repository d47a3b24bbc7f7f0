import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The nearest file or folder of a name, from a folder upwards; null where there is none up to the root. */
export function findUp(folder: string, name: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, name))) return join(at, name);
    if (dirname(at) === at) return null;
  }
}
