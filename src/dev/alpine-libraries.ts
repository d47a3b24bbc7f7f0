import type { Aport } from './aports.ts';

/** Packages that hold no library: https://wiki.alpinelinux.org/wiki/APKBUILD_Reference#subpackages */
const WITHOUT =
  /-(doc|lang|dbg|static|openrc|bash-completion|zsh-completion|fish-completion|pyc|udev|polkit|vim|nftrules|systemd|examples|tests?|dev)$/;
/** Modules of interpreters, which no compiled program links. */
const MODULES = /^(py\d?|perl|lua[\d.]*|java|php\d*|ruby|tcl|ocaml)-/;
/** What builds modules of an interpreter links nothing: which of its programs runs them, the image's author says. */
const OTHERS = /^php\d*-dev$/;
/** More packages than these are no answer: the development package stays. */
const MOST = 6;

/** Whether a split function takes all shared libraries of the folder, some, or none. */
function taken(aport: Aport, split: string): 'all' | 'some' | 'none' {
  const body = aport.functions.get(split);
  if (body === undefined) return split === 'libs' ? 'all' : 'none';
  if (/\bdefault_libs\b/.test(body)) return 'all';
  const text = body
    .replace(/\\\n/g, ' ')
    .replace(/["']/g, '')
    .replace(/^\s*(pkgdesc|depends|provides|replaces|install_if|install|provider_priority|local)=.*$/gm, '');
  let some = [...aport.functions.keys()].some((name) =>
    new RegExp(`^\\s*${name.replace(/[^\\w]/g, '\\$&')}\\b`, 'm').test(text),
  );
  for (const word of text.split(/[\s;]+/)) {
    const match = /^(?!\$\{?subpkgdir).*?(?:^|\/)lib(?:\/([^/]*))?$/.exec(word);
    if (match === null) {
      // A name that only a loop knows may be any.
      if (/^(?!\$\{?subpkgdir).*\$\{?(?!pkgdir|subpkg|pkgname|pkgver|_)\w+/.test(word) && /lib/.test(text)) some = true;
      continue;
    }
    const rest = match[1] ?? '';
    if (rest === '' || /^(lib)?\*(\.so|$)/.test(rest)) return 'all';
    if (rest.includes('.so') || rest.startsWith('lib')) some = true;
  }
  return some ? 'some' : 'none';
}

/** The packages of a build file that may hold its shared libraries. */
function holders(aport: Aport): string[] {
  const found: string[] = [];
  let rest = true;
  for (const { name, split } of aport.subpackages) {
    if (WITHOUT.test(name) || (MODULES.test(name) && !name.startsWith(aport.name))) continue;
    const what = taken(aport, split);
    if (what === 'all' && /^lib|-libs?$/.test(name)) rest = false;
    const named = (/^lib/.test(name) && !/^lib/.test(aport.name)) || /-libs$|\+\+$/.test(name);
    if (what !== 'none' || named) found.push(name);
  }
  const made = aport.functions.get('package');
  const empty = made !== undefined && /^\s*mkdir -p "?\$pkgdir"?;?\s*$/.test(made);
  return rest && !empty ? [aport.name, ...found] : found;
}

/** What a development package depends on, by its split function and the build file's `depends_dev`. */
function dependencies(aport: Aport, body: string | undefined): string[] {
  const own = /\bdepends="([^"]*)"/.exec(body ?? '')?.[1]?.split(/\s+/) ?? [];
  const common = body === undefined || /\bdefault_dev\b|\$\{?depends_dev\b/.test(body) ? aport.dependsDev : [];
  return [...common, ...own].map((one) => one.replace(/[<>=~].*/, '')).filter((one) => /^[\w.+-]+-dev$/.test(one));
}

/** What a split function says that its package answers to as well. */
function provided(aport: Aport, body: string | undefined): string[] {
  const text = /\bprovides="([^"]*)"/.exec(body ?? '')?.[1] ?? '';
  return text
    .replaceAll('$pkgname', aport.name)
    .split(/\s+/)
    .map((one) => one.replace(/[<>=~].*/, ''))
    .filter((one) => /^[\w.+-]+-dev$/.test(one));
}

/**
 * The run-time packages behind each development package of a release: those of the same build file that may hold its
 * libraries, for a development package links to libraries of its own build file alone. One without any stands for those
 * it depends on. Null where too many may.
 */
export function librariesOf(aports: readonly Aport[]): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, { aport: Aport; real: string; body: string | undefined }[]>();
  for (const aport of aports)
    for (const { name, split } of aport.subpackages) {
      if (!name.endsWith('-dev')) continue;
      const entry = { aport, real: name, body: aport.functions.get(split) };
      for (const one of [name, ...provided(aport, entry.body)]) owners.set(one, [...(owners.get(one) ?? []), entry]);
    }
  const libraries = (name: string, above: readonly string[]): readonly string[] | null => {
    const sets = (owners.get(name) ?? []).map(({ aport, real, body }): readonly string[] | null => {
      const stem = real.replace(/-dev$/, '');
      const others = aport.subpackages.filter((one) => one.name.endsWith('-dev') && one.name !== real);
      const meta = body !== undefined && !/\bdefault_dev\b|\bamove\b|\bmv\b|\bcp\b|\binstall\b/.test(body);
      if (!meta) {
        if (stem !== aport.name && others.length > 0)
          return aport.subpackages.some((one) => one.name === stem && taken(aport, one.split) !== 'none')
            ? [stem]
            : null;
        const own = holders(aport);
        if (own.length > 0) return own.length > MOST ? null : own;
      }
      const behind = dependencies(aport, body).map((one) =>
        above.includes(one) ? [] : libraries(one, [...above, name]),
      );
      const all = [...new Set(behind.flatMap((one) => one ?? []))];
      return behind.includes(null) || all.length > MOST ? null : all;
    });
    const [first] = sets;
    return first == null || sets.some((set) => set?.join() !== first.join()) ? null : [...first].sort();
  };
  const found = new Map<string, readonly string[]>();
  for (const name of owners.keys()) {
    const set = libraries(name, []);
    if (set !== null && set.length > 0 && !OTHERS.test(name)) found.set(name, set);
  }
  return found;
}
