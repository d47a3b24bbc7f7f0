/** What Microsoft's .NET images of one version stand on. */
interface DotnetLine {
  /** The suite behind a tag that names none, as the runtime images spell it. */
  readonly suite: string;
  /** Every suite that the images were published for. */
  readonly suites: readonly string[];
  /** The releases of Alpine from one to another. */
  readonly alpine: readonly [number, number] | null;
}

const line = (suites: string, alpine: readonly [number, number] | null): DotnetLine => ({
  suite: suites.split(' ')[0] as string,
  suites: suites.split(' '),
  alpine,
});

/**
 * By version, from the folders of https://github.com/dotnet/dotnet-docker/tree/main/src and their history, of released
 * versions alone. The images without a package manager (chiseled, distroless) and those of Azure Linux are not among them.
 */
const lines: Readonly<Record<string, DotnetLine>> = {
  '1.0': line('jessie', null),
  '1.1': line('jessie stretch', null),
  '2.0': line('stretch jessie', null),
  '2.1': line('stretch-slim bionic focal', [7, 14]),
  '2.2': line('stretch-slim bionic', [8, 10]),
  '3.0': line('buster-slim bionic', [9, 11]),
  '3.1': line('buster-slim bullseye-slim bionic focal', [10, 16]),
  '5.0': line('buster-slim bullseye-slim focal', [11, 15]),
  '6.0': line('bullseye-slim bookworm-slim focal jammy', [13, 20]),
  '7.0': line('bullseye-slim bookworm-slim jammy', [15, 19]),
  '8.0': line('bookworm-slim jammy noble', [17, 24]),
  '9.0': line('bookworm-slim noble', [20, 24]),
  '10.0': line('noble resolute', [21, 24]),
};

/** The version and suite of a tag behind its kind: `8.0.4-jammy`. Suites are spelled as the runtime images do. */
export interface DotnetTag {
  /** `8.0` */
  readonly version: string;
  /** `jammy`, `bookworm-slim`, `alpine`, `alpine3.20`; of a tag that names none, the default one. */
  readonly suite: string;
  /** The suite as it stands in the tag, with its hyphen; empty where none does. */
  readonly named: string;
  /** `-amd64` */
  readonly architecture: string;
}

/** Null of a tag that was never documented, and of the variants that nothing is known of here. */
export function readDotnetTag(tag: string, sdk: boolean): DotnetTag | null {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?(?:-([a-z][a-z\d.]*(?:-slim)?))??(-amd64|-arm64v8|-arm32v7)?$/.exec(tag);
  if (match === null) return null;
  const [, major, minor, patch, suite, architecture = ''] = match;
  const version = sdk && isBandOf20(`${major}.${minor}`, Number(patch)) ? '2.0' : `${major}.${minor}`;
  const known = Object.hasOwn(lines, version) ? lines[version] : undefined;
  if (known === undefined) return null;
  if (suite === undefined) return { version, suite: known.suite, named: '', architecture };
  // The SDK images of old stand on the full images of Debian.
  const slim = known.suites.includes(`${suite}-slim`) && isOld(version) ? `${suite}-slim` : suite;
  const release = /^alpine(?:3\.(\d+))?$/.exec(suite);
  const [first, last] = known.alpine ?? [Number.POSITIVE_INFINITY, 0];
  const exists =
    release === null
      ? known.suites.includes(slim)
      : known.alpine !== null &&
        (release[1] === undefined || (Number(release[1]) >= first && Number(release[1]) <= last));
  return exists ? { version, suite: slim, named: `-${slim}`, architecture } : null;
}

/** Up to 3.1 the SDK stood on buildpack-deps, and not on the ASP.NET image of its own version. */
export function isOld(version: string): boolean {
  return Number(version.split('.')[0]) <= 3;
}

/** SDK 2.1.2 to 2.1.202 are those of .NET Core 2.0: https://dotnet.microsoft.com/download/dotnet/2.0 */
function isBandOf20(version: string, patch: number): boolean {
  return version === '2.1' && patch > 1 && patch < 300;
}
