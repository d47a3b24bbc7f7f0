import { describe, expect, test } from 'vitest';
import { commandEntry } from '../../src/knowledge/commands.ts';
import { onlyPrints, PHP, PYTHON, printsConstant } from '../../src/knowledge/one-liner.ts';

describe('a one-line program only prints where every import and call is known to', () => {
  test.each([
    'import sys; print(sys.version)',
    "import sysconfig; print(sysconfig.get_paths()['purelib'])",
    'import os; import base64; print(base64.b64encode(os.urandom(40)))',
    'from distutils.sysconfig import get_python_lib\nprint(get_python_lib())',
    'import numpy as np; print(np.get_include())',
  ])('Python: %s', (code) => expect(onlyPrints(code, PYTHON)).toBe(true));
  test.each([
    "import os; os.remove('/x')",
    "from os import remove as print; print('/x')",
    "from os import remove as r; r('/x')",
    "import os; print = os.remove; print('/x')",
    "print(__import__('os').system('x'))",
    "print(open('/x', 'w'))",
    'import app; print(app.version())',
    "import nltk; nltk.download('punkt')",
    'import shop',
    'import sys; exec(sys.argv[1])',
    "from shutil import rmtree\nrmtree('/x')",
  ])('not Python: %s', (code) => expect(onlyPrints(code, PYTHON)).toBe(false));
  test.each(['echo PHP_VERSION;', 'echo ini_get("extension_dir");', 'print(PHP_OS);'])('PHP: %s', (code) =>
    expect(onlyPrints(code, PHP)).toBe(true),
  );
  test.each(["unlink('x');", 'include $x;', 'echo `rm x`;', 'new Installer;', "copy('a', 'b');"])(
    'not PHP: %s',
    (code) => expect(onlyPrints(code, PHP)).toBe(false),
  );
  test.each(['puts RUBY_VERSION', 'print RbConfig::CONFIG["bindir"]', 'puts Gem.default_dir'])('Ruby: %s', (code) =>
    expect(printsConstant(code)).toBe(true),
  );
  test.each(["File.delete 'x'", 'puts `rm x`', "system 'x'", 'puts RUBY_VERSION; Dir.mkdir "x"'])(
    'not Ruby: %s',
    (code) => expect(printsConstant(code)).toBe(false),
  );
});

describe('what a printing program reads and writes', () => {
  const effects = (line: string): string[] => {
    const argv = line.split(' ');
    const none = {
      cwd: '/w',
      home: '/root',
      user: 'root',
      distribution: null,
      braces: null,
      redirectTo: null,
      stdin: null,
    };
    return (commandEntry(argv[0] as string)?.read({ argv, ...none }) ?? [])
      .filter(({ kind }) => kind !== 'prints')
      .map(
        (effect) =>
          `${effect.kind} ${'path' in effect ? effect.path : ''}${'tree' in effect && effect.tree ? '/' : ''}`,
      );
  };
  test.each([
    ['cat VERSION', ['reads VERSION']],
    ['cat', []],
    ['cat - /dev/stdin', []],
    ['head -n 1 a b', ['reads a', 'reads b']],
    ['tail -1 a', ['reads a']],
    ['grep -o x a', ['reads a']],
    ['grep -e x a', ['reads a']],
    ['grep -r x src', ['reads src/']],
    ['awk -F : {print} a n=1', ['reads a']],
    ['sed s/a/b/ a', ['reads a']],
    ['sed -n -e p a', ['reads a']],
    ['sort -o b a', ['writes b', 'reads a']],
    ['uniq a b', ['writes b', 'reads a']],
    ['cut -d : -f 1 a', ['reads a']],
    ['jq .version package.json', ['reads package.json']],
    ['ls', ['reads ./']],
    ['ls -l a', ['reads a/']],
    ['find src -name x', ['reads src/']],
    ['wc -l docs/*.md', ['reads docs/']],
    ['xsltproc -o b a.xsl a.xml', ['writes b', 'reads a.xsl', 'reads a.xml']],
  ])('%s', (line, expected) => expect(effects(line)).toEqual(expected));
});
