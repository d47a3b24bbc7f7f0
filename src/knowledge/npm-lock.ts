/** The packages that a lock file pins. */
export interface Locked {
  /** Every package of the lock file, by name. */
  readonly names: ReadonlySet<string>;
  /** Those with an install script; null where the format does not say. */
  readonly scripted: ReadonlySet<string> | null;
}

/** The packages of the lock file beside package.json, development ones of npm's included: they are installed too. */
export function readLock(read: (name: string) => string): Locked | null {
  for (const file of ['package-lock.json', 'npm-shrinkwrap.json']) {
    try {
      const { packages, dependencies } = JSON.parse(read(file)) as {
        packages?: Record<string, { hasInstallScript?: boolean }>;
        dependencies?: Record<string, unknown>;
      };
      if (packages === undefined) return { names: new Set(Object.keys(dependencies ?? {})), scripted: null };
      const named = Object.entries(packages).map(
        ([path, facts]) => [path.replace(/^.*node_modules\//, ''), facts] as const,
      );
      const own = named.filter(([name]) => name !== '');
      return {
        names: new Set(own.map(([name]) => name)),
        scripted: new Set(own.filter(([, facts]) => facts.hasInstallScript === true).map(([name]) => name)),
      };
    } catch {
      // Not there, or no JSON: the next format may be.
    }
  }
  const yarn = [...read('yarn.lock').matchAll(/^"?(@?[^@\s"]+)@/gm)].map((match) => match[1] as string);
  const pnpm = [...read('pnpm-lock.yaml').matchAll(/^ {2}'?\/?(@?[^@\s'(]+)@/gm)].map((match) => match[1] as string);
  const names = [...yarn, ...pnpm];
  return names.length > 0 ? { names: new Set(names), scripted: null } : null;
}
