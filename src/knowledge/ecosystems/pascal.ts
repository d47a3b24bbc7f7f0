import { baseName, parentFolder, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { someSource } from '../some-source.ts';
import { sourceTraits } from '../source-traits.ts';

const SOURCE = /\.(pas|pp|lpr|dpr)$/i;

/** Units that open libraries when the program runs, under names that only development packages have (`libssl.so`): https://gitlab.com/freepascal.org/fpc/source */
const OPENING =
  /\b(openssl(sockets)?|sqldb|p(q|ostgres)connection|mysql\d+conn|sqlite3conn|ibconnection|odbcconn|oracleconnection|mssqlconn|\w+dyn|dynlibs)\b/i;

/** Nothing is linked that no unit names: https://www.freepascal.org/docs-html/current/prog/progch4.html */
const made = (call: ToolCall, path: string, sources: string): BuildEffect[] => {
  const opens = someSource(sources, { name: SOURCE, text: OPENING, besides: /^(\.git|tests?|backup)\/$/ }, call.files);
  return [
    { kind: 'compiles', folder: sources },
    { kind: 'artifact', path, tree: false, linkage: 'system' },
    ...(opens ? [{ kind: 'unknown', why: 'which libraries its units open is not known', outside: true } as const] : []),
  ];
};

/** `-FEbin`, `-oserver`: the value stands in the same word. https://manpages.debian.org/fpc */
const attached = (flags: readonly string[], name: string): string | undefined =>
  flags.findLast((flag) => flag.startsWith(name) && flag.length > name.length)?.slice(name.length);

function compile(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const flags = call.argv.slice(1).filter((word): word is string => word?.startsWith('-') === true);
  const source = words.operands[0];
  if (flags.some((flag) => /^-i/.test(flag)) && words.operands.length === 0) return [{ kind: 'checks' }];
  const isOther = flags.some((flag) => /^(-s|-T(?!linux)|-P(?!x86_64|aarch64)|-Cn|-WM?\w*)$/.test(flag));
  if (call.argv.includes(null) || source == null || words.operands.length > 1 || isOther || flags.includes('-o'))
    return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const file = resolvePath(call.cwd, source);
  const text = call.files.read(file) ?? call.files.read(`${file}.pas`) ?? call.files.read(`${file}.pp`) ?? '';
  if (/^\s*(\{[^}]*\}\s*)*(library|unit|package)\b/i.test(text))
    return [{ kind: 'unknown', why: 'it builds no program' }];
  const folder = attached(flags, '-FE');
  const out = attached(flags, '-o');
  const name = out ?? baseName(file).replace(SOURCE, '');
  // Objects lie with the program unless they are told another folder.
  const programs =
    folder !== undefined ? resolvePath(call.cwd, folder) : out?.includes('/') ? call.cwd : parentFolder(file);
  const objects = attached(flags, '-FU');
  return [
    { kind: 'intermediate', path: objects === undefined ? programs : resolvePath(call.cwd, objects) },
    ...made(call, resolvePath(programs, name), isWithinCwd(file, call.cwd) ? call.cwd : parentFolder(file)),
  ];
}

const isWithinCwd = (file: string, cwd: string): boolean => file.startsWith(cwd === '/' ? '/' : `${cwd}/`);

/** The program of a project, as its own file says: https://wiki.freepascal.org/lazbuild */
function lazbuild(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const projects = words.operands.filter((word) => word === null || /\.lpi$/i.test(word));
  if (words.operands.includes(null) || [...words.flags.keys()].includes('--create-makefile'))
    return [{ kind: 'unknown', why: 'what it builds is not known' }];
  // Packages are registered with Lazarus and built where they lie.
  const settings: BuildEffect = { kind: 'cache', path: resolvePath(call.home, '.lazarus') };
  if (projects.length === 0) return [settings, { kind: 'builds-in-place', folder: call.cwd }];
  return [
    settings,
    ...projects.flatMap((word): BuildEffect[] => {
      const file = resolvePath(call.cwd, word as string);
      const folder = parentFolder(file);
      const names = [...(call.files.read(file) ?? '').matchAll(/<Target>\s*<Filename Value="([^"]+)"/g)].map(
        (match) => match[1] as string,
      );
      const [name] = names;
      // Each mode of building may have a place of its own.
      const isOne = names.length === 1 && name !== undefined && !/[$]/.test(name);
      return isOne
        ? made(call, resolvePath(folder, name), folder)
        : [
            { kind: 'compiles', folder },
            { kind: 'builds-in-place', folder },
          ];
    }),
  ];
}

/** Free Pascal and Lazarus: https://www.freepascal.org/docs.html */
export const pascal: Ecosystem = {
  id: 'pascal',
  docs: 'https://www.freepascal.org/docs-html/current/user/userap1.html',
  interpreted: false,
  compileInput: (path) => /\.(pas|pp|lpr|dpr|lpi|lps|lpk|lfm|inc|ppu)$/i.test(path),
  traits: (folder, files) =>
    sourceTraits(
      {
        extension: /\.(pas|pp|lpr|dpr|inc)$/i,
        starts:
          /\b(?:RunCommand|RunCommandInDir|ExecuteProcess|fpSystem|Shell|POpen|fpExecv?p?e?|TProcess)\b(?:\s*\(\s*(?:"([\w./-]+)"|[^)]))?/gi,
        only: /\b(process|unix|baseunix|oldlinux|dos|sysutils|utilexec)\b/i,
        // A string stands in single quotes.
        comment: (text) => text.replace(/^[ \t]*\/\/.*$/gm, '').replaceAll("'", '"'),
      },
      folder,
      files,
    ),
  rules: [
    {
      id: 'compile',
      tools: ['fpc'],
      subcommands: null,
      says: 'compiles a program',
      example: 'fpc -O3 -FEbin src/server.pas',
      read: compile,
    },
    {
      id: 'lazbuild',
      tools: ['lazbuild'],
      subcommands: null,
      valueFlags: ['--lazarusdir', '--pcp', '--primary-config-path', '--bm', '--add-package-link'],
      says: 'builds a project',
      example: 'lazbuild --build-mode=Release server.lpi',
      read: lazbuild,
    },
  ],
};
