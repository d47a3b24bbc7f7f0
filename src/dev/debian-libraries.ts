import type { IndexedPackage } from './debian-index.ts';

/** Packages of languages that link statically or never with a C compiler: nobody builds an image's program on them. */
const OTHERS = /^(golang-|librust-|libghc-|r-|node-|ocaml-|elpa-)|-ocaml-dev$/;
/** What every compiler brings along. */
const TOOLCHAIN =
  /^(libc6-dev.*|libc-dev-bin|linux-libc-dev|libgcc-\d+-dev|libstdc\+\+-\d+-dev|libc6|libgcc-s1|libstdc\+\+6)$/;
const LIBRARY_SECTIONS = new Set(['libs', 'oldlibs', 'introspection']);
/** Interpreters and servers whose own development package is no use without them. */
const HOST_SECTIONS = new Set(['interpreters', 'python', 'php', 'ruby', 'httpd', 'java', 'javascript']);
/** A library that lies in whatever section (libomp5-14, libjwt0, libbinutils), by its name and by what it links itself. */
const isLibrary = ({ name, depends }: IndexedPackage): boolean =>
  /^lib.*(?<!-(dev|doc|docs|data|common|bin|tools|utils|headers|examples|source|java|perl|python|ruby|cil|nogui|all|extra|plugins))$/.test(
    name,
  ) && depends.some((alternatives) => alternatives.includes('libc6'));
const isDevelopment = (one: IndexedPackage): boolean =>
  one.name.endsWith('-dev') || (one.section === 'libdevel' && !isLibrary(one));

/**
 * The run-time packages behind each development package of a release. They are the libraries that it depends on, its
 * own and those behind the development packages it depends on, as far as its own libraries do not bring them anyway.
 */
export function librariesOf(index: ReadonlyMap<string, IndexedPackage>): ReadonlyMap<string, readonly string[]> {
  const provider = new Map<string, IndexedPackage>();
  for (const one of index.values())
    for (const name of one.provides) if (!index.has(name) && !provider.has(name)) provider.set(name, one);
  const real = (name: string): IndexedPackage | undefined => index.get(name) ?? provider.get(name);
  const dependencies = (one: IndexedPackage): IndexedPackage[] =>
    one.depends.flatMap((alternatives) => alternatives.map(real).find((found) => found !== undefined) ?? []);
  const closures = new Map<string, ReadonlySet<string>>();
  const closure = (one: IndexedPackage): ReadonlySet<string> => {
    const known = closures.get(one.name);
    if (known !== undefined) return known;
    const seen = new Set<string>([one.name]);
    const open = [one];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const dependency of dependencies(next)) {
        if (seen.has(dependency.name)) continue;
        seen.add(dependency.name);
        open.push(dependency);
      }
    closures.set(one.name, seen);
    return seen;
  };
  const libraries = (one: IndexedPackage, above: ReadonlySet<string>): IndexedPackage[] => {
    if (above.has(one.name)) return [];
    const path = new Set([...above, one.name]);
    const own: IndexedPackage[] = [];
    const others: IndexedPackage[] = [];
    for (const dependency of dependencies(one)) {
      if (TOOLCHAIN.test(dependency.name)) continue;
      if (!isDevelopment(dependency)) {
        const isOwn = dependency.source === one.source;
        const host = isOwn && (HOST_SECTIONS.has(dependency.section) || isLibrary(dependency));
        if (host || LIBRARY_SECTIONS.has(dependency.section)) own.push(dependency);
      } else if (dependency.source === one.source) own.push(...libraries(dependency, path));
      else others.push(dependency);
    }
    const reached = new Set(own.flatMap((library) => [...closure(library)]));
    const foreign = others.flatMap((other) => {
      const behind = libraries(other, path);
      return behind.some(({ name }) => reached.has(name)) ? [] : behind;
    });
    const all = [...new Set([...own, ...foreign])];
    return all.filter((library) => own.includes(library) || !reached.has(library.name));
  };
  const found = new Map<string, readonly string[]>();
  for (const one of index.values()) {
    if (!one.name.endsWith('-dev') || OTHERS.test(one.name) || TOOLCHAIN.test(one.name)) continue;
    const names = libraries(one, new Set()).map(({ name }) => name);
    found.set(one.name, [...new Set(names)].sort());
  }
  return found;
}
