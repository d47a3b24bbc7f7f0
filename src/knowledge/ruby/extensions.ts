import { listedPath, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ImageFiles } from '../ecosystem.ts';
import { linkEffects, linkedByModule } from '../linked-libraries.ts';

const MOST_FOLDERS = 200;

/** What an extconf.rb looks for: https://docs.ruby-lang.org/en/master/MakeMakefile.html */
const LOOKS_FOR = /\b(have_library|find_library|pkg_config)\b[ \t(]*(?:["']([^"'\n]+)["'])?|-l([\w.+-]+)/g;
/** Libraries of other systems, which Linux has in the C library. */
const ELSEWHERE = /^(socket|nsl|resolv|wsock32|ws2_32)$/;

function linkedBy(script: string): readonly (string | null)[] {
  return [...script.replace(/^[ \t]*#.*$/gm, '').matchAll(LOOKS_FOR)]
    .map(([, call, name, flag]) => (call === 'pkg_config' ? linkedByModule(name ?? '') : (flag ?? name ?? null)))
    .filter((name) => name === null || !ELSEWHERE.test(name));
}

/** Every extconf.rb of a gem, below its `ext`: https://guides.rubygems.org/gems-with-extensions/ */
function scripts(folder: string, files: ImageFiles): readonly string[] {
  const found: string[] = [];
  const queue = [resolvePath(folder, 'ext')];
  for (let at = queue.pop(), seen = 0; at !== undefined && seen < MOST_FOLDERS; at = queue.pop(), seen++)
    for (const name of files.list(at) ?? [])
      if (name.endsWith('/')) queue.push(listedPath(at, name));
      else if (name === 'extconf.rb') found.push(listedPath(at, name));
  return found.sort();
}

/** What the extension that a script prepares links. */
export const extensionLinks = (path: string, files: ImageFiles): BuildEffect[] =>
  linkEffects(linkedBy(files.read(path) ?? ''), path);

/** What the extensions of a gem in a folder link. */
export const gemLinks = (folder: string, files: ImageFiles): BuildEffect[] =>
  scripts(folder, files).flatMap((path) => extensionLinks(path, files));

/** Folders of the gems that a lock file names by their path: https://bundler.io/man/gemfile.5.html */
export const ownGems = (folder: string, lock: string): readonly string[] =>
  lock.split(/^(?=\S)/m).flatMap((section) => {
    const remote = /^PATH\s+remote: (\S+)/.exec(section)?.[1];
    return remote === undefined ? [] : [resolvePath(folder, remote)];
  });
