import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { sourceTraits } from '../source-traits.ts';

const unknown: readonly BuildEffect[] = [{ kind: 'unknown', why: 'what it makes is not known' }];

const stem = (file: string): string => baseName(file).replace(/\.\w+$/, '');

/** `-felf64`, `-f elf64`: what has no such format comes out as it is. */
function format(call: ToolCall, { flags }: ParsedWords): string {
  const own = flags.get('-f') ?? flags.get('--oformat');
  const attached = call.argv.find((word) => word !== null && /^-f[a-z]/.test(word))?.slice(2);
  return typeof own === 'string' ? own : (attached ?? 'bin');
}

/** https://nasm.us/doc/nasmdoc2.html: without `-o` the output lies where it runs, under the name of the source. */
function assemble(call: ToolCall, words: ParsedWords): readonly BuildEffect[] {
  const out = words.flags.get('-o');
  const [source] = words.operands;
  if (call.argv.includes(null) || source == null || words.operands.length > 1) return unknown;
  const isObject = /^(elf|macho|coff|aout|obj|win)/.test(format(call, words));
  const path = typeof out === 'string' ? out : `${stem(source)}${isObject ? '.o' : ''}`;
  const made: BuildEffect = isObject
    ? { kind: 'intermediate', path: resolvePath(call.cwd, path) }
    : { kind: 'artifact', path: resolvePath(call.cwd, path), tree: false, linkage: 'unknown' };
  return [{ kind: 'compiles', folder: call.cwd }, made];
}

/** https://sourceware.org/binutils/docs/as/o.html */
function gas(call: ToolCall, words: ParsedWords): readonly BuildEffect[] {
  const out = words.flags.get('-o');
  if (call.argv.includes(null)) return unknown;
  if (words.operands.length === 0) return [{ kind: 'checks' }];
  return [
    { kind: 'compiles', folder: call.cwd },
    { kind: 'intermediate', path: resolvePath(call.cwd, typeof out === 'string' ? out : 'a.out') },
  ];
}

/** https://sourceware.org/binutils/docs/ld/Options.html: nothing is linked that no word names. */
function link(call: ToolCall, words: ParsedWords): readonly BuildEffect[] {
  const flags = [...words.flags.keys()];
  if (call.argv.includes(null) || flags.some((flag) => /^-(r|T.*|-?script.*|c.*|-?oformat.*)$/.test(flag)))
    return unknown;
  if (words.operands.length === 0) return [{ kind: 'checks' }];
  const attached = flags.find((flag) => /^-o./.test(flag))?.slice(2);
  const out = words.flags.get('-o') ?? words.flags.get('--output') ?? attached;
  const shared = flags.some((flag) => /^-(l.+|shared|Bshareable|pie)$/.test(flag)) || named(words, /\.so[\d.]*$/);
  const libc = flags.every((flag) => !/^-l(?!(c|m|pthread|dl|rt)$)/.test(flag)) && !named(words, /\.so[\d.]*$/);
  const isStatic = flags.some((flag) => /^--?(static|Bstatic|non_shared)$/.test(flag)) || !shared;
  return [
    { kind: 'compiles', folder: call.cwd },
    {
      kind: 'artifact',
      path: resolvePath(call.cwd, typeof out === 'string' ? out : 'a.out'),
      tree: false,
      linkage: isStatic ? 'static' : libc && !flags.includes('-shared') ? 'libc' : 'system',
    },
  ];
}

const named = ({ operands }: ParsedWords, pattern: RegExp): boolean =>
  operands.some((word) => pattern.test(word ?? ''));

/** https://flatassembler.net/docs.php?article=manual: the second word, or the source's name, is what it writes. */
function flat(call: ToolCall, { operands }: ParsedWords): readonly BuildEffect[] {
  const [source, out] = operands;
  const text = source == null ? null : call.files.read(resolvePath(call.cwd, source));
  const told = /^[ \t]*format[ \t]+(ELF(?:64)?)([ \t]+executable)?/im.exec(text ?? '');
  if (call.argv.includes(null) || source == null || (told === null && out == null)) return unknown;
  if (told === null)
    return [{ kind: 'artifact', path: resolvePath(call.cwd, out as string), tree: false, linkage: 'unknown' }];
  const isProgram = told[2] !== undefined;
  const path = resolvePath(call.cwd, out ?? source.replace(/\.\w+$/, isProgram ? '' : '.o'));
  // An interpreter of its own makes it a program of shared libraries.
  const isStatic = !/\binterpreter\b|\bdynamic\b/i.test(text ?? '');
  return [
    { kind: 'compiles', folder: call.cwd },
    isProgram
      ? { kind: 'artifact', path, tree: false, linkage: isStatic ? 'static' : 'system' }
      : { kind: 'intermediate', path },
  ];
}

/** Assemblers and the linker by themselves: https://nasm.us/doc/, https://sourceware.org/binutils/docs/ */
export const assembly: Ecosystem = {
  id: 'assembly',
  docs: 'https://nasm.us/doc/nasmdoc2.html',
  interpreted: false,
  // They read nothing but the source: whatever starts them needs no other compiler, and no headers.
  runsArtifact: ([program]) => program === 'nasm' || program === 'yasm' || program === 'fasm',
  compileInput: (path) => /\.(asm|s|S|nasm|inc)$/.test(path),
  traits: (folder, files) =>
    sourceTraits(
      {
        extension: /\.(asm|s|S|nasm|inc)$/,
        // The numbers of the system calls that start a program, and the functions of the C library.
        starts:
          /\b(?:SYS_|__NR_|sys_)?(?:execve|execveat|system|popen|exec[lv]p?e?)\b|\b(?:59|322|11|0x3b|0x142|0xb|0bh|3bh)\b/gi,
        comment: /^[ \t]*[;#].*$/gm,
      },
      folder,
      files,
    ),
  rules: [
    {
      id: 'assemble',
      tools: ['nasm', 'yasm'],
      subcommands: null,
      valueFlags: ['-o', '-f', '-l', '-I', '-i', '-p', '-d', '-D', '-F', '-g', '-MF', '-a', '-m', '-L', '--oformat'],
      says: 'assembles a source',
      example: 'nasm -f elf64 -o server.o server.asm',
      read: assemble,
    },
    {
      id: 'as',
      tools: ['as', 'gas'],
      subcommands: null,
      valueFlags: ['-o', '-I'],
      says: 'assembles a source',
      example: 'as -o server.o server.s',
      read: gas,
    },
    {
      id: 'link',
      tools: ['ld', 'ld.gold', 'ld.lld', 'ld.bfd', 'mold'],
      subcommands: null,
      valueFlags: [
        '-o',
        '--output',
        '-e',
        '--entry',
        '-dynamic-linker',
        '--dynamic-linker',
        '-I',
        '-L',
        '-m',
        '-z',
        '-rpath',
        '-h',
        '-soname',
      ],
      says: 'links a program',
      example: 'ld -o server server.o',
      read: link,
    },
    {
      id: 'flat',
      tools: ['fasm'],
      subcommands: null,
      valueFlags: ['-m', '-p', '-d', '-s'],
      says: 'assembles a program',
      example: 'fasm server.asm server',
      read: flat,
    },
  ],
};
