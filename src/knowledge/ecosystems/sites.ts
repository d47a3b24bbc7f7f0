import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';

/** A generator of static pages: the flags and the default of the folder it writes, and what else it leaves. */
interface Generator {
  readonly flags: readonly string[];
  readonly folder: string;
  /** The flag that names the folder of the sources, from which the default is told. */
  readonly source: readonly string[];
  readonly leaves: readonly string[];
}

function site({ flags, folder, source, leaves }: Generator, call: ToolCall, words: ParsedWords): BuildEffect[] {
  const value = (names: readonly string[]): string | true | null | undefined =>
    names.map((name) => words.flags.get(name)).find((found) => found !== undefined);
  const [out, from] = [value(flags), value(source)];
  if (out === null || out === true || from === null || from === true)
    return [{ kind: 'unknown', why: 'the folder it writes is not known' }];
  const root = from === undefined ? call.cwd : resolvePath(call.cwd, from);
  const path = out === undefined ? resolvePath(root, folder) : resolvePath(call.cwd, out);
  return [
    { kind: 'compiles', folder: root },
    ...leaves.map((name): BuildEffect => ({ kind: 'cache', path: resolvePath(root, name) })),
    { kind: 'artifact', path, tree: true, linkage: 'static' },
  ];
}

const HUGO: Generator = {
  flags: ['-d', '--destination'],
  folder: 'public',
  source: ['-s', '--source'],
  leaves: ['resources', '.hugo_build.lock'],
};
const JEKYLL: Generator = {
  flags: ['-d', '--destination'],
  folder: '_site',
  source: ['-s', '--source'],
  leaves: ['.jekyll-cache'],
};
const MKDOCS: Generator = { flags: ['-d', '--site-dir'], folder: 'site', source: [], leaves: [] };

/** Where the settings of a site may name another folder than the default. */
function named(
  call: ToolCall,
  words: ParsedWords,
  files: readonly string[],
  key: RegExp,
  flags: readonly string[],
): boolean {
  if (flags.some((flag) => words.flags.has(flag))) return false;
  const texts = files.map((file) => call.files.read(resolvePath(call.cwd, file))).filter((text) => text !== null);
  return texts.length === 0 || texts.some((text) => text.trim() === '' || key.test(text));
}

const unknown: BuildEffect[] = [{ kind: 'unknown', why: 'the folder it writes is named elsewhere' }];

/** Generators of static pages: what they read is compiled into pages, and the server reads the pages alone. */
export const sites: Ecosystem = {
  id: 'sites',
  docs: 'https://gohugo.io/commands/hugo/',
  interpreted: false,
  // What is a source and what a page is, the tool's own settings say: all of a site's folder is kept, its output is on top.
  compileInput: () => false,
  rules: [
    {
      id: 'hugo',
      tools: ['hugo'],
      subcommands: null,
      valueFlags: [
        '-d',
        '--destination',
        '-s',
        '--source',
        '-b',
        '--baseURL',
        '-e',
        '--environment',
        '--config',
        '-c',
        '--contentDir',
        '-t',
        '--theme',
        '--themesDir',
        '--logLevel',
        '--cacheDir',
        '-l',
        '--layoutDir',
      ],
      says: 'makes the pages',
      example: 'hugo --minify -d /srv/www',
      read: (call, words) => {
        if (words.operands[0] === 'version' || words.operands[0] === 'env' || words.operands[0] === 'mod')
          return [{ kind: 'checks' }];
        if (words.operands.length > 0) return unknown;
        const settings = [
          'hugo.toml',
          'hugo.yaml',
          'config.toml',
          'config.yaml',
          'config.yml',
          'hugo.json',
          'config.json',
        ];
        return named(call, words, settings, /publishDir/i, HUGO.flags) ? unknown : site(HUGO, call, words);
      },
    },
    {
      // https://jekyllrb.com/docs/usage/
      id: 'jekyll',
      tools: ['jekyll'],
      subcommands: ['build', 'b'],
      valueFlags: ['-d', '--destination', '-s', '--source', '--config', '-b', '--baseurl'],
      says: 'makes the pages',
      example: 'jekyll build -d /srv/www',
      read: (call, words) =>
        named(call, words, ['_config.yml'], /^destination:/m, JEKYLL.flags) ? unknown : site(JEKYLL, call, words),
    },
    {
      // https://www.mkdocs.org/user-guide/cli/#mkdocs-build
      id: 'mkdocs',
      tools: ['mkdocs'],
      subcommands: ['build'],
      valueFlags: ['-d', '--site-dir', '-f', '--config-file', '-t', '--theme'],
      says: 'makes the pages',
      example: 'mkdocs build -d /srv/www',
      read: (call, words) =>
        named(call, words, ['mkdocs.yml', 'mkdocs.yaml'], /^site_dir:/m, MKDOCS.flags)
          ? unknown
          : site(MKDOCS, call, words),
    },
    {
      // https://www.sphinx-doc.org/en/master/man/sphinx-build.html
      id: 'sphinx',
      tools: ['sphinx-build'],
      subcommands: null,
      valueFlags: ['-b', '--builder', '-c', '-d', '-D', '-A', '-t', '-j', '-w', '-M'],
      says: 'makes the pages',
      example: 'sphinx-build -b html docs /srv/www',
      read: (call, words) => {
        const [source, out] = words.operands;
        if (words.flags.has('--version')) return [{ kind: 'checks' }];
        if (source == null || out == null) return unknown;
        const doctrees = words.flags.get('-d');
        return [
          { kind: 'compiles', folder: resolvePath(call.cwd, source) },
          ...(typeof doctrees === 'string' ? [{ kind: 'cache', path: resolvePath(call.cwd, doctrees) } as const] : []),
          { kind: 'artifact', path: resolvePath(call.cwd, out), tree: true, linkage: 'static' },
        ];
      },
    },
  ],
};
