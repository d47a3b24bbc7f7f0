import { expect, test } from 'vitest';
import { editedText } from '../../src/knowledge/edited-text.ts';

const TEXT = '#!/bin/sh\r\nrun --port=80 a/b a/b\n# done\n';
const sed = (...words: string[]): string | null => editedText(['sed', '-i', ...words, 'start.sh'], TEXT);

// What GNU sed 4.9 makes of the text.
test.each([
  [['s/\\r$//'], '#!/bin/sh\nrun --port=80 a/b a/b\n# done\n'],
  [['-e', 's#a/b#curl#', '-e', '/^# /d'], '#!/bin/sh\r\nrun --port=80 curl a/b\n'],
  [['s|a/b|c|g; s/port=.*/port=[&]/'], '#!/bin/sh\r\nrun --port=[port=80 c c]\n# done\n'],
  [['-E', 's/^run (--port)=([0-9]+)/\\2 \\1/'], '#!/bin/sh\r\n80 --port a/b a/b\n# done\n'],
  [['s/\\(done\\)/\\1 $0/'], '#!/bin/sh\r\nrun --port=80 a/b a/b\n# done $0\n'],
  [['1i #!/bin/bash'], '#!/bin/bash\n#!/bin/sh\r\nrun --port=80 a/b a/b\n# done\n'],
  [['$a exec app; exit'], '#!/bin/sh\r\nrun --port=80 a/b a/b\n# done\nexec app; exit\n'],
  [['2s/run/exec run/'], '#!/bin/sh\r\nexec run --port=80 a/b a/b\n# done\n'],
  [['s/a\\/b/d\\/e/2'], null],
  [['s/x\\{2\\}//'], null],
  [['s/.*a.*//'], null],
  [['-n', '/run/p'], null],
  [['-f', 'script.sed'], null],
  [['y/ab/cd/'], null],
  [['1,2d'], null],
])('sed -i %j', (words, made) => {
  expect(sed(...words)).toBe(made);
});

test('other commands', () => {
  expect(editedText(['dos2unix', 'start.sh'], TEXT)).toBe(TEXT.replace('\r', ''));
  expect(editedText(['touch', 'start.sh'], TEXT)).toBe(TEXT);
  expect(editedText(['sed', '-i', null, 'start.sh'], TEXT)).toBe(null);
  expect(editedText(['perl', '-pi', '-e', 's/a/b/', 'start.sh'], TEXT)).toBe(null);
});
