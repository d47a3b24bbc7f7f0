import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from '../ecosystem.ts';
import { caches } from './build.ts';
import { linkage } from './linkage.ts';

/** Hooks that leave nothing but what the compiler reads. */
const QUIET_HOOK = /^\s*-\s*["']?go (mod (tidy|download|verify)|vet|fmt|test)\b/;

/** GoReleaser: https://goreleaser.com/cmd/goreleaser_build/. Without `--output` programs lie in `dist`, one folder a target. */
export function goreleaser(call: ToolCall, words: ParsedWords): BuildEffect[] {
  if (words.subcommand !== 'build' && words.subcommand !== 'release') return [{ kind: 'checks' }];
  const out = words.flags.get('-o') ?? words.flags.get('--output');
  const given = words.flags.get('-f') ?? words.flags.get('--config');
  if (out === null || given === null || out === true)
    return [{ kind: 'unknown', why: 'where it builds to is not known' }];
  const names =
    typeof given === 'string' ? [given] : ['.goreleaser.yaml', '.goreleaser.yml', 'goreleaser.yaml', 'goreleaser.yml'];
  const text = names.map((name) => call.files.read(resolvePath(call.cwd, name))).find((found) => found !== null) ?? '';
  const lines = text.split('\n').filter((line) => !/^\s*#/.test(line));
  const at = lines.findIndex((line) => /^\s*hooks:/.test(line));
  const hooks = at < 0 ? [] : lines.slice(at + 1).filter((line) => /^\s*-\s/.test(line) && /^\s{2,}/.test(line));
  const pure = lines.some(
    (line) => /^\s*-\s*["']?CGO_ENABLED=0/.test(line) || (line.includes('env:') && line.includes('CGO_ENABLED=0')),
  );
  const env: ToolCall['env'] = (name) => (name === 'CGO_ENABLED' && pure ? '0' : call.env(name));
  const folder =
    typeof out === 'string' ? null : resolvePath(call.cwd, /^dist:\s*["']?([\w./-]+)/m.exec(text)?.[1] ?? 'dist');
  const link = linkage({ ...call, env }, call.cwd, { ...words, flags: new Map() });
  const strange =
    at >= 0 && (!/^before:/m.test(text) || !hooks.every((line) => QUIET_HOOK.test(line) || !/go |sh |cmd/.test(line)));
  return [
    ...caches(call),
    { kind: 'compiles', folder: call.cwd },
    folder === null
      ? { kind: 'artifact', path: resolvePath(call.cwd, out as string), tree: false, linkage: link }
      : { kind: 'artifact', path: folder, tree: true, linkage: link },
    ...(typeof out === 'string' ? [{ kind: 'intermediate', path: resolvePath(call.cwd, 'dist') } as const] : []),
    ...(strange || words.subcommand === 'release'
      ? [
          { kind: 'builds-in-place', folder: call.cwd } as const,
          {
            kind: 'assumes',
            code: 'DF202',
            args: { command: `goreleaser ${words.subcommand}`, where: call.cwd },
          } as const,
        ]
      : []),
  ];
}
