import type { Tree } from './image.ts';

/** A package that an image has installed. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Bytes, as its database says. */
  readonly size: number;
  readonly files: readonly string[];
  /** Packages that it cannot be without, names that stand for several packages among them. */
  readonly depends: readonly string[];
  readonly recommends: readonly string[];
  readonly provides: readonly string[];
  /** No system of the distribution is without it. */
  readonly essential: boolean;
}

/** `a (>= 1), b | c:any`: all names in it. */
const namesIn = (list: string): string[] => list.split(/[,|]/).flatMap((one) => /^\s*([\w.+-]+)/.exec(one)?.[1] ?? []);

/** What the package databases of Debian, Ubuntu, distroless and Alpine say, by name. */
export function installedPackages(tree: Tree): ReadonlyMap<string, InstalledPackage> {
  const debian = tree.get('/var/lib/dpkg/status')?.text ?? '';
  const parts = [...tree].flatMap(([path, { text }]) =>
    path.startsWith('/var/lib/dpkg/status.d/') && text !== null && !path.endsWith('.md5sums') ? [text] : [],
  );
  const alpine = tree.get('/lib/apk/db/installed')?.text ?? tree.get('/usr/lib/apk/db/installed')?.text ?? '';
  const found = [...readDpkg([debian, ...parts].join('\n\n'), tree), ...readApk(alpine)];
  return new Map(found.map((one) => [one.name, one]));
}

/** https://manpages.debian.org/deb-control and /var/lib/dpkg/info/NAME.list */
function readDpkg(text: string, tree: Tree): InstalledPackage[] {
  return text.split(/\n{2,}/).flatMap((paragraph) => {
    const field = (name: string): string | undefined => new RegExp(`^${name}: *(.*)$`, 'm').exec(paragraph)?.[1];
    const name = field('Package');
    if (name === undefined || !/^(install|hold) ok installed$/.test(field('Status') ?? 'install ok installed'))
      return [];
    const list =
      tree.get(`/var/lib/dpkg/info/${name}.list`) ??
      tree.get(`/var/lib/dpkg/info/${name}:${field('Architecture')}.list`);
    const files = (list?.text ?? '').split('\n').filter((path) => path !== '' && path !== '/.');
    const names = (key: string): string[] => namesIn(field(key) ?? '');
    return [
      {
        name,
        version: field('Version') ?? '',
        size: 1024 * Number(field('Installed-Size') ?? 0),
        files,
        depends: [...names('Pre-Depends'), ...names('Depends')],
        recommends: names('Recommends'),
        provides: names('Provides'),
        essential: field('Essential') === 'yes' || field('Priority') === 'required',
      },
    ];
  });
}

/** https://wiki.alpinelinux.org/wiki/Apk_spec#Installed_Database_V2 */
function readApk(text: string): InstalledPackage[] {
  return text.split(/\n{2,}/).flatMap((paragraph) => {
    const lines = paragraph.split('\n');
    const field = (key: string): string => lines.find((line) => line.startsWith(`${key}:`))?.slice(2) ?? '';
    if (field('P') === '') return [];
    const files: string[] = [];
    let folder = '';
    for (const line of lines) {
      if (line.startsWith('F:')) folder = line.slice(2);
      else if (line.startsWith('R:')) files.push(`/${folder === '' ? '' : `${folder}/`}${line.slice(2)}`);
    }
    // `so:libssl.so.3 cmd:sh=1.36 !conflict`
    const names = (key: string): string[] =>
      field(key)
        .split(' ')
        .flatMap((one) => (/^[^!]/.test(one) ? [one.replace(/[<>=~].*/, '')] : []));
    return [
      {
        name: field('P'),
        version: field('V'),
        size: Number(field('I')),
        files,
        depends: names('D'),
        recommends: [],
        provides: names('p'),
        essential: /^alpine-base/.test(field('P')),
      },
    ];
  });
}
