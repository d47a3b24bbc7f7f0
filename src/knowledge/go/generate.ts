import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from '../ecosystem.ts';
import { caches, folderOf } from './build.ts';
import { readSources } from './sources.ts';
import { GENERATORS, toolOf } from './tools.ts';

/** True for a generator, by its name, through `go run` or `go tool`. */
function isGenerator(line: string): boolean {
  const words = line.split(/\s+/).filter((word) => word !== '');
  const [program = '', ...rest] = words;
  if (program !== 'go') return GENERATORS.includes(baseName(program));
  const named = rest.slice(1).find((word) => !word.startsWith('-')) ?? '';
  // A package of the project may write anything.
  return (rest[0] === 'run' || rest[0] === 'tool') && !/^\.{0,2}\//.test(named) && GENERATORS.includes(toolOf(named));
}

/** The programs behind the //go:generate lines below a folder: https://go.dev/blog/generate */
export function generate(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = folderOf(words, call);
  const operand = words.operands[0] ?? '.';
  const below = operand === null ? folder : resolvePath(folder, operand.replace(/\/?\.\.\.$/, '') || '.');
  const sources = readSources(below, call.files);
  const lines = [...(sources?.text ?? '').matchAll(/^\/\/go:generate\s+(.+)$/gm)].map((match) => match[1] as string);
  const known = lines.every((line) => isGenerator(line.replace(/^-command\s+\S+\s+/, '')));
  if (sources !== null && known) return [...caches(call), { kind: 'compiles', folder }];
  return [
    { kind: 'builds-in-place', folder },
    { kind: 'assumes', code: 'DF202', args: { command: 'go generate', where: folder } },
  ];
}

const OWN_TOOLS =
  /^(addr2line|asm|buildid|cgo|compile|covdata|cover|dist|doc|fix|link|nm|objdump|pack|pprof|preprofile|test2json|trace|vet)$/;

/** `go run` and `go tool` while the image is built. */
export function runs(call: ToolCall, words: ParsedWords): BuildEffect[] | null {
  const named = words.operands[0];
  if (named === undefined || (words.subcommand === 'tool' && OWN_TOOLS.test(named ?? '')))
    return [...caches(call), { kind: 'checks' }];
  if (named === null) return [{ kind: 'unknown', why: 'the program it runs is not known' }];
  const tool = toolOf(named);
  if (tool === 'swag') return swag(call, words);
  return !/^\.{0,2}\//.test(named) && GENERATORS.includes(tool)
    ? [...caches(call), { kind: 'compiles', folder: call.cwd }]
    : [{ kind: 'unknown', why: `what ${named} writes cannot be told` }];
}

/** https://github.com/swaggo/swag: the documents beside the sources may be served. */
export function swag(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const out = words.flags.get('-o') ?? words.flags.get('--output') ?? './docs';
  return typeof out === 'string'
    ? [
        { kind: 'compiles', folder: call.cwd },
        { kind: 'writes', path: resolvePath(call.cwd, out), tree: true },
      ]
    : [{ kind: 'unknown', why: 'where it writes is not known' }];
}
