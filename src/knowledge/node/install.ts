import { isWithin, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from '../ecosystem.ts';
import { isStandardFolder } from '../standard-folders.ts';
import { table } from '../table.ts';
import { GLOBAL_BUILDERS } from './builders.ts';
import { caches, folderOf } from './call.ts';
import { dependencyNames, type Manifest, readManifest } from './manifest.ts';
import { isImageBound, npmLibraries } from './native.ts';
import { needs } from './needs.ts';
import { outside } from './scripts.ts';
import { isWorkspace } from './workspaces.ts';

/** Scripts of the package itself that an install runs: https://docs.npmjs.com/cli/using-npm/scripts#npm-install */
const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

/** Packages whose own install scripts write into the project: https://www.prisma.io/docs/orm/prisma-client */
const WRITES_INTO_PROJECT = ['@prisma/client'];

/** True where an install without development dependencies is asked for. */
function omitsDevelopment(words: ParsedWords, call: ToolCall): boolean {
  const { flags } = words;
  if (flags.get('--production') === 'false' || flags.get('--include') === 'dev') return false;
  return (
    ['--production', '--prod', '-P', '--omit-dev'].some((flag) => flags.has(flag)) ||
    ['--omit', '--only'].some((flag) => /^(dev|prod|production)$/.test(String(flags.get(flag)))) ||
    call.env('NODE_ENV') === 'production'
  );
}

/** Yarn since 2 and Bun install all packages whatever NODE_ENV says: https://yarnpkg.com/migration/guide */
function leavesDevelopment(folder: string, manifest: Manifest | null, call: ToolCall, words: ParsedWords): boolean {
  const [program] = call.argv;
  const isModern =
    /^yarn@[2-9]/.test(String(manifest?.packageManager ?? '')) ||
    /^__metadata:/m.test(call.files.read(resolvePath(folder, 'yarn.lock')) ?? '');
  const isTold = program === 'yarn' && isModern ? isFocus(words) : program !== 'bun' || words.flags.has('--production');
  return isTold && omitsDevelopment(words, call);
}

/** Installs the dependencies of the project in a folder. */
export function installed(folder: string, call: ToolCall, words: ParsedWords): BuildEffect[] {
  const manifest = readManifest(folder, call.files);
  const modules = `${folder === '/' ? '' : folder}/node_modules`;
  const ignored = words.flags.has('--ignore-scripts');
  const bodies = LIFECYCLE.flatMap((name) => {
    const body = manifest?.scripts?.[name];
    return typeof body === 'string' && body.trim() !== '' && !ignored ? [body] : [];
  });
  const script = bodies.join('\n');
  const names = dependencyNames(omitsDevelopment(words, call) ? { ...manifest, devDependencies: {} } : manifest);
  const native = call.files.read(resolvePath(folder, 'binding.gyp')) !== null;
  const wide =
    manifest === null ||
    script !== '' ||
    native ||
    isWorkspace(folder, call.files) ||
    names.some((name) => WRITES_INTO_PROJECT.includes(name));
  const added = words.operands.length > (words.subcommand === null ? 1 : 0);
  // Without a dependency the folder is not made.
  const makesModules = manifest === null || added || names.length > 0;
  return [
    ...caches(call),
    ...(makesModules ? [{ kind: 'dependencies', path: modules } as const] : []),
    ...((wide || !makesModules) && folder !== '/' ? [{ kind: 'builds-in-place', folder } as const] : []),
    ...(manifest === null && folder === '/'
      ? [
          {
            kind: 'assumes',
            code: 'DF202',
            args: { command: 'the install scripts of package.json', where: modules },
          } as const,
        ]
      : []),
    ...needs(folder, call, words, leavesDevelopment(folder, manifest, call, words)),
    development(folder, manifest, call, words),
    ...(script === '' ? [] : [...outside(folder, call.files, script), { kind: 'runs', script, folder } as const]),
  ];
}

/** How each package manager drops what only development needs. */
const DROPS = table<string>({
  npm: 'npm prune --omit=dev',
  pnpm: 'pnpm prune --prod',
  yarn: 'yarn install --production --ignore-scripts --prefer-offline',
});

function development(folder: string, manifest: Manifest | null, call: ToolCall, words: ParsedWords): BuildEffect {
  const isModern = call.argv[0] === 'yarn' && /^yarn@[2-9]/.test(String(manifest?.packageManager ?? ''));
  const drop = isModern ? 'yarn workspaces focus --production' : (DROPS[call.argv[0] ?? ''] ?? 'npm prune --omit=dev');
  const names = omitsDevelopment(words, call) || isFocus(words) ? [] : Object.keys(manifest?.devDependencies ?? {});
  const packages = names
    .filter((name) => !name.startsWith('@types/'))
    .map((name) => ({
      name,
      programs: [...new Set([...(GLOBAL_BUILDERS[name] ?? []), name.slice(name.lastIndexOf('/') + 1)])],
    }));
  return { kind: 'development', path: `${folder === '/' ? '' : folder}/node_modules`, packages, drop };
}

/** `yarn workspaces focus --production` and the like. */
const isFocus = ({ operands }: ParsedWords): boolean => operands[0] === 'workspaces' && operands[1] === 'focus';

/** Programs that a global install of packages puts on the PATH, where each of them is known to serve the build alone. */
function buildersOf(packages: readonly (string | null)[]): readonly string[] | undefined {
  const names = packages.map((name) => name?.replace(/(?<=.)@.*$/s, '') ?? '');
  return names.length > 0 && names.every((name) => Object.hasOwn(GLOBAL_BUILDERS, name))
    ? names.flatMap((name) => GLOBAL_BUILDERS[name] ?? [])
    : undefined;
}

const REMOVES = ['uninstall', 'un', 'remove', 'rm', 'r', 'unlink'];
/** What Node's images bring along as global packages: https://github.com/nodejs/docker-node/blob/main/Dockerfile-debian.template */
const BROUGHT = ['npm', 'corepack'];

/** `@scope/name@1.2` without its version. */
function withoutVersion(spec: string): string {
  const at = spec.lastIndexOf('@');
  return at > spec.lastIndexOf('/') && at > 0 ? spec.slice(0, at) : spec;
}

/** A package by its place: https://docs.npmjs.com/cli/v11/commands/npm-install */
const isPath = (name: string): boolean => /^(file:|\.{0,2}\/)/.test(name) || isArchive(name);
const isArchive = (name: string): boolean => /\.(tgz|tar|tar\.gz)$/.test(name) && !/^https?:/.test(name);

/** Installs packages for the whole image. */
export function installedGlobally(call: ToolCall, packages: readonly (string | null)[]): BuildEffect[] {
  // A program of NODE_PATH is required by its name.
  const serves = call.env('NODE_PATH') === undefined ? buildersOf(packages) : undefined;
  const fromGit = packages.some(
    (name) => name !== null && /^(git\+|git:|github:)|\.git(#|$)|^[\w-]+\/[\w.-]+(#|$)/.test(name),
  );
  const names = packages.map((name) => withoutVersion(name ?? ''));
  const bound = names.find(isImageBound);
  const libraries = names.flatMap(npmLibraries);
  return [
    ...(bound === undefined ? [] : [{ kind: 'needs-image', because: `${bound} uses libraries of the image` } as const]),
    ...(libraries.length > 0
      ? [{ kind: 'needs-libraries', packages: libraries, because: 'npm packages' } as const]
      : []),
    ...caches(call),
    ...packages
      .filter((name) => name !== null && isPath(name) && name !== '.')
      .map(
        (name): BuildEffect => ({
          kind: 'reads',
          path: resolvePath(call.cwd, (name as string).replace(/^file:/, '')),
          tree: !isArchive(name as string),
        }),
      ),
    { kind: 'restate', why: 'installs programs for the whole image', ...(serves === undefined ? {} : { serves }) },
    ...(fromGit ? [{ kind: 'starts', program: 'git' } as const] : []),
  ];
}

export const isGlobal = (words: ParsedWords): boolean =>
  words.flags.has('-g') || words.flags.has('--global') || words.flags.get('--location') === 'global';

/** Links the package of a folder for the whole image: it is there already, and its own scripts run once more. */
export function linksItself(folder: string, call: ToolCall): BuildEffect[] {
  const manifest = readManifest(folder, call.files);
  if (manifest === null) return [{ kind: 'unknown', why: 'package.json cannot be read', outside: true }];
  const builds = LIFECYCLE.some((name) => manifest.scripts?.[name] !== undefined);
  return builds || call.files.read(resolvePath(folder, 'binding.gyp')) !== null
    ? [{ kind: 'unknown', why: 'the scripts of the package run where it is linked', outside: true }]
    : [{ kind: 'reads', path: folder, tree: true }, ...installedGlobally(call, ['.'])];
}

export function install(call: ToolCall, words: ParsedWords): BuildEffect[] {
  if (!isGlobal(words)) return installed(folderOf(words, call), call, words);
  if (words.operands.length === 1 && words.operands[0] === '.') return linksItself(folderOf(words, call), call);
  const [local] = words.operands.filter((name) => name !== null && isPath(name)) as string[];
  if (words.operands.length === 1 && local !== undefined && !isArchive(local))
    return linksItself(resolvePath(call.cwd, local.replace(/^file:/, '')), call);
  const isTaken =
    REMOVES.includes(words.subcommand ?? '') && words.operands.some((name) => BROUGHT.includes(name ?? ''));
  return isTaken
    ? [...caches(call), { kind: 'restate', why: 'takes programs of the image away' }]
    : inPrefix(installedGlobally(call, words.operands), words, call);
}

/**
 * A prefix of one's own has all that a global install brings, and is carried: `lib/node_modules` and `bin` lie in it.
 * https://docs.npmjs.com/cli/v11/configuring-npm/folders
 */
function inPrefix(effects: BuildEffect[], { flags }: ParsedWords, call: ToolCall): BuildEffect[] {
  const stated = call.env('NPM_CONFIG_PREFIX') ?? call.env('npm_config_prefix');
  if (stated == null || !/^\/./.test(stated) || flags.has('--prefix')) return effects;
  const path = resolvePath('/', stated);
  if (isStandardFolder(path) || isWithin(call.home, path) || isWithin(call.cwd, path)) return effects;
  return effects.map((effect): BuildEffect => {
    if (effect.kind !== 'restate') return effect;
    return effect.serves === undefined
      ? { kind: 'dependencies', path }
      : { kind: 'program-data', path, programs: effect.serves };
  });
}
