import { type CommandEntry, type Effect, operandsOf, unknownArguments } from '../command.ts';
import { type InstallForm, installEffects, packageFiles, removedNames } from './install-words.ts';

// https://man7.org/linux/man-pages/man8/yum.8.html, https://dnf.readthedocs.io/en/latest/command_ref.html
const VALUES = (
  '-c --config -d --debuglevel -e --errorlevel -x --exclude --excludepkgs --enablerepo --disablerepo --repo --repoid ' +
  '--setopt --releasever --arch --forcearch --downloaddir --destdir --comment --advisory --cacheonly-dir --disableplugin --enableplugin'
).split(' ');
const INSTALLS = ['install', 'localinstall', 'install-n', 'install-na', 'install-nevra', 'reinstall', 'in'];
const GROUPS = ['groupinstall', 'group'];
const REMOVES = ['remove', 'erase', 'autoremove', 'rm'];

const upgrade: Effect = { kind: 'runtime-state', what: 'the installed packages' };
const sources: Effect = { kind: 'runtime-state', what: 'the package sources' };

/** `httpd-devel.x86_64`; a version stands behind a hyphen, as parts of a name do. */
const name: InstallForm['name'] = (word) => ({
  name: word.replace(/\.(x86_64|i[36]86|noarch|aarch64)$/, ''),
  version: null,
});
const form: InstallForm = { manager: 'yum', verbs: INSTALLS, valueFlags: VALUES, roots: ['--installroot'], name };

const yum: CommandEntry['read'] = ({ argv }) => {
  const { operands } = operandsOf(argv, [...VALUES, '--installroot']);
  const [verb, ...rest] = operands;
  if (verb == null) return unknownArguments;
  if (INSTALLS.includes(verb)) {
    const effects = installEffects(argv, form);
    // A package of the repositories' own settings: epel-release, centos-release-scl.
    const settles = effects.some(
      (effect) => effect.kind === 'installs' && effect.packages.some(({ name: one }) => /-release(-|$)/.test(one)),
    );
    return settles ? [...effects, sources] : effects;
  }
  if (GROUPS.includes(verb)) {
    if (verb === 'group' && rest[0] !== 'install') return rest[0] === 'remove' ? [upgrade] : [{ kind: 'prints' }];
    const groups = installEffects(argv, {
      ...form,
      verbs: verb === 'group' ? ['install'] : GROUPS,
      name: (word) => ({ name: `@${word.replace(/^@/, '')}`, version: null }),
    });
    return groups.map((effect) => (effect.kind === 'installs' ? joined(effect, argv) : effect));
  }
  if (REMOVES.includes(verb)) {
    if (rest.includes(null)) return unknownArguments;
    // https://dnf.readthedocs.io/en/latest/conf_ref.html: clean_requirements_on_remove is set, which yum does not do.
    const orphans = verb === 'autoremove' || !/(^|\/)yum$/.test(argv[0] ?? '');
    return [{ kind: 'removes-packages', manager: 'yum', packages: removedNames(rest), orphans }];
  }
  if (['update', 'upgrade', 'up', 'upgrade-minimal', 'distro-sync', 'swap', 'downgrade', 'shell'].includes(verb))
    return [{ kind: 'network' }, upgrade];
  if (verb === 'makecache' || verb === 'check-update') return [{ kind: 'updates-index', manager: 'yum' }];
  if (verb === 'clean') return [{ kind: 'cleans-cache' }];
  if (['config-manager', 'copr', 'module', 'config', 'repository-packages'].includes(verb)) return [sources];
  if (verb === 'builddep') return [{ kind: 'unknown', why: 'which packages it installs is not known' }];
  if (verb === 'download') return [{ kind: 'network' }, { kind: 'writes', path: '.', tree: true }];
  return [{ kind: 'prints' }];
};

/** The name of a group has spaces, and is one word of the call. */
function joined(effect: Extract<Effect, { kind: 'installs' }>, argv: readonly (string | null)[]): Effect {
  const words = [...new Set(effect.packages.map(({ word }) => word))];
  return {
    ...effect,
    packages: words.map((word) => ({ name: `@${(argv[word] ?? '').replace(/^@/, '')}`, word, version: null })),
  };
}

// https://rpm.org/docs/latest/man/rpm.8
const rpm: CommandEntry['read'] = ({ argv }) => {
  const { flags, operands, unknown } = operandsOf(argv, ['--root', '--dbpath', '--prefix', '-D', '--define']);
  const has = (...names: string[]): boolean => names.some((one) => flags.has(one));
  if (has('-q', '--query', '-V', '--verify', '-K', '--checksig', '--eval', '-E', '--version'))
    return [{ kind: 'prints' }];
  if (has('--import')) return [{ kind: 'network' }, sources];
  if (has('--rebuilddb', '--initdb', '--setperms', '--restore')) return [upgrade];
  if (unknown || has('--root', '--dbpath')) return unknownArguments;
  if (has('-e', '--erase'))
    return [{ kind: 'removes-packages', manager: 'yum', packages: removedNames(operands), orphans: false }];
  if (has('-i', '--install', '-U', '--upgrade', '-F', '--freshen', '--reinstall'))
    return [{ kind: 'network' }, ...packageFiles(operands as string[])];
  return unknownArguments;
};

/** Managers of distributions whose packages are not known here: what they install stays where it was installed. */
const stays =
  (installs: RegExp, cleans: RegExp): CommandEntry['read'] =>
  ({ argv }) => {
    const line = argv.slice(1).join(' ');
    if (argv.includes(null)) return unknownArguments;
    if (cleans.test(line)) return [{ kind: 'cleans-cache' }];
    const foreign = { kind: 'runtime-state', what: 'the installed packages', foreign: true } as const;
    return installs.test(line) ? [{ kind: 'network' }, foreign] : [{ kind: 'prints' }];
  };

export const rpmCommands: readonly CommandEntry[] = [
  { entry: 'commands/rpm#yum', names: ['yum', 'dnf', 'microdnf', 'tdnf', 'dnf5', 'dnf-3'], read: yum },
  { entry: 'commands/rpm#rpm', names: ['rpm'], read: rpm },
  {
    entry: 'commands/rpm#repository',
    names: ['yum-config-manager', 'subscription-manager', 'dnf-config-manager', 'rpmkeys'],
    read: () => [sources],
  },
  {
    entry: 'commands/rpm#repoquery',
    names: ['repoquery', 'package-cleanup', 'needs-restarting'],
    read: () => [upgrade],
  },
  {
    // https://github.com/rpm-software-management/yum-utils
    entry: 'commands/rpm#yumdownloader',
    names: ['yumdownloader', 'reposync'],
    read: () => [{ kind: 'network' }, { kind: 'writes', path: '.', tree: true }],
  },
  {
    // https://en.opensuse.org/SDB:Zypper_manual
    entry: 'commands/rpm#zypper',
    names: ['zypper'],
    read: stays(
      /(^|\s)(in|install|rm|remove|up|update|dup|dist-upgrade|patch|ar|addrepo|rr|ref|refresh|mr|modifyrepo|al|addlock|source-install|si|inr)(\s|$)/,
      /(^|\s)(cc|clean)(\s|$)/,
    ),
  },
  {
    // https://man.archlinux.org/man/pacman.8
    entry: 'commands/rpm#pacman',
    names: ['pacman', 'pacman-key', 'yay', 'emerge', 'xbps-install', 'opkg', 'swupd', 'tce-load', 'nix-env'],
    read: stays(/./, /^-Sc+\b/),
  },
];
