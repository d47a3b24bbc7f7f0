import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ToolRule } from '../ecosystem.ts';

/** Conan and vcpkg bring libraries for the compiler; whether programs link them statically is a setting of theirs. */
export const packagerRules: readonly ToolRule[] = [
  {
    // https://docs.conan.io/2/reference/commands/install.html
    id: 'conan',
    tools: ['conan'],
    subcommands: ['install', 'profile', 'config', 'remote', 'create', 'build'],
    valueFlags: ['-of', '--output-folder', '-if', '--install-folder', '-s', '-o', '-pr', '--profile', '-b', '--build'],
    says: 'fetches libraries for the compiler',
    example: 'conan install . --output-folder=build',
    read: (call, words) => {
      const at =
        words.flags.get('-of') ??
        words.flags.get('--output-folder') ??
        words.flags.get('-if') ??
        words.flags.get('--install-folder');
      if (at === null) return [{ kind: 'unknown', why: 'where it writes is not known' }];
      const home: BuildEffect[] = ['.conan', '.conan2'].map((name) => ({
        kind: 'toolchain',
        path: call.env('CONAN_HOME') ?? resolvePath(call.home, name),
      }));
      if (!['install', 'create', 'build'].includes(words.subcommand ?? '')) return home;
      return [
        ...home,
        { kind: 'builds-in-place', folder: typeof at === 'string' ? resolvePath(call.cwd, at) : call.cwd },
        { kind: 'assumes', code: 'DF307', args: { what: 'what conan installs' }, installs: true },
      ];
    },
  },
  {
    // https://learn.microsoft.com/en-us/vcpkg/get_started/get-started: it fetches the program into its own folder.
    id: 'bootstrap',
    tools: ['bootstrap-vcpkg.sh'],
    subcommands: null,
    says: 'sets up vcpkg',
    example: './vcpkg/bootstrap-vcpkg.sh',
    read: (call) => {
      const folder = resolvePath(call.cwd, (call.argv[0] ?? '').slice(0, -'bootstrap-vcpkg.sh'.length) || '.');
      // What was cloned there serves the build alone.
      return [
        { kind: 'supersedes', path: folder },
        { kind: 'toolchain', path: folder },
      ];
    },
  },
  {
    // https://learn.microsoft.com/en-us/vcpkg/users/platforms/linux: the triplets of Linux are static unless another is named.
    id: 'vcpkg',
    tools: ['vcpkg'],
    subcommands: ['install', 'integrate', 'update', 'list', 'x-update-baseline'],
    valueFlags: ['--triplet', '--x-install-root', '--overlay-ports', '--vcpkg-root', '--x-manifest-root'],
    says: 'builds libraries for the compiler',
    example: 'vcpkg install fmt',
    read: (call, words) => {
      const triplet = words.flags.get('--triplet') ?? call.env('VCPKG_DEFAULT_TRIPLET');
      const names = words.operands.map((word) => /:([\w-]+)$/.exec(word ?? '')?.[1]);
      if (
        [triplet, ...names].some(
          (name) => name !== undefined && (typeof name !== 'string' || /dynamic|release/.test(name)),
        )
      )
        return [{ kind: 'unknown', why: 'how it links is not known' }];
      const root = call.env('VCPKG_ROOT') ?? call.argv[0]?.replace(/\/vcpkg$/, '');
      const path = root?.startsWith('/') ? root : resolvePath(call.cwd, 'vcpkg_installed');
      return [
        { kind: 'toolchain', path },
        { kind: 'cache', path: resolvePath(call.home, '.cache/vcpkg') },
      ];
    },
  },
];
