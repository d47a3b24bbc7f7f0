import type { ImageFacts } from '../image.ts';
import { buildpackFacts } from './buildpack-deps.ts';
import { distributionFacts } from './distributions.ts';
import { type DotnetTag, isOld, readDotnetTag } from './dotnet-tags.ts';
import type { ImageFamily, Sibling } from './family.ts';
import { type Base, baseOf } from './release.ts';

type Kind = 'sdk' | 'aspnet' | 'runtime' | 'runtime-deps';

const SOURCE = 'https://github.com/dotnet/dotnet-docker';
/** The shared frameworks, under the names that `dotnet --list-runtimes` prints: what an application runs on. */
const FRAMEWORKS: Readonly<Record<Kind, readonly string[]>> = {
  sdk: ['dotnet', 'Microsoft.NET.Sdk', 'Microsoft.NETCore.App', 'Microsoft.AspNetCore.App'],
  aspnet: ['dotnet', 'Microsoft.NETCore.App', 'Microsoft.AspNetCore.App'],
  runtime: ['dotnet', 'Microsoft.NETCore.App'],
  'runtime-deps': [],
};

/** Variables that tell which version of what is in the image. */
const VERSIONS: Readonly<Record<Kind, readonly string[]>> = {
  sdk: ['DOTNET_SDK_VERSION', 'DOTNET_VERSION', 'ASPNET_VERSION'],
  aspnet: ['DOTNET_VERSION', 'ASPNET_VERSION'],
  runtime: ['DOTNET_VERSION'],
  'runtime-deps': [],
};

function factsOf(kind: Kind, { version, suite }: DotnetTag): ImageFacts | null {
  const base =
    suite === 'alpine' ? { distribution: 'alpine' as const, release: null } : baseOf(suite.replace(/-slim$/, ''));
  if (base === null || base === 'other') return null;
  const major = Number(version.split('.')[0]);
  const sdk = kind === 'sdk';
  const alpine = base.distribution === 'alpine';
  const below =
    sdk && isOld(version) && !alpine ? buildpackFacts(base, 'scm') : distributionFacts(base, atLeast(version, 2, 1));
  // ASP.NET came into the SDK with 2.1; before, its packages were part of the application.
  const frameworks = FRAMEWORKS[kind].filter((name) => name !== 'Microsoft.AspNetCore.App' || atLeast(version, 2, 1));
  return {
    ...below,
    family: `dotnet-${kind}`,
    env: { ...below.env, ...settings(sdk, alpine, version, major) },
    versionVariables: VERSIONS[kind],
    programVariables: ['ASPNETCORE_URLS', 'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT', 'LC_ALL', 'LANG'],
    programs: [...below.programs, ...frameworks, ...tools(sdk, alpine, version, major)],
    accounts: major >= 8 ? ['app'] : [],
    hasCertificates: true,
    hasTimeZones: hasTimeZones(sdk, base, major),
    toolchainTrees: sdk ? ['/usr/share/dotnet/sdk', '/root/.nuget', '/root/.dotnet', '/usr/share/powershell'] : [],
    toolchain: sdk,
    interpreter: 'dotnet',
    source: SOURCE,
  };
}

/** Variables that programs read; '' stands for one that the image does not set, which means the same. */
function settings(sdk: boolean, alpine: boolean, version: string, major: number): Record<string, string> {
  const port: Record<string, string> =
    major >= 8
      ? { ASPNETCORE_HTTP_PORTS: '8080', APP_UID: '1654' }
      : atLeast(version, 2, 1)
        ? { ASPNETCORE_URLS: sdk && major >= 3 ? '' : 'http://+:80' }
        : {};
  const language: Record<string, string> =
    major <= 3 ? { LC_ALL: sdk ? 'en_US.UTF-8' : '', LANG: sdk ? 'en_US.UTF-8' : '' } : {};
  return {
    DOTNET_RUNNING_IN_CONTAINER: 'true',
    ...port,
    ...(alpine ? { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: String(!sdk), ...language } : {}),
  };
}

function tools(sdk: boolean, alpine: boolean, version: string, major: number): string[] {
  if (!sdk) return !alpine && major <= 2 ? ['curl'] : [];
  const added = major === 5 ? ['curl', 'git', 'wget', 'ps', 'top'] : major > 5 ? ['curl', 'git', 'wget'] : [];
  return [...added, ...(atLeast(version, 3, 0) ? ['pwsh'] : [])];
}

/** Debian's images up to bookworm have them; from 8.0 on the images add them, those of Alpine in the SDK alone. */
function hasTimeZones(sdk: boolean, { distribution }: Base, major: number): boolean {
  if (distribution === 'debian') return true;
  return major >= 8 ? sdk || distribution === 'ubuntu' : sdk && distribution === 'ubuntu' && major <= 3;
}

function atLeast(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}

/** What the SDK of Alpine has for the application's sake and the runtime images leave out. */
function additions({ suite, version }: DotnetTag): readonly string[] {
  if (!suite.startsWith('alpine')) return [];
  const minor = /\.(\d+)$/.exec(suite)?.[1];
  const full = minor === undefined ? Number(version.split('.')[0]) >= 6 : Number(minor) >= 16;
  return ['icu-libs', ...(full ? ['icu-data-full'] : []), ...(Number(version.split('.')[0]) >= 8 ? ['tzdata'] : [])];
}

/** The smallest first: without a framework, with the plain one, with that of ASP.NET. */
function siblings(tag: DotnetTag, image: (kind: Kind) => string | null): readonly Sibling[] {
  return (['runtime-deps', 'runtime', 'aspnet'] as const).flatMap((kind): Sibling[] => {
    const name = image(kind);
    return name === null
      ? []
      : [
          {
            image: name,
            packages: additions(tag),
            unrecorded: { current: null, because: 'the images of one version and variant are made together' },
          },
        ];
  });
}

/** A repository an image kind, `mcr.microsoft.com/dotnet/sdk`, with the versions that were published there. */
function repository(folder: string, kind: Kind, versions: RegExp): ImageFamily {
  const read = (tag: string): DotnetTag | null => {
    const known = readDotnetTag(tag, kind === 'sdk');
    return known !== null && versions.test(known.version) ? known : null;
  };
  return {
    source: SOURCE,
    describe: ({ tag }) => {
      const known = read(tag);
      return known && factsOf(kind, known);
    },
    smaller: ({ tag }) => {
      const known = read(tag);
      if (kind !== 'sdk' || known === null) return [];
      const { version, named, architecture } = known;
      return siblings(known, (other) => `${folder}/${other}:${version}${named}${architecture}`);
    },
    documents: (tag) => (read(tag) === null ? null : SOURCE),
  };
}

/** `2.0-sdk`, `2.1-aspnetcore-runtime-alpine3.7`, `2.0.9-sdk-2.1.202-stretch`: the versions before the move to mcr.microsoft.com. */
const HUB = /^(\d+\.\d+)((?:\.\d+)?)-(sdk|aspnetcore-runtime|runtime-deps|runtime)(?:-\d+\.\d+\.\d+)?(-[a-z][\w.-]*)?$/;

function readHubTag(tag: string): { readonly kind: Kind; readonly known: DotnetTag } | null {
  const [, version = '', patch = '', kind = '', suite = ''] = HUB.exec(tag) ?? [];
  // The long form counts the patches of the runtime.
  const sdk = kind === 'sdk' && !/-sdk-\d/.test(tag);
  const known = version === '' ? null : readDotnetTag(version + patch + suite, sdk);
  if (known === null || !/^[12]\./.test(known.version) || (kind === 'aspnetcore-runtime' && known.version < '2.1'))
    return null;
  return { kind: kind === 'aspnetcore-runtime' ? 'aspnet' : (kind as Kind), known };
}

const hub: ImageFamily = {
  source: SOURCE,
  describe: ({ tag }) => {
    const read = readHubTag(tag);
    return read && factsOf(read.kind, read.known);
  },
  smaller: ({ tag }) => {
    const read = readHubTag(tag);
    if (read?.kind !== 'sdk') return [];
    const { version, named } = read.known;
    return siblings(read.known, (kind) => {
      if (kind === 'aspnet') return version < '2.1' ? null : `microsoft/dotnet:${version}-aspnetcore-runtime${named}`;
      return `microsoft/dotnet:${version}-${kind}${named}`;
    });
  },
  documents: (tag) => (readHubTag(tag) === null ? null : SOURCE),
};

const KINDS = ['sdk', 'aspnet', 'runtime', 'runtime-deps'] as const;

/** Microsoft's .NET images under all their names: https://github.com/dotnet/dotnet-docker/blob/main/README.md */
export const dotnetFamilies: Readonly<Record<string, ImageFamily>> = {
  'microsoft/dotnet': hub,
  ...Object.fromEntries(
    KINDS.flatMap((kind) => [
      [
        `mcr.microsoft.com/dotnet/${kind}`,
        repository('mcr.microsoft.com/dotnet', kind, /^(2\.1|3\.1|[5-9]\.0|10\.0)$/),
      ],
      [
        `mcr.microsoft.com/dotnet/core/${kind}`,
        repository('mcr.microsoft.com/dotnet/core', kind, /^(2\.1|2\.2|3\.0|3\.1)$/),
      ],
    ]),
  ),
};
