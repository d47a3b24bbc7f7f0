import { type OwnKnowledge, ownEntry } from './own.ts';
import type { PackageFacts } from './package.ts';
import { alpinePackages } from './packages/alpine.ts';
import { debianPackages } from './packages/debian.ts';
import type { PackageTable } from './packages/table.ts';

const tables: Readonly<Record<'debian' | 'ubuntu' | 'alpine', PackageTable>> = {
  debian: debianPackages,
  ubuntu: debianPackages,
  alpine: alpinePackages,
};

/** What a package of a distribution serves. A package nobody knows is one that running programs may use. */
export function packageFacts(
  distribution: 'debian' | 'ubuntu' | 'alpine',
  release: string | null,
  name: string,
  own?: OwnKnowledge,
): PackageFacts {
  const stated = own?.packages.find((entry) => entry.package === name);
  if (stated !== undefined)
    return { role: stated.role, runtime: stated.runtime ?? null, entry: ownEntry('packages', name) };
  const table = tables[distribution];
  const companions = table.companions.find(([pattern]) => pattern.test(name))?.[1];
  if (table.build.test(name))
    return {
      role: 'build',
      runtime: null,
      entry: `packages/${distribution}#${name}`,
      ...(companions === undefined ? {} : { companions }),
    };
  const kit = table.kits.find(([pattern]) => pattern.test(name));
  if (kit !== undefined)
    return {
      role: 'development-library',
      runtime: [name.replace(kit[0], kit[1])],
      entry: `packages/${distribution}#${name}`,
    };
  const libraries = Object.hasOwn(table.libraries, name) ? table.libraries[name] : undefined;
  if (libraries !== undefined)
    return {
      role: 'development-library',
      runtime: libraries(release ?? ''),
      entry: `packages/${distribution}#${name}`,
    };
  if (/-dev$/.test(name))
    return { role: 'development-library', runtime: null, entry: `packages/${distribution}#*-dev` };
  return { role: 'runtime', runtime: null, entry: `packages/${distribution}#*` };
}
