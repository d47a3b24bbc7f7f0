import { type Finding, finding } from './finding.ts';
import type { BaseImage, Image, ImageConfig, Tree } from './image.ts';
import { isExecutable, lookUp, ownPlace } from './lookup.ts';

/** What the image that the build starts from says of itself and of its build tools: no program of the container asks for it. */
const OF_THE_IMAGE =
  /(_VERSION|_SHA(256|512)?|_KEYS?|_CHECKSUM|_URL|_MIRROR)$|^(GOTOOLCHAIN|GOPATH|CARGO_HOME|RUSTUP_HOME|MAVEN_HOME|MAVEN_CONFIG|GRADLE_HOME|SBT_HOME)$/;

/**
 * Everything that an image states about its containers. A variable of the base image may go where it describes that image
 * or names a folder that went; one that the author wrote may not.
 */
export function compareConfiguration(before: Image, after: Image, base: BaseImage | null): Finding[] {
  const [old, now] = [before.config, after.config];
  const single = (keyword: string, pick: (config: ImageConfig) => unknown): Finding[] => {
    const [was, is] = [shown(pick(old)), shown(pick(now))];
    return was === is ? [] : [finding('configuration', 'DF611', { keyword }, was, is)];
  };
  return [
    ...single('USER', ({ user }) => user),
    ...single('WORKDIR', ({ workdir }) => workdir),
    ...single('CMD', ({ cmd }) => cmd),
    ...single('ENTRYPOINT', ({ entrypoint }) => entrypoint),
    ...single('HEALTHCHECK', ({ healthcheck }) => healthcheck),
    ...single('EXPOSE', ({ ports }) => ports),
    ...single('VOLUME', ({ volumes }) => volumes),
    ...single('STOPSIGNAL', ({ stopSignal }) => stopSignal),
    ...single('SHELL', ({ shell }) => shell),
    ...single('ONBUILD', ({ onBuild }) => onBuild),
    ...single('MAINTAINER', ({ author }) => author),
    ...single('--platform', ({ platform }) => platform),
    ...compareLabels(old, now, base?.config ?? null),
    ...compareEnvironment(old, now, base?.config ?? null, before.tree, after.tree),
  ];
}

/** A value as a person reads it; null for what states nothing. */
function shown(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.length === 0 ? null : JSON.stringify(value);
}

function compareLabels(old: ImageConfig, now: ImageConfig, base: ImageConfig | null): Finding[] {
  return [...new Set([...old.labels.keys(), ...now.labels.keys()])].sort().flatMap((name) => {
    const [was, is] = [old.labels.get(name) ?? null, now.labels.get(name) ?? null];
    if (was === is) return [];
    // A label that describes the base image goes with it.
    const described = was === null || (base !== null && base.labels.get(name) === was);
    return [finding('configuration', described ? 'DF614' : 'DF612', { what: `LABEL ${name}` }, was, is)];
  });
}

function compareEnvironment(
  old: ImageConfig,
  now: ImageConfig,
  base: ImageConfig | null,
  before: Tree,
  after: Tree,
): Finding[] {
  const found: Finding[] = [];
  for (const name of [...new Set([...old.env.keys(), ...now.env.keys()])].sort()) {
    const [was, is] = [old.env.get(name) ?? null, now.env.get(name) ?? null];
    if (was === is) continue;
    if (name === 'PATH' && was !== null && is !== null) found.push(...comparePath(was, is, after));
    else if (was === null) found.push(finding('configuration', 'DF614', { what: `ENV ${name}` }, was, is));
    else {
      const own = base === null || base.env.get(name) !== was;
      const gone = !own && (OF_THE_IMAGE.test(name) || namesWhatIsGone(was, before, after));
      found.push(finding('configuration', gone ? 'DF613' : 'DF612', { what: `ENV ${name}`, name }, was, is));
    }
  }
  return found;
}

/** True where the value is a path, or several, and none of them is in the image any more. */
function namesWhatIsGone(value: string, before: Tree, after: Tree): boolean {
  const paths = value.split(':');
  return (
    paths.every((path) => path.startsWith('/')) &&
    paths.some((path) => lookUp(before, path) !== null) &&
    paths.every((path) => lookUp(after, path) === null)
  );
}

/** A folder may leave the PATH where no program is in it any more; the others keep their order. */
function comparePath(was: string, is: string, after: Tree): Finding[] {
  const [old, now] = [was.split(':'), is.split(':')];
  const used = (folder: string): boolean => {
    const place = ownPlace(after, folder);
    return [...after].some(
      ([path, entry]) =>
        path.startsWith(`${place}/`) && !path.slice(place.length + 1).includes('/') && isExecutable(entry),
    );
  };
  const lost = old.filter((folder) => !now.includes(folder));
  const kept = old.filter((folder) => now.includes(folder));
  const inOrder = now.filter((folder) => old.includes(folder)).join(':') === kept.join(':');
  if (lost.some(used) || !inOrder) return [finding('configuration', 'DF612', { what: 'ENV PATH' }, was, is)];
  if (lost.length === 0 && now.length === old.length) return [];
  return [finding('configuration', 'DF613', { what: 'ENV PATH', name: 'PATH' }, was, is)];
}
