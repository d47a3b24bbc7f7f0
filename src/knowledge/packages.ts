import type { PackageManager } from './command.ts';
import type { Distribution } from './image.ts';
import { type OwnKnowledge, ownEntry } from './own.ts';
import type { PackageFacts } from './package.ts';
import { alpinePackages, wolfiPackages } from './packages/alpine.ts';
import { debianPackages } from './packages/debian.ts';
import { redhatPackages } from './packages/redhat.ts';
import type { PackageTable } from './packages/table.ts';

const tables: Readonly<Record<Distribution, PackageTable>> = {
  debian: debianPackages,
  ubuntu: debianPackages,
  alpine: alpinePackages,
  redhat: redhatPackages,
  wolfi: wolfiPackages,
};

/** The distribution whose packages a manager installs on an image. */
export function distributionOf(manager: PackageManager, distribution: Distribution | null): Distribution {
  if (manager === 'apk') return distribution === 'wolfi' ? 'wolfi' : 'alpine';
  if (manager === 'yum') return 'redhat';
  return distribution === 'ubuntu' ? 'ubuntu' : 'debian';
}

/** What a package of a distribution serves. A package nobody knows is one that running programs may use. */
export function packageFacts(
  distribution: Distribution,
  release: string | null,
  name: string,
  own?: OwnKnowledge,
): PackageFacts {
  const stated = own?.packages.find((entry) => entry.package === name);
  if (stated !== undefined)
    return { role: stated.role, purpose: null, runtime: stated.runtime ?? null, entry: ownEntry('packages', name) };
  const key = `${distribution} ${release} ${name}`;
  const facts = known.get(key) ?? lookUp(distribution, release, name);
  known.set(key, facts);
  return facts;
}

/** A plan asks several times, and every other file for the same few packages. */
const known = new Map<string, PackageFacts>();

function lookUp(distribution: Distribution, release: string | null, name: string): PackageFacts {
  const table = tables[distribution];
  const entry = `packages/${distribution}#${name}`;
  const companions = table.companions.find(([pattern]) => pattern.test(name))?.[1];
  if (table.build.test(name)) {
    const purpose = table.compilers.test(name) ? 'compiler' : 'build tool';
    return { role: 'build', purpose, runtime: null, entry, ...(companions === undefined ? {} : { companions }) };
  }
  const development = (runtime: readonly string[] | null): PackageFacts => ({
    role: 'development-library',
    purpose: runtime === null ? null : 'headers',
    runtime,
    entry,
  });
  const kit = table.kits.find(([pattern]) => pattern.test(name));
  if (kit !== undefined) return development([name.replace(kit[0], kit[1])]);
  const libraries = Object.hasOwn(table.libraries, name) ? table.libraries[name]?.(release ?? '') : undefined;
  if (libraries != null) return development(libraries);
  const indexed = table.development?.(release ?? '', name) ?? null;
  if (indexed !== null) return development(indexed);
  if (libraries === null && release !== null) return development(null);
  if (table.headers.test(name)) {
    // Of an image whose release nobody knows, only that much is known.
    const listed = release === null && (libraries !== undefined || table.lists?.(name) === true);
    const other = listed ? entry : `packages/${distribution}#*-dev`;
    return { role: 'development-library', purpose: listed ? 'headers' : null, runtime: null, entry: other };
  }
  const purpose = table.purpose(name);
  return { role: 'runtime', purpose, runtime: null, entry: purpose === null ? `packages/${distribution}#*` : entry };
}
