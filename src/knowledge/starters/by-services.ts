import { resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import { flagValue, type Start, type Starter, type Words } from '../starter.ts';

/** A service, where its settings lie, and what in them starts a program: the first group of the pattern. */
interface Service {
  readonly programs: readonly string[];
  readonly docs: string;
  /** Files, and folders of files with a slash behind them. */
  readonly places: readonly string[];
  /** Flags, or none for an operand, that name another file. */
  readonly flags?: readonly string[];
  readonly pattern: RegExp;
}

const services: readonly Service[] = [
  {
    programs: ['monit'],
    docs: 'https://mmonit.com/monit/documentation/monit.html',
    places: ['/etc/monit/monitrc', '/etc/monitrc', '/etc/monit/conf.d/', '/etc/monit/conf-enabled/', '/etc/monit.d/'],
    flags: ['-c'],
    pattern: /\b(?:path|exec|program)[ \t=]*["']([^"'\n]+)["']/g,
  },
  {
    programs: ['anacron'],
    docs: 'https://manpages.debian.org/anacrontab.5',
    places: ['/etc/anacrontab'],
    flags: ['-t'],
    pattern: /^[ \t]*(?:\d+|@\w+)[ \t]+\d+[ \t]+\S+[ \t]+(.+)$/gm,
  },
  {
    programs: ['incrond'],
    docs: 'https://manpages.debian.org/incrontab.5',
    places: ['/etc/incron.d/', '/var/spool/incron/'],
    pattern: /^[ \t]*\/\S+[ \t]+\S+[ \t]+(.+)$/gm,
  },
  {
    programs: ['xinetd'],
    docs: 'https://manpages.debian.org/xinetd.conf.5',
    places: ['/etc/xinetd.conf', '/etc/xinetd.d/'],
    flags: ['-f'],
    pattern: /\bserver[ \t]*=[ \t]*(\S.*)/g,
  },
  {
    programs: ['logrotate'],
    docs: 'https://manpages.debian.org/logrotate.8',
    places: ['/etc/logrotate.conf', '/etc/logrotate.d/'],
    flags: [],
    pattern: /\b(?:pre|post)(?:rotate|remove)\b|\b(?:first|last)action\b/g,
  },
  {
    programs: ['haproxy'],
    docs: 'https://docs.haproxy.org/3.0/configuration.html',
    places: ['/etc/haproxy/haproxy.cfg', '/usr/local/etc/haproxy/haproxy.cfg'],
    flags: ['-f'],
    pattern: /^[ \t]*(?:external-check[ \t]+)?command[ \t]+(.+)$/gm,
  },
  {
    programs: ['uwsgi', 'uwsgi-core'],
    docs: 'https://uwsgi-docs.readthedocs.io/en/latest/Options.html',
    places: ['/etc/uwsgi/apps-enabled/', '/etc/uwsgi/vassals/'],
    flags: ['--ini', '-i'],
    pattern: /^[ \t]*(?:(?:smart-|legacy-)?attach-daemon2?|exec-[\w-]+)[ \t]*=[ \t]*(.+)$/gm,
  },
  {
    programs: ['lighttpd', 'lighttpd-angel'],
    docs: 'https://redmine.lighttpd.net/projects/lighttpd/wiki/Docs_ModCGI',
    places: ['/etc/lighttpd/lighttpd.conf', '/etc/lighttpd/conf-enabled/'],
    flags: ['-f'],
    pattern: /"(?:bin-path|\.\w+)"[ \t]*=>[ \t]*"(\/[^"\n]+)"/g,
  },
  {
    programs: ['init', 'linuxrc'],
    docs: 'https://git.busybox.net/busybox/tree/examples/inittab',
    places: ['/etc/inittab', '/etc/systemd/system/', '/lib/systemd/system/', '/usr/lib/systemd/system/'],
    pattern: /^(?:[^:#\s]*:[^:\s]*:[a-z]+:|Exec\w+=[-@:+!]*)(.+)$/gm,
  },
  {
    programs: ['systemd'],
    docs: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html',
    places: ['/etc/systemd/system/', '/lib/systemd/system/', '/usr/lib/systemd/system/'],
    pattern: /^Exec\w+=[-@:+!]*(.+)$/gm,
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
    flags: ['-f'],
    pattern: /(?:["']\|[|$]?|\bprg:)([^"'\n]+)/g,
  },
];

/** The scripts of logrotate end with a line of their own. */
const scriptsOf = (text: string): string[] =>
  text
    .split(/^[ \t]*(?:(?:pre|post)(?:rotate|remove)|(?:first|last)action)\b/m)
    .slice(1)
    .map((part) => part.split(/^[ \t]*endscript\b/m)[0] ?? '');

function startsOf(
  { places, flags, pattern, programs }: Service,
  argv: Words,
  folder: string,
  files: ImageFiles,
): Start[] {
  const stated =
    flags?.length === 0 ? argv.slice(1).find((word) => word?.startsWith('/')) : flagValue(argv, ...(flags ?? []));
  const operands = argv.slice(1).filter((word) => /\.(ini|conf|cfg)$/.test(word ?? ''));
  const named = [...(stated == null ? [] : [stated]), ...operands].map((path) => resolvePath(folder, path as string));
  const found = [...named, ...places].flatMap((path) =>
    path.endsWith('/') ? (files.list(path.slice(0, -1)) ?? []).map((name) => `${path}${name}`) : [path],
  );
  return [...new Set(found)].flatMap((path) => {
    const text = files.read(path) ?? '';
    const scripts = programs.includes('logrotate')
      ? scriptsOf(text)
      : [...text.matchAll(pattern)].map(([, script = '']) => script);
    return scripts.map((script) => ({ script }));
  });
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
