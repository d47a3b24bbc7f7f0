import { resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import { readJson } from './manifest.ts';
import { isNativeBuilder } from './native.ts';

/** A package of a lock file. */
export interface LockedPackage {
  readonly version: string | null;
  /** It runs a script when it is installed, or builds native code; null where the format does not say. */
  readonly scripted: boolean | null;
  /** Only development needs it; null where the format does not say. */
  readonly development: boolean | null;
  /** Another package needs it; told where `development` is not. */
  readonly needed?: boolean;
}

type Locked = ReadonlyMap<string, LockedPackage>;

type Entry = Readonly<Record<string, unknown>>;
const entriesOf = (value: unknown): [string, Entry][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).map(([key, one]) => [key, typeof one === 'object' && one !== null ? one : {}])
    : [];
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** package-lock.json: https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
function npmLock(source: string | null): Locked | null {
  const lock = readJson(source);
  if (lock === null) return null;
  const found = new Map<string, LockedPackage>();
  for (const [path, facts] of entriesOf(lock.packages)) {
    const name = path.replace(/^.*node_modules\//, '');
    // A link's target has an entry of its own.
    if (name === '' || facts.link === true) continue;
    const known = found.get(name);
    found.set(name, {
      version: text(facts.version),
      scripted: known?.scripted === true || facts.hasInstallScript === true,
      development: known?.development !== false && facts.dev === true,
    });
  }
  const nested = (dependencies: unknown): void => {
    for (const [name, facts] of entriesOf(dependencies)) {
      const known = found.get(name);
      if (found.get(name)?.scripted == null) {
        const requires = entriesOf(facts.requires).map(([one]) => one);
        found.set(name, {
          version: text(facts.version),
          scripted: known?.scripted === true || requires.some(isNativeBuilder) || null,
          development: known?.development !== false && facts.dev === true,
        });
      }
      nested(facts.dependencies);
    }
  };
  nested(lock.dependencies);
  return found;
}

/**
 * Formats made of blocks: a line with the package and, below it, deeper lines with its facts, the names of its own
 * dependencies among them. yarn.lock: https://classic.yarnpkg.com/lang/en/docs/yarn-lock/, pnpm-lock.yaml:
 * https://pnpm.io/git#lockfiles
 */
function blockLock(source: string, head: RegExp, indent: number): Locked | null {
  const found = new Map<string, LockedPackage>();
  const needed = new Set<string>();
  let name: string | null = null;
  let peers = false;
  for (const line of source.split(/\r?\n/)) {
    const title = head.exec(line);
    if (title !== null) {
      name = title[1] as string;
      peers = false;
      const known = found.get(name);
      found.set(name, known ?? { version: title[2] ?? null, scripted: null, development: null });
      continue;
    }
    const known = name === null ? undefined : found.get(name);
    if (name === null || known === undefined || line.length - line.trimStart().length <= indent) {
      if (/^\S/.test(line)) name = null;
      continue;
    }
    const section = /^\s*(\w+):\s*$/.exec(line)?.[1];
    if (section !== undefined) peers = section.startsWith('peer');
    const fact = /^\s*['"]?([^\s'":]+)['"]?:?\s+['"]?([^'"]+)/.exec(line);
    if (fact === null) continue;
    const [, key = '', value = ''] = fact;
    if (!peers) needed.add(key);
    if (key === 'version' && known.version === null) found.set(name, { ...known, version: value });
    if ((key === 'requiresBuild' && value === 'true') || isNativeBuilder(key))
      found.set(name, { ...(found.get(name) ?? known), scripted: true });
    if (key === 'dev') found.set(name, { ...(found.get(name) ?? known), development: value === 'true' });
  }
  return found.size > 0 ? withNeeded(found, needed) : null;
}

const withNeeded = (found: Locked, needed: ReadonlySet<string>): Locked =>
  new Map([...found].map(([name, facts]) => [name, { ...facts, needed: needed.has(name) }]));

/** bun.lock: https://bun.com/docs/pm/lockfile */
function bunLock(source: string | null): Locked | null {
  const packages = readJson(source)?.packages;
  if (typeof packages !== 'object' || packages === null) return null;
  const found = new Map<string, LockedPackage>();
  const needed = new Set<string>();
  for (const value of Object.values(packages)) {
    const [id, ...rest]: unknown[] = Array.isArray(value) ? value : [];
    const named = typeof id === 'string' ? /^(@?[^@]+)@(.*)$/.exec(id) : null;
    if (named === null) continue;
    const facts = rest.find((one) => typeof one === 'object' && one !== null) as Entry | undefined;
    const names = entriesOf(facts?.dependencies).map(([name]) => name);
    for (const name of names) needed.add(name);
    const native = names.some(isNativeBuilder);
    found.set(named[1] as string, { version: named[2] ?? null, scripted: native || null, development: null });
  }
  return withNeeded(found, needed);
}

/** The lock file of the project in a folder, or that of the workspace around it; null where none can be read. */
export function readLock(folder: string, files: ImageFiles): Locked | null {
  for (let at = folder; ; at = resolvePath(at, '..')) {
    const read = (name: string): string | null => files.read(resolvePath(at, name)) || null;
    const found =
      npmLock(read('npm-shrinkwrap.json') ?? read('package-lock.json')) ??
      blockLock(read('yarn.lock') ?? '', /^"?(@?[^@\s"]+)@(?!(?:workspace|patch):)/, 1) ??
      blockLock(
        read('pnpm-lock.yaml') ?? '',
        /^ {2}'?\/?(@?[^@\s'(/]+(?:\/[^@\s'(/]+)?)[@/](\d[^\s'():]*)(?:['():]\S*)?:\s*$/,
        2,
      ) ??
      bunLock(read('bun.lock'));
    if (found !== null || at === '/') return found;
  }
}
