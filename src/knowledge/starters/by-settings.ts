import { globMatcher } from '../../syntax/glob.ts';
import { baseName, parentFolder, resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import { flagValue, type Start, type Starter } from '../starter.ts';

const inFolder = (files: ImageFiles, folder: string, wanted: (name: string) => boolean): string[] =>
  (files.list(folder) ?? []).filter((name) => !name.endsWith('/') && wanted(name)).map((name) => `${folder}/${name}`);

/** A script for each text; null where one could not be read. */
const scripts = (texts: readonly (string | null)[]): readonly Start[] =>
  texts.map((script) => (script === null ? null : { script }));

const lines = (text: string, comment: RegExp): string[] => text.split(/\r?\n/).filter((line) => !comment.test(line));

/** `* * * * * command` or `@daily command`; files of the system name the account before the command. */
function crontab(text: string, withUser: boolean): string[] {
  const time = /^\s*(?:@\w+|(?:\S+\s+){4}\S+)\s+/;
  return lines(text, /^\s*(#|$|\w+\s*=)/).flatMap((line) => {
    if (!time.test(line)) return [];
    const rest = line.replace(time, '');
    return [withUser ? rest.replace(/^\S+\s+/, '') : rest];
  });
}

const runScripts = (files: ImageFiles, folder: string): string[] =>
  (files.list(folder) ?? []).flatMap((name) =>
    name.endsWith('/') ? ['run', 'up', 'finish'].flatMap((file) => files.read(`${folder}/${name}${file}`) ?? []) : [],
  );

/** Debian's own, which starts what lies in conf.d alone: https://sources.debian.org/src/supervisor/bookworm/debian/supervisord.conf/ */
const OF_THE_PACKAGE = '/etc/supervisor/supervisord.conf';
/** Where supervisord looks for its settings that no flag names: https://supervisord.org/configuration.html#configuration-file */
const LOOKED_FOR = ['../etc/supervisord.conf', '../supervisord.conf', 'supervisord.conf', 'etc/supervisord.conf'];

/** The files that the settings of supervisord include; null where a folder of them cannot be seen. */
function included(text: string, path: string, files: ImageFiles): (string | null)[] {
  const written = text.split(/\r?\n/);
  const section = written.slice(written.findIndex((line) => line.trim() === '[include]') + 1);
  const at = section.findIndex((line) => /^[ \t]*files[ \t]*=/.test(line));
  const isInside =
    written.some((line) => line.trim() === '[include]') && !section.slice(0, at).some((line) => line.startsWith('['));
  if (at < 0 || !isInside) return [];
  const end = section.findIndex((line, index) => index > at && !/^[ \t]/.test(line));
  const value = section.slice(at, end < 0 ? undefined : end).join(' ');
  return value
    .slice(value.indexOf('=') + 1)
    .split(/\s+/)
    .filter((pattern) => pattern !== '')
    .flatMap((pattern) => {
      const place = resolvePath(parentFolder(path), pattern.replaceAll('%(here)s', '.'));
      if (!/[*?[]/.test(place)) return [place];
      const folder = parentFolder(place);
      // The package brings that folder along, with nothing in it.
      if (/[*?[%]/.test(folder) || (files.list(folder) === null && folder !== '/etc/supervisor/conf.d')) return [null];
      return inFolder(files, folder, globMatcher(baseName(place), '*?['));
    });
}

/** `%(ENV_X)s` is the variable X. */
const expanded = (command: string): string =>
  command.replace(/%\((?:ENV_)?(\w+)\)[sd]/g, (_, name: string) => `\${${name}}`);

/** Programs that start what files of theirs say. */
const starters: readonly Starter[] = [
  {
    programs: ['supervisord'],
    docs: 'https://supervisord.org/configuration.html',
    starts(argv, workdir, files) {
      const named = flagValue(argv, '-c', '--configuration');
      const found = LOOKED_FOR.map((path) => resolvePath(workdir, path));
      const main =
        named === null
          ? ([...found, '/etc/supervisord.conf'].find((path) => files.read(path) !== null) ?? OF_THE_PACKAGE)
          : resolvePath(workdir, named);
      const paths = [main, ...inFolder(files, '/etc/supervisor/conf.d', (name) => name.endsWith('.conf'))];
      const read = (path: string | null): string | null =>
        path === null ? null : path === OF_THE_PACKAGE ? (files.read(path) ?? '') : files.read(path);
      const all = [...new Set([...paths, ...included(read(main) ?? '', main, files)])];
      return scripts(
        all.map(read).flatMap((text) =>
          text === null
            ? [null]
            : lines(text, /^\s*[;#]/).flatMap((line) => {
                const command = /^\s*command\s*=(.*)$/s.exec(line)?.[1]?.split(/\s;/)[0]?.trim();
                return command === undefined ? [] : [expanded(command)];
              }),
        ),
      );
    },
  },
  {
    programs: ['cron', 'crond', 'busybox-crond'],
    docs: 'https://manpages.debian.org/cron.8',
    fedBy: 'crontab',
    starts(_argv, _workdir, files) {
      const system = ['/etc/crontab', ...inFolder(files, '/etc/cron.d', () => true)];
      const own = ['/var/spool/cron/crontabs', '/etc/crontabs', '/var/spool/cron'].flatMap((folder) =>
        inFolder(files, folder, () => true),
      );
      const periodic = ['hourly', 'daily', 'weekly', 'monthly', '15min'].flatMap((period) =>
        [`/etc/cron.${period}`, `/etc/periodic/${period}`].flatMap((folder) => inFolder(files, folder, () => true)),
      );
      return scripts([
        ...system.flatMap((path) => crontab(files.read(path) ?? '', true)),
        ...own.flatMap((path) => crontab(files.read(path) ?? '', false)),
        ...periodic.flatMap((path) => files.read(path) ?? []),
      ]);
    },
  },
  {
    programs: ['crontab'],
    docs: 'https://manpages.debian.org/crontab.1',
    starts(argv, workdir, files) {
      const file = argv[1] === '-u' ? argv[3] : argv[1];
      if (file === undefined || /^-|^\/dev\//.test(file ?? '')) return [];
      const text = file === null ? null : files.read(resolvePath(workdir, file));
      return scripts(text === null ? [null] : crontab(text, false));
    },
  },
  {
    programs: ['/init', 's6-svscan', 'runsvdir', 'runsvinit', 'my_init'],
    docs: 'https://github.com/just-containers/s6-overlay#readme',
    starts: (argv, workdir, files) =>
      scripts([
        ...['/etc/services.d', '/etc/service', '/etc/sv', '/etc/s6-overlay/s6-rc.d', ...argv.slice(1)].flatMap(
          (folder) => (folder === null ? [] : runScripts(files, resolvePath(workdir, folder))),
        ),
        ...['/etc/cont-init.d', '/etc/my_init.d'].flatMap((folder) =>
          inFolder(files, folder, () => true).flatMap((path) => files.read(path) ?? []),
        ),
      ]),
  },
  {
    programs: ['socat'],
    docs: 'https://manpages.debian.org/socat.1',
    starts: (argv) =>
      argv.flatMap((word) => {
        const script = /^(?:EXEC|SYSTEM):([^,]+)/i.exec(word ?? '')?.[1];
        return script === undefined ? [] : [{ script }];
      }),
  },
  {
    programs: ['foreman', 'nf', 'honcho', 'goreman', 'hivemind', 'overmind'],
    docs: 'https://ddollar.github.io/foreman/',
    starts(argv, workdir, files) {
      const text = files.read(resolvePath(workdir, flagValue(argv, '-f', '--procfile') ?? 'Procfile'));
      return scripts(
        text === null ? [null] : lines(text, /^\s*#/).flatMap((line) => /^[\w-]+:\s*(\S.*)$/s.exec(line)?.[1] ?? []),
      );
    },
  },
];

export default starters;
