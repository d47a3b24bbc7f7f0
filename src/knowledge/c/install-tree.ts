import type { BuildEffect, ToolCall } from '../ecosystem.ts';

/** Folders of /usr/local that are there in every image: https://www.debian.org/doc/debian-policy/ch-opersys.html#site-specific-programs */
const LOCAL = /^(bin|etc|include|lib|sbin|share)$/;

/**
 * A prefix folder that only the installing step fills, or the parts of one that the base image uses too. `filled`: those
 * that all that is installed lies in, where that is known.
 */
export function installTree(prefix: string, call: ToolCall, filled?: readonly string[]): BuildEffect[] {
  if (prefix === '/usr' || prefix === '/')
    return [{ kind: 'unknown', why: `it installs among the distribution's own files in ${prefix}`, outside: true }];
  const shared =
    call.image?.toolchainTrees.some((tree) => tree.startsWith(`${prefix}/`)) || call.image?.interpreter != null;
  const known = prefix === '/usr/local' && filled?.every((part) => LOCAL.test(part)) ? filled : undefined;
  const parts =
    known?.map((part) => `${prefix}/${part}`) ??
    (prefix === '/usr/local' && shared
      ? ['bin', 'etc', 'lib', 'sbin', 'share'].map((part) => `${prefix}/${part}`)
      : [prefix]);
  return parts.map((path) => ({ kind: 'artifact', path, tree: true, linkage: 'unknown' }));
}
