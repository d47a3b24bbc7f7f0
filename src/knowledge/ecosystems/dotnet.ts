import { resolvePath } from '../../syntax/paths.ts';
import { type DotnetProject, findProject } from '../dotnet-project.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { someSource } from '../some-source.ts';

const VALUES = (
  '-o --output -c --configuration -f --framework -r --runtime --os -a --arch -v --verbosity --source -s --packages ' +
  '--configfile --version-suffix --artifacts-path --tool-path --version --add-source -n --name --logger -l --results-directory ' +
  '--property -p --project --manifest --lock-file-path --target --collect --settings --filter'
).split(' ');

/**
 * What only the SDK can do: https://learn.microsoft.com/dotnet/core/tools/dotnet#dotnet-commands,
 * https://learn.microsoft.com/visualstudio/msbuild/find-and-use-msbuild-versions. A call by the name alone may be one of them.
 */
const OF_THE_SDK = {
  name: /\.(cs|fs|vb|(cs|fs|vb)proj|props)$/,
  text: /\b(Start|StartInfo|ProcessStartInfo|Execute|ExecuteAsync|Run|RunAsync|Wrap|Exec)\(\s{0,40}"dotnet(\.exe)?"|\bFileName ?= ?"dotnet(\.exe)?"|"dotnet (restore|build|publish|run|new|test|pack|msbuild|tool|nuget|add|sln)\b|\bMicrosoft\.Build\.Locator\b/,
  besides: /^(bin|obj|\.git|node_modules|[\w.-]*[Tt]ests?)\/$/,
};

/** Frameworks that an application looks for when it starts, by the names that `dotnet --list-runtimes` prints. */
const starts = (program: string): BuildEffect => ({ kind: 'starts', program });

/** The value of an option or of a property: `-o x`, `--output=x`, `-p:PublishDir=x`, `/p:PublishDir=x`. */
function valueOf(words: ParsedWords, names: readonly string[]): string | null | undefined {
  for (const name of names) {
    const value = words.flags.get(name);
    if (value !== undefined) return value === true ? null : value;
  }
  return undefined;
}

/** MSBuild's own switches: `/p:Name=Value`, `-property:Name=Value`, `-p Name=Value`. */
function properties(call: ToolCall): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [index, word] of call.argv.entries()) {
    const text = /^(-p|--property)$/.test(word ?? '') ? `-p:${call.argv[index + 1] ?? ''}` : (word ?? '');
    const match = /^[-/]{1,2}p(?:roperty)?:(\w+)=(.*)$/.exec(text);
    if (match !== null) found.set((match[1] as string).toLowerCase(), (match[2] as string).replace(/^["']|["']$/g, ''));
  }
  return found;
}

const isSwitch = (word: string): boolean => /^\/([A-Za-z]+:|(nologo|restore|r|m|t|v)$)/.test(word);

function caches(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const packages = valueOf(words, ['--packages']) ?? call.env('NUGET_PACKAGES');
  return [
    typeof packages === 'string' ? resolvePath(call.cwd, packages) : resolvePath(call.home, '.nuget'),
    resolvePath(call.home, '.local/share/NuGet'),
    resolvePath(call.home, '.dotnet'),
    '/tmp/NuGetScratch',
    '/tmp/VBCSCompiler',
  ].map((path) => ({ kind: 'cache', path }));
}

/** https://learn.microsoft.com/dotnet/core/tools/dotnet-publish: self-contained, with the framework in the output. */
function isSelfContained(call: ToolCall, words: ParsedWords, project: DotnetProject): boolean {
  const set = properties(call);
  const flag = call.argv.findIndex((word) => word === '--self-contained' || word === '--sc');
  if (words.flags.has('--no-self-contained') || set.get('selfcontained') === 'false') return false;
  if (flag >= 0) return call.argv[flag + 1] !== 'false';
  const stated = words.flags.get('--self-contained') ?? words.flags.get('--sc');
  if (stated !== undefined) return stated === 'true' || stated === true;
  return (
    ['selfcontained', 'publishaot', 'publishselfcontained', 'publishtrimmed'].some(
      (name) => set.get(name) === 'true',
    ) || project.selfContained
  );
}

function majorOf(call: ToolCall): number {
  return Number(/^(\d+)/.exec(call.memory.get('image-version') ?? '')?.[1] ?? 8);
}

/** The folder of the result. Up to SDK 2 a relative one lies in the folder of the project. */
function outputOf(call: ToolCall, words: ParsedWords, project: DotnetProject, publishes: boolean): BuildEffect[] {
  const set = properties(call);
  const given = valueOf(words, ['-o', '--output']);
  const directory = set.get(publishes ? 'publishdir' : 'outdir');
  const artifact = (path: string): BuildEffect[] => [{ kind: 'artifact', path, tree: true, linkage: 'unknown' }];
  if (given === null || call.argv.filter((word) => word === null).length > words.outlines.size)
    return [{ kind: 'unknown', why: 'where it publishes to is not known' }];
  if (given !== undefined) {
    const ofProject = majorOf(call) < 3;
    if (ofProject && !given.startsWith('/') && !project.single && project.folder !== call.cwd)
      return [{ kind: 'builds-in-place', folder: project.folder }];
    return artifact(resolvePath(ofProject ? project.folder : call.cwd, given));
  }
  if (directory !== undefined && project.single) return artifact(resolvePath(project.folder, directory));
  const artifacts = valueOf(words, ['--artifacts-path']);
  if (typeof artifacts === 'string') return artifact(resolvePath(call.cwd, artifacts));
  if (!project.single || directory !== undefined || set.has('outputpath') || set.has('baseoutputpath'))
    return [{ kind: 'builds-in-place', folder: project.folder }];
  const bin = resolvePath(project.folder, 'bin');
  const configuration = valueOf(words, ['-c', '--configuration']) ?? set.get('configuration');
  const framework = valueOf(words, ['-f', '--framework']) ?? project.framework;
  const runtime = valueOf(words, ['-r', '--runtime']);
  const exact =
    project.usualFolders && configuration && framework && !words.flags.has('--os') && !words.flags.has('-a');
  if (!publishes || !exact)
    return project.usualFolders ? artifact(bin) : [{ kind: 'builds-in-place', folder: project.folder }];
  return artifact([bin, configuration, framework, ...(runtime ? [runtime] : []), 'publish'].join('/'));
}

function build(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const publishes = words.subcommand === 'publish';
  const operands = words.operands.filter((word) => word === null || (!isSwitch(word) && !/^(true|false)$/.test(word)));
  if (operands.includes(null)) return [{ kind: 'unknown', why: 'which project it builds is not known' }];
  const project = findProject(operands[0] as string | undefined, call.cwd, call.files);
  const output = outputOf(call, words, project, publishes);
  const made = output.find((effect) => effect.kind === 'artifact');
  const earlier = call.memory.get('dotnet-build');
  const path = made?.kind === 'artifact' ? made.path : '';
  if (!publishes && path !== '') call.memory.set('dotnet-build', path);
  return [
    ...caches(call, words),
    // Before 3.0 a build left its packages where they are: https://learn.microsoft.com/dotnet/core/tools/dotnet-build
    ...(!publishes && majorOf(call) < 3
      ? [{ kind: 'dependencies', path: resolvePath(call.home, '.nuget/packages') } as const]
      : []),
    { kind: 'compiles', folder: call.cwd === '/' ? project.folder : call.cwd },
    { kind: 'intermediate', path: resolvePath(project.folder, 'obj') },
    ...output,
    // What is published is complete: the result of a build before it serves the publishing alone.
    ...(publishes && earlier !== undefined && earlier !== path ? [{ kind: 'supersedes', path: earlier } as const] : []),
    ...(isSelfContained(call, words, project) ? [] : frameworks(project)),
    ...(someSource(call.cwd === '/' ? project.folder : call.cwd, OF_THE_SDK, call.files)
      ? [starts('Microsoft.NET.Sdk')]
      : []),
  ];
}

const frameworks = (project: DotnetProject): BuildEffect[] => [
  starts('Microsoft.NETCore.App'),
  ...(project.plain ? [] : [starts('Microsoft.AspNetCore.App')]),
];

function tool(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const [verb] = words.operands;
  if (verb === 'list' || verb === 'search') return [{ kind: 'checks' }];
  const path = valueOf(words, ['--tool-path']);
  if (path === null || verb === null) return [{ kind: 'unknown', why: 'where it installs to is not known' }];
  const folder = path === undefined ? resolvePath(call.home, '.dotnet/tools') : resolvePath(call.cwd, path);
  if (verb === 'restore') return caches(call, words);
  const frameworksOfTool = [starts('Microsoft.NETCore.App'), starts('Microsoft.AspNetCore.App')];
  return path === undefined
    ? [...caches(call, words), { kind: 'toolchain', path: folder }]
    : [{ kind: 'artifact', path: folder, tree: true, linkage: 'unknown' }, ...frameworksOfTool];
}

/** .NET with its SDK: https://learn.microsoft.com/dotnet/core/tools/ */
export const dotnet: Ecosystem = {
  id: 'dotnet',
  docs: 'https://learn.microsoft.com/dotnet/core/tools/dotnet',
  interpreted: false,
  compileInput: (path) =>
    /\.((cs|fs|vb)(proj|x)?|fsi|csproj\.user|slnx?|slnf|props|targets|resx|razor|ruleset|runsettings)$/i.test(path) ||
    /(^|\/)(global\.json|nuget\.config|packages\.lock\.json|launchSettings\.json|dotnet-tools\.json|\.editorconfig|libman\.json|omnisharp\.json)$/i.test(
      path,
    ) ||
    /(^|\/)obj\//.test(path),
  sourcePath: /CallerFilePath|MSBuildProjectDirectory\)(?:(?!MSBuildProjectDirectory\))[^"<])*<\/(?!Exec)\w*(Path|Dir)/,
  launches: (argv) => (argv[0] === 'dotnet' && /\.dll$/i.test(argv[1] ?? '') ? (argv[1] ?? null) : null),
  // `dotnet App.dll` runs what was made; any other form compiles.
  runsArtifact: (argv) => argv[0] === 'dotnet' && (/\.(dll|exe)$/i.test(argv[1] ?? '') || argv[1] === 'exec'),
  rules: [
    {
      id: 'build',
      tools: ['dotnet'],
      subcommands: ['publish', 'build', 'msbuild'],
      valueFlags: VALUES,
      // https://learn.microsoft.com/dotnet/core/project-sdk/msbuild-props#package-properties
      openFlags: /^[-/]{1,2}p(roperty)?:(\w*Version(Prefix|Suffix)?|SourceRevisionId|Copyright|RepositoryCommit)$/i,
      says: 'compiles the application',
      example: 'dotnet publish -c Release -o /app',
      read: (call, words) =>
        words.subcommand === 'msbuild'
          ? [{ kind: 'unknown', why: 'what its target makes is not known' }]
          : build(call, words),
    },
    {
      id: 'restore',
      tools: ['dotnet'],
      subcommands: [
        'restore',
        'clean',
        'test',
        'vstest',
        'format',
        'build-server',
        'workload',
        'sln',
        'add',
        'remove',
        'list',
        'help',
        'nuget',
      ],
      valueFlags: VALUES,
      says: 'fetches packages, or only looks or tests',
      example: 'dotnet restore',
      read: (call, words) => {
        const operand = words.operands.find((word) => typeof word === 'string' && !isSwitch(word));
        const project = findProject(
          words.subcommand === 'restore' ? (operand ?? undefined) : undefined,
          call.cwd,
          call.files,
        );
        return [
          ...caches(call, words),
          { kind: 'compiles', folder: call.cwd === '/' ? project.folder : call.cwd },
          ...['obj', 'bin', 'TestResults'].map(
            (name): BuildEffect => ({ kind: 'intermediate', path: resolvePath(project.folder, name) }),
          ),
        ];
      },
    },
    {
      id: 'tool',
      tools: ['dotnet'],
      subcommands: ['tool'],
      valueFlags: VALUES,
      says: 'installs a tool',
      example: 'dotnet tool install --global dotnet-ef',
      read: tool,
    },
    {
      id: 'dev-certs',
      tools: ['dotnet'],
      subcommands: ['dev-certs'],
      says: 'makes a certificate for development',
      example: 'dotnet dev-certs https',
      read: (call, words) => {
        const path = words.flags.get('-ep') ?? words.flags.get('--export-path');
        const operand = words.operands.at(-1);
        const file = typeof path === 'string' ? path : operand;
        if (path === undefined || typeof file !== 'string')
          return [{ kind: 'dependencies', path: resolvePath(call.home, '.dotnet/corefx') }];
        return [{ kind: 'writes', path: resolvePath(call.cwd, file), tree: false }];
      },
    },
    {
      id: 'dotnet',
      tools: ['dotnet'],
      subcommands: null,
      valueFlags: VALUES,
      says: 'runs the SDK',
      example: 'dotnet --info',
      read: (_call, words) =>
        words.operands.length === 0
          ? [{ kind: 'checks' }]
          : [{ kind: 'unknown', why: `what dotnet ${words.operands[0] ?? '…'} does here is not known` }],
    },
  ],
};
