import { withoutBlocks } from '../syntax/comments.ts';
import { baseName, parentFolder, resolvePath } from '../syntax/paths.ts';
import type { ImageFiles } from './ecosystem.ts';

/** What MSBuild files tell of an application; null where they do not. */
export interface DotnetProject {
  readonly folder: string;
  /** Of a solution, and of a project that cannot be read, what it makes is not known. */
  readonly single: boolean;
  readonly selfContained: boolean;
  /** The program runs on the plain framework, without that of ASP.NET. */
  readonly plain: boolean;
  /** `net8.0`, where there is one and it is a constant. */
  readonly framework: string | null;
  /** Nothing read moves `bin` and `obj` from their places. */
  readonly usualFolders: boolean;
}

const PROJECT = /\.(cs|fs|vb)proj$/;
const SOLUTION = /\.slnx?$/;
/** Packages that bring no framework along, by their documentation on https://www.nuget.org. */
const PLAIN_PACKAGE =
  /^(Microsoft\.Extensions\.(Hosting|Logging|Configuration|DependencyInjection|Options|Http|Caching\.Memory)(\.(?!Identity)\w+)*|System\.\w+(\.\w+)*|Newtonsoft\.Json|StackExchange\.Redis|Npgsql|Dapper|CommandLineParser|Microsoft\.NETCore\.App)$/;
const PLAIN_SDK = /<Project\s[^<>]*Sdk\s*=\s*"Microsoft\.NET\.Sdk(\.Worker)?"/;

/** The project that a command's operand, or the folder it runs in, stands for. */
export function findProject(operand: string | undefined, cwd: string, files: ImageFiles): DotnetProject {
  const given = operand === undefined ? cwd : resolvePath(cwd, operand);
  const named = PROJECT.test(given) || SOLUTION.test(given);
  const folder = named ? parentFolder(given) : given;
  const inside = named ? [] : (files.list(folder) ?? []).filter((name) => PROJECT.test(name) || SOLUTION.test(name));
  const file = named ? given : inside.length === 1 ? resolvePath(folder, inside[0] as string) : null;
  const text = file === null || SOLUTION.test(file) ? null : files.read(file);
  const own = text === null || text.trim() === '' ? null : text;
  return read(folder, own, own === null ? [] : shared(folder, files));
}

function read(folder: string, own: string | null, around: readonly string[]): DotnetProject {
  if (own === null)
    return { folder, single: false, selfContained: false, plain: false, framework: null, usualFolders: false };
  const all = withoutBlocks([own, ...around].join('\n'), '<!--', '-->');
  const isTrue = (name: string): boolean => new RegExp(`<${name}>\\s*true\\s*</${name}>`, 'i').test(all);
  const packages = [
    ...all.matchAll(/<(?:PackageReference|PackageVersion)\s[^<>]*(?:Include|Update)\s*=\s*"([^"<]+)"/g),
  ];
  const conditional =
    /<(SelfContained|PublishAot|PublishSelfContained|TargetFramework|RuntimeIdentifier)\s[^<>]*Condition/.test(all);
  const framework = /<TargetFramework>\s*([\w.-]+)\s*<\/TargetFramework>/.exec(all)?.[1] ?? null;
  return {
    folder,
    single: true,
    selfContained:
      !conditional && ['SelfContained', 'PublishAot', 'PublishSelfContained', 'PublishTrimmed'].some(isTrue),
    plain:
      PLAIN_SDK.test(own) &&
      !/<(FrameworkReference|ProjectReference|Import|Sdk)\b/.test(all) &&
      packages.every((match) => PLAIN_PACKAGE.test(match[1] as string)),
    framework: conditional || /<TargetFrameworks>/.test(all) ? null : framework,
    usualFolders:
      !/<(BaseOutputPath|OutputPath|OutDir|PublishDir|UseArtifactsOutput|ArtifactsPath|AppendTargetFrameworkToOutputPath|Import)\b/.test(
        all,
      ) && !/<RuntimeIdentifiers?>/.test(all),
  };
}

/** Directory.Build.props and its kin in the folder and above it, which every project below reads. */
function shared(folder: string, files: ImageFiles): string[] {
  const found: string[] = [];
  for (let at = folder; ; at = parentFolder(at)) {
    for (const name of ['Directory.Build.props', 'Directory.Build.targets', 'Directory.Packages.props']) {
      const text = files.read(resolvePath(at, name));
      if (text !== null) found.push(text === '' ? '<Import />' : text);
    }
    if (at === '/' || baseName(at) === '') return found;
  }
}
