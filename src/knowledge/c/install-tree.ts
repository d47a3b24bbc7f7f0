import type { BuildEffect, ToolCall } from '../ecosystem.ts';

/** A prefix folder that only the installing step fills, or the parts of one that the base image uses too. */
export function installTree(prefix: string, call: ToolCall): BuildEffect[] {
  if (prefix === '/usr' || prefix === '/')
    return [{ kind: 'unknown', why: `it installs among the distribution's own files in ${prefix}`, outside: true }];
  const shared =
    call.image?.toolchainTrees.some((tree) => tree.startsWith(`${prefix}/`)) || call.image?.interpreter != null;
  const parts =
    prefix === '/usr/local' && shared
      ? ['bin', 'etc', 'lib', 'sbin', 'share'].map((part) => `${prefix}/${part}`)
      : [prefix];
  return parts.map((path) => ({ kind: 'artifact', path, tree: true, linkage: 'unknown' }));
}
