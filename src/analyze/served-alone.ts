import { startsNothingUntold } from '../knowledge/starters.ts';
import {
  isNginxPackage,
  isServerImage,
  keepsText,
  NGINX,
  NGINX_SETTINGS,
  nginxPaths,
  SERVER_SCRIPTS,
} from '../knowledge/static-servers.ts';
import { baseName, isWithin, parentFolder, resolvePath } from '../syntax/paths.ts';
import { startsShell } from '../syntax/shell-name.ts';
import { startsGiven } from './compiled-alone.ts';
import type { Need, Roots } from './roots.ts';
import type { Understanding } from './understand.ts';

const isServer = ({ name }: Need): boolean => baseName(name ?? '') === NGINX;

/** The server is the image's own or comes from a package of the distribution, so that its settings lie where that puts them. */
const isPackaged = ({ image, steps }: Understanding): boolean =>
  (image !== null && isServerImage(image)) ||
  steps.some(({ commands }) =>
    commands.some(({ effects }) =>
      effects.some((one) => one.kind === 'installs' && one.packages.some(({ name }) => isNginxPackage(name))),
    ),
  );

/**
 * The container starts a server of files and programs of the system that start nothing by themselves, so that nothing in it
 * reads what the build was interpreted with.
 */
function servesAlone(roots: Roots, understanding: Understanding): boolean {
  const { image, files, final } = understanding;
  const isInherited = !roots.stated && image !== null && isServerImage(image);
  const isScript = (name: string): boolean => startsShell(files.read(resolvePath(final.workdir ?? '/', name)) ?? '');
  return (
    roots.unread.length === 0 &&
    (isInherited || (roots.stated && roots.needs.some(isServer))) &&
    isPackaged(understanding) &&
    roots.needs.every(({ name, given }) =>
      name === null ? given : startsGiven(name) || startsNothingUntold(baseName(name), image) || isScript(name),
    )
  );
}

const isSetting = (path: string): boolean => isWithin(path, NGINX_SETTINGS);

/** All that the server's settings name or links of the file lead to, where the container starts it by words alone; null where that is not known. */
export function servedPaths(roots: Roots, understanding: Understanding): readonly string[] | null {
  if (!servesAlone(roots, understanding)) return null;
  const { steps, files } = understanding;
  const byWords = roots.needs.every(
    ({ via, instruction: { keyword, rest } }) =>
      via === keyword && !/[<>](?!\s*(?:\/dev\/|&))/.test(rest.text.replaceAll('2>&1', '')),
  );
  const commands = steps.flatMap((step) => step.commands);
  const effects = commands.flatMap((command) => command.effects);
  const isEdited = commands.some(
    (command) =>
      command.argv[0] !== NGINX &&
      !keepsText(command.argv[0] ?? '') &&
      (command.argv.some((word) => word?.includes(NGINX_SETTINGS)) ||
        command.effects.some((one) => one.kind === 'writes' && one.text === undefined && isSetting(one.path))),
  );
  // `cp -r conf/. /etc/nginx` does not tell which.
  const isFilled = effects.some(
    (one) => one.kind === 'writes' && one.tree && (isSetting(one.path) || isWithin(NGINX_SETTINGS, one.path)),
  );
  const written = [
    ...steps.flatMap(({ copy }) =>
      copy === null ? [] : (copy.mappings?.map(({ path }) => path) ?? [copy.target ?? '/']),
    ),
    ...effects.flatMap((one) =>
      one.kind === 'copies' || one.kind === 'moves'
        ? [one.to]
        : one.kind === 'links' || (one.kind === 'writes' && one.text !== undefined)
          ? [one.path]
          : [],
    ),
  ];
  // What is copied to a folder around it is looked at where the settings lie.
  const settings = written.flatMap((path) =>
    isSetting(path)
      ? [path]
      : isWithin(NGINX_SETTINGS, path) && files.list(NGINX_SETTINGS) !== null
        ? [NGINX_SETTINGS]
        : [],
  );
  // What nobody knows is assumed to keep to its folder; what comes out of another image, or without a context to look at, may have settings in it.
  const isUnknown =
    commands.some(({ cwd, effects: own }) =>
      own.some(
        (one) => one.kind === 'unknown' && (one.outside === true || cwd === null || isWithin(NGINX_SETTINGS, cwd)),
      ),
    ) ||
    steps.some(
      ({ copy }) =>
        copy !== null &&
        (copy.from !== null || copy.mappings === null) &&
        isWithin(NGINX_SETTINGS, copy.target ?? NGINX_SETTINGS),
    );
  const isPrepared = written.some(
    (path) => isWithin(path, SERVER_SCRIPTS) || (isWithin(SERVER_SCRIPTS, path) && files.list(SERVER_SCRIPTS) !== null),
  );
  const server = roots.needs.find(isServer)?.argv ?? understanding.image?.cmd ?? [];
  if (!byWords || isEdited || isFilled || isUnknown || isPrepared) return null;
  const paths = nginxPaths(server, [...new Set(settings)], files);
  // What is named may be a link, or lie behind one.
  const targets = effects.flatMap((one) =>
    one.kind === 'links' ? [resolvePath(parentFolder(one.path), one.target)] : [],
  );
  return paths === null ? null : [...paths, ...targets];
}

/** Folders of the system, whose files any program may ask for without naming them. */
const SYSTEM = /^\/(bin|etc|lib\w*|opt|root|home|run|sbin|srv|usr|var)(\/|$)/;

/** Neither the server's settings nor the container's own words lead to a file of the build context, or to what lies in a folder. */
export function isUnserved(
  path: string,
  settings: readonly string[],
  roots: Roots,
  { stage }: Pick<Understanding, 'stage'>,
): boolean {
  const isVolume = stage.instructions.some(({ keyword, rest }) => keyword === 'VOLUME' && rest.text.includes(path));
  const named = [...settings, ...roots.files].filter((one) => one !== '/');
  return !SYSTEM.test(path) && !isVolume && !named.some((one) => isWithin(one, path) || isWithin(path, one));
}
