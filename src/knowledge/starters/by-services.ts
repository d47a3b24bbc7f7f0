import { resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import type { Start, Starter, Words } from '../starter.ts';

/** A service, where its settings lie, and what in them starts a program. */
interface Service {
  readonly programs: readonly string[];
  readonly docs: string;
  /** Files, and folders of files with a slash behind them. */
  readonly places: readonly string[];
  /** The command lines that settings of its name. */
  readonly commands: (settings: string) => readonly string[];
}

/** The first group of a pattern, wherever it is found. */
const told =
  (pattern: RegExp) =>
  (settings: string): readonly string[] =>
    [...settings.matchAll(pattern)].map(([, command = '']) => command);

const ofUnits = told(/^Exec\w+=[-@:+!]*(.+)$/gm);
const ofInittab = told(/^[^:#\s]*:[^:\s]*:[a-z]+:(.+)$/gm);

const services: readonly Service[] = [
  {
    programs: ['monit'],
    docs: 'https://mmonit.com/monit/documentation/monit.html',
    places: ['/etc/monit/monitrc', '/etc/monitrc', '/etc/monit/conf.d/', '/etc/monit/conf-enabled/', '/etc/monit.d/'],
    commands: told(/\b(?:path|exec|program)[ \t=]*["']([^"'\n]+)["']/g),
  },
  {
    programs: ['anacron'],
    docs: 'https://manpages.debian.org/anacrontab.5',
    places: ['/etc/anacrontab'],
    commands: told(/^[ \t]*(?:\d+|@\w+)[ \t]+\d+[ \t]+\S+[ \t]+(.+)$/gm),
  },
  {
    programs: ['incrond'],
    docs: 'https://manpages.debian.org/incrontab.5',
    places: ['/etc/incron.d/', '/var/spool/incron/'],
    commands: told(/^[ \t]*\/\S+[ \t]+\S+[ \t]+(.+)$/gm),
  },
  {
    programs: ['xinetd'],
    docs: 'https://manpages.debian.org/xinetd.conf.5',
    places: ['/etc/xinetd.conf', '/etc/xinetd.d/'],
    commands: told(/\bserver[ \t]*=[ \t]*(\S.*)/g),
  },
  {
    programs: ['logrotate'],
    docs: 'https://manpages.debian.org/logrotate.8',
    places: ['/etc/logrotate.conf', '/etc/logrotate.d/'],
    // Each of its scripts ends with a line of its own.
    commands: (settings) =>
      settings
        .split(/^[ \t]*(?:(?:pre|post)(?:rotate|remove)|(?:first|last)action)\b/m)
        .slice(1)
        .map((part) => part.split(/^[ \t]*endscript\b/m)[0] ?? ''),
  },
  {
    programs: ['haproxy'],
    docs: 'https://docs.haproxy.org/3.0/configuration.html',
    places: ['/etc/haproxy/haproxy.cfg', '/usr/local/etc/haproxy/haproxy.cfg'],
    commands: told(/^[ \t]*(?:external-check[ \t]+)?command[ \t]+(.+)$/gm),
  },
  {
    programs: ['uwsgi', 'uwsgi-core'],
    docs: 'https://uwsgi-docs.readthedocs.io/en/latest/Options.html',
    places: ['/etc/uwsgi/apps-enabled/', '/etc/uwsgi/vassals/'],
    commands: told(/^[ \t]*(?:(?:smart-|legacy-)?attach-daemon2?|exec-[\w-]+)[ \t]*=[ \t]*(.+)$/gm),
  },
  {
    programs: ['lighttpd', 'lighttpd-angel'],
    docs: 'https://redmine.lighttpd.net/projects/lighttpd/wiki/Docs_ModCGI',
    places: ['/etc/lighttpd/lighttpd.conf', '/etc/lighttpd/conf-enabled/'],
    commands: told(/"(?:bin-path|\.\w+)"[ \t]*=>[ \t]*"(\/[^"\n]+)"/g),
  },
  {
    programs: ['init', 'linuxrc'],
    docs: 'https://git.busybox.net/busybox/tree/examples/inittab',
    places: ['/etc/inittab', '/etc/systemd/system/', '/lib/systemd/system/', '/usr/lib/systemd/system/'],
    commands: (settings) => [...ofInittab(settings), ...ofUnits(settings)],
  },
  {
    programs: ['systemd'],
    docs: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html',
    places: ['/etc/systemd/system/', '/lib/systemd/system/', '/usr/lib/systemd/system/'],
    commands: ofUnits,
  },
  {
    programs: ['apache2', 'apache2ctl', 'apachectl', 'apache2-foreground', 'httpd', 'httpd-foreground'],
    docs: 'https://httpd.apache.org/docs/2.4/logs.html#piped',
    places: [
      '/etc/apache2/apache2.conf',
      '/etc/apache2/sites-enabled/',
      '/etc/apache2/sites-available/',
      '/etc/apache2/conf-enabled/',
      '/etc/apache2/conf-available/',
      '/etc/httpd/conf/httpd.conf',
      '/etc/httpd/conf.d/',
      '/usr/local/apache2/conf/httpd.conf',
    ],
    commands: told(/(?:["']\|[|$]?|\bprg:)([^"'\n]+)/g),
  },
];

/** In its places and in the files that its words name. */
function startsOf({ places, commands }: Service, argv: Words, folder: string, files: ImageFiles): Start[] {
  const named = argv
    .slice(1)
    .flatMap((word) => (word === null ? [] : [word.replace(/^-[^=]*=/, '')]))
    .filter((word) => /^\/|^[^-].*\.\w+$/.test(word))
    .map((word) => resolvePath(folder, word));
  const found = [...named, ...places].flatMap((path) =>
    path.endsWith('/') ? (files.list(path.slice(0, -1)) ?? []).map((name) => `${path}${name}`) : [path],
  );
  return [...new Set(found)].flatMap((path) => commands(files.read(path) ?? '').map((script) => ({ script })));
}

export default services.map(
  (service): Starter => ({
    programs: service.programs,
    docs: service.docs,
    everyday: true,
    partly: true,
    starts: (argv, folder, files) => startsOf(service, argv, folder, files),
  }),
);
