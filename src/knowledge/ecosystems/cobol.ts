import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { sourceTraits } from '../source-traits.ts';

/** https://manpages.debian.org/cobc: `-x` makes a program, named after its first source; anything else is loaded by cobcrun. */
function compile(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const { flags, operands } = words;
  const [source] = operands;
  if (flags.has('--info') || flags.has('--version') || flags.has('-V')) return [{ kind: 'checks' }];
  if (call.argv.includes(null) || source == null) return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const attached = [...flags.keys()].find((flag) => /^-o./.test(flag))?.slice(2);
  const out = flags.get('-o') ?? attached;
  const isProgram = [...flags.keys()].some((flag) => /^-[a-zA-Z]+$/.test(flag) && flag.includes('x'));
  const compiles: BuildEffect = { kind: 'compiles', folder: call.cwd };
  if (!isProgram || flags.has('-c')) return [compiles, { kind: 'builds-in-place', folder: call.cwd }];
  const name = typeof out === 'string' ? out : baseName(source).replace(/\.\w+$/, '');
  return [compiles, { kind: 'artifact', path: resolvePath(call.cwd, name), tree: false, linkage: 'system' }];
}

/** GnuCOBOL, whose packages stand for the library that its programs need: https://gnucobol.sourceforge.io/ */
export const cobol: Ecosystem = {
  id: 'cobol',
  docs: 'https://manpages.debian.org/cobc',
  interpreted: false,
  compileInput: (path) => /\.(cob|cbl|cpy|copy)$/i.test(path),
  traits: (folder, files) =>
    sourceTraits(
      {
        extension: /\.(cob|cbl|cpy)$/i,
        starts: /\bCALL\s+(?:USING\s+)?["'](?:SYSTEM|C\$RUN|execv?p?)["']/gi,
        comment: (text) => text.replaceAll("'", '"'),
      },
      folder,
      files,
    ),
  rules: [
    {
      id: 'compile',
      tools: ['cobc'],
      subcommands: null,
      valueFlags: ['-o', '-I', '-L', '-T', '-t', '-A', '-Q', '-K', '-D'],
      says: 'compiles a program',
      example: 'cobc -x -O2 -o ledger ledger.cob',
      read: compile,
    },
  ],
};
