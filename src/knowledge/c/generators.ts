import { parentFolder, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall, ToolRule } from '../ecosystem.ts';

/** The folders of `--cpp_out=generated`, `--go_out=plugins=grpc:.` and of a file behind `-o`; the call's own where none is named. */
function foldersOf(call: ToolCall, words: ParsedWords): readonly string[] | null {
  const folders: string[] = [];
  for (const [flag, value] of words.flags) {
    const isFile = /^(-o|--output|--header|--defines|--descriptor_set_out|--dependency_out|--output-file)$/.test(flag);
    const isFolder = /^(-outdir|-out|--[\w-]+_out)$/.test(flag) && !isFile;
    if ((!isFile && !isFolder) || value === true) continue;
    if (value === null) return null;
    // What stands in front of a colon are options of the plug-in.
    const path = resolvePath(call.cwd, isFolder ? value.slice(value.lastIndexOf(':') + 1) : value);
    folders.push(isFile ? parentFolder(path) : path);
  }
  return folders.length === 0 ? [call.cwd] : [...new Set(folders)];
}

const generates = (call: ToolCall, words: ParsedWords): readonly BuildEffect[] => {
  const folders = foldersOf(call, words);
  return folders === null
    ? [{ kind: 'unknown', why: 'where it writes is not known' }]
    : folders.map((folder) => ({ kind: 'builds-in-place', folder }));
};

/** Libraries that a module of Cython names: https://cython.readthedocs.io/en/latest/src/userguide/source_files_and_compilation.html */
const LINKS = /\blibraries\s*=|\bextra_(link_args|objects)\b/;

/** True for a call that writes sources and compiles none. */
export const isGenerator = (argv: readonly (string | null)[]): boolean =>
  generatorRules.some(({ id, tools }) => id !== 'cython' && tools.includes(argv[0] ?? ''));

/** Programs that write sources, or modules of Python, from descriptions. */
export const generatorRules: readonly ToolRule[] = [
  {
    // https://protobuf.dev/reference/cpp/cpp-generated/#invocation, https://thrift.apache.org/docs/idl
    id: 'protoc',
    tools: ['protoc', 'thrift', 'flatc'],
    subcommands: null,
    valueFlags: ['-I', '-o', '-out', '--proto_path', '--gen', '-gen'],
    says: 'writes sources from descriptions',
    example: 'protoc --cpp_out=generated messages.proto',
    read: generates,
  },
  {
    // https://www.swig.org/Doc4.2/SWIG.html, https://re2c.org/manual/manual_c.html, https://www.gnu.org/software/gperf/manual/gperf.html
    id: 'swig',
    tools: ['swig', 'swig3.0', 'swig4.0', 'swig4.1', 'gperf', 're2c', 'ragel', 'bison', 'flex', 'yacc', 'lex'],
    subcommands: null,
    valueFlags: ['-o', '-oh', '-outdir', '-I', '-D', '-module'],
    says: 'writes sources from descriptions',
    example: 'swig -python -outdir . calc.i',
    read: generates,
  },
  {
    // https://cython.readthedocs.io/en/latest/src/userguide/source_files_and_compilation.html#compiling-from-the-command-line
    id: 'cython',
    tools: ['cython', 'cython3', 'cythonize'],
    subcommands: null,
    valueFlags: ['-o', '--output-file', '-X', '--directive', '-s', '-E', '-j', '--parallel', '-I'],
    says: 'writes sources of C, or modules, from Cython',
    example: 'cythonize -i fast.pyx',
    read: (call, words) => {
      const sources = words.operands.map((word) => (word === null ? null : resolvePath(call.cwd, word)));
      const unread = sources.some((path) => path === null || LINKS.test(call.files.read(path) ?? 'libraries='));
      return [
        ...generates(call, words),
        ...(unread ? [{ kind: 'assumes', code: 'DF307', args: { what: 'what cython compiles' } } as const] : []),
      ];
    },
  },
];
