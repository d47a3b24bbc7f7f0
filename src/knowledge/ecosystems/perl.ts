import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ToolCall } from '../ecosystem.ts';
import { table } from '../table.ts';

/** Modules that link a library of the system, by their documentation on https://metacpan.org */
const SYSTEM_LIBRARIES = table<string>({
  'DBD::Pg': 'libpq5',
  'DBD::mysql': 'libmariadb3',
  'XML::LibXML': 'libxml2-dev',
  'XML::Parser': 'libexpat1',
  'Net::SSLeay': 'libssl-dev',
  GD: 'libgd-dev',
});

function install(call: ToolCall): BuildEffect[] {
  const names = call.argv.slice(1).filter((word): word is string => /^[A-Z]\w*(::\w+)*$/.test(word ?? ''));
  const at = call.argv.findIndex((word) => /^(-l|-L|--local-lib|--local-lib-contained)$/.test(word ?? ''));
  const folder = at > 0 ? call.argv[at + 1] : undefined;
  if (folder === null || call.argv.includes(null)) return [{ kind: 'unknown', why: 'where it installs is not known' }];
  const own =
    call.image?.interpreter === 'perl' ? ['/usr/local/lib/perl5/site_perl', '/usr/local/bin'] : ['/usr/local'];
  const paths = folder === undefined ? own : [resolvePath(call.cwd, folder)];
  const needs = names.flatMap((name) => SYSTEM_LIBRARIES[name] ?? []);
  return [
    { kind: 'cache', path: resolvePath(call.home, '.cpanm') },
    ...paths.map((path): BuildEffect => ({ kind: 'dependencies', path })),
    ...(needs.length > 0 ? [{ kind: 'needs-libraries', packages: needs, because: names.join(', ') } as const] : []),
    // Modules bring others along, and no file says which.
    { kind: 'assumes', code: 'DF307', args: { what: names.join(', ') || 'the list of modules' } },
  ];
}

/**
 * Writes a makefile whose `install` fills the site folders of the Perl that runs it, which Debian has below /usr/local:
 * https://metacpan.org/dist/ExtUtils-MakeMaker/view/lib/ExtUtils/MakeMaker.pm, https://www.debian.org/doc/packaging-manuals/perl-policy/
 */
function makeMaker(call: ToolCall): BuildEffect[] {
  const settings = call.argv.slice(2);
  const base = settings.flatMap((word) => /^(?:INSTALL_BASE|PREFIX)=(\/.*)$/.exec(word ?? '')?.[1] ?? []);
  const elsewhere = settings.some((word) => word === null || /^(DESTDIR|INSTALL|LIB\b|SITE|VENDOR)/.test(word));
  const into = elsewhere ? '' : (base[0] ?? '/usr/local');
  call.memory.set(`makefile:${call.cwd}`, call.cwd);
  if (into === '' || base.length > 0 || call.image?.interpreter == null)
    call.memory.set(`installs-into:${call.cwd}`, into);
  return [
    { kind: 'compiles', folder: call.cwd },
    { kind: 'builds-in-place', folder: call.cwd },
  ];
}

/** Perl with cpanm and Carton: https://metacpan.org/dist/App-cpanminus/view/bin/cpanm */
export const perl: Ecosystem = {
  id: 'perl',
  docs: 'https://metacpan.org/dist/App-cpanminus/view/bin/cpanm',
  interpreted: true,
  compileInput: () => false,
  rules: [
    {
      id: 'cpanm',
      tools: ['cpanm'],
      subcommands: null,
      says: 'installs modules',
      example: 'cpanm --installdeps .',
      read: install,
    },
    {
      id: 'makemaker',
      tools: ['perl'],
      subcommands: ['Makefile.PL'],
      says: 'prepares the build of a module',
      example: 'perl Makefile.PL INSTALL_BASE=/opt/app',
      read: makeMaker,
    },
    {
      id: 'carton',
      tools: ['carton'],
      subcommands: ['install'],
      says: 'installs the locked modules',
      example: 'carton install --deployment',
      // https://metacpan.org/dist/Carton/view/script/carton
      read: (call) => [
        { kind: 'cache', path: resolvePath(call.home, '.cpanm') },
        { kind: 'dependencies', path: `${call.cwd}/local` },
        { kind: 'builds-in-place', folder: call.cwd },
        { kind: 'assumes', code: 'DF307', args: { what: 'what the modules of cpanfile link' } },
      ],
    },
  ],
};
