import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { documents } from '../src/report/documents.ts';
import { type FileReport, fileReport } from '../src/report/file-report.ts';
import { split } from '../src/split.ts';
import { convert, options, readCases } from './cases.ts';

const about = { version: '1.2.3', page: () => '<!-- dfsplit data -->' };
const fixtures = readCases().map(({ name, folder, text }) =>
  fileReport(`fixtures/${name}/Dockerfile`, folder, text, convert(text, folder)),
);

/** What a file may try on whoever shows it. */
const HOSTILE = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '::error file=x::injected',
  '%0A::error::injected',
  '| a | b |',
  '```',
  '``code`` `x',
  '\u001b[2J\u001b]0;title\u0007',
  '@everyone #1 https://example.com/ www.example.com a@example.com',
  '[link](https://example.com) ![image](https://example.com/x.png)',
  '<!-- --> --!> <details> &lt; &amp;',
  'a\\|b \\` \\\\| \u202egnp.exe',
  '{0} {{message}} [text](0)',
  "';alert(1);//",
];
const dockerfile = (hostile: string, image = 'golang:1.25') =>
  [
    `FROM ${image}`,
    'WORKDIR /src',
    `# ${hostile}`,
    'COPY . .',
    `RUN echo '${hostile.replaceAll("'", '')}' && ${hostile.replace(/[^\w]/g, '-')} && go build -o /app .`,
    `LABEL note="${hostile.replaceAll('"', '').replaceAll('\\', '')}"`,
    'CMD ["/app"]',
    '',
  ].join('\n');
const hostile: readonly FileReport[] = HOSTILE.flatMap((text, index) => [
  fileReport(
    `a ${text.replaceAll('\n', ' ')}/Dockerfile`,
    null,
    dockerfile(text),
    split(dockerfile(text), options, null),
  ),
  fileReport(
    `b\n${text}/${index}`,
    null,
    dockerfile(text, `x/${text.replace(/\s.*/, '')}`),
    split(dockerfile(text, `x/${text.replace(/\s.*/, '')}`), options, null),
  ),
]);
// A message with all of it: the arguments of a finding are words of the file.
const spoken: readonly FileReport[] = hostile.map((report, index) => {
  const text = HOSTILE[Math.floor(index / 2)] ?? '';
  const said = {
    code: 'DF206',
    name: 'unknown-image',
    severity: 'blocker',
    line: 1,
    column: 1,
    message: `nothing is known of ${text}`,
    help: `\`${text}\``,
  } as const;
  return { ...report, diagnostics: [...report.diagnostics, said] };
});

test('the hostile files are of every kind', () => {
  expect(new Set(spoken.map(({ outcome }) => outcome.outcome))).toEqual(new Set(['split', 'refused']));
});

describe('sarif', () => {
  const schema = JSON.parse(
    readFileSync(
      createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
      'utf8',
    ),
  );
  const ajv = new Ajv.default({ strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const valid = ajv.compile(schema);

  test.each([
    ['of no file', []],
    ['of the fixtures', fixtures],
    ['of hostile files', spoken],
  ])('%s is valid against the schema', (_, reports) => {
    const log: unknown = JSON.parse(documents.sarif(reports, about));
    valid(log);
    expect(valid.errors ?? []).toEqual([]);
  });

  test('the validator finds what is wrong', () => {
    const log = JSON.parse(documents.sarif(fixtures, about));
    log.runs[0].results[0].level = 'fatal';
    expect(valid(log)).toBe(false);
  });

  interface Region {
    readonly startLine: number;
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
  }
  interface Result {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly locations: readonly { readonly physicalLocation: { readonly region: Region } }[];
    readonly fixes?: readonly {
      readonly artifactChanges: readonly {
        readonly replacements: readonly {
          readonly deletedRegion: Region;
          readonly insertedContent: { readonly text: string };
        }[];
      }[];
    }[];
  }
  const runOf = (report: FileReport) =>
    JSON.parse(documents.sarif([report], about)).runs[0] as {
      readonly results: readonly Result[];
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    };

  test.each([...fixtures, ...hostile])('$path: the fix makes the new file', (report) => {
    const { results, tool } = runOf(report);
    for (const result of results) expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    const [fix] = results.flatMap((result) => result.fixes ?? []);
    if (report.outcome.text === null) return expect(fix).toBeUndefined();
    const bom = /^\uFEFF?/.exec(report.original)?.[0] ?? '';
    let text = report.original.slice(bom.length);
    const offset = (line: number, column: number) =>
      text
        .split('\n')
        .slice(0, line - 1)
        .reduce((sum, one) => sum + one.length + 1, 0) +
      column -
      1;
    const replacements = fix?.artifactChanges[0]?.replacements ?? [];
    for (const { deletedRegion: at, insertedContent } of replacements.toReversed())
      text =
        text.slice(0, offset(at.startLine, at.startColumn)) +
        insertedContent.text +
        text.slice(offset(at.endLine, at.endColumn));
    expect(bom + text).toBe(report.outcome.text);
  });

  test('every line is one of the file', () => {
    const beyond = fixtures.flatMap((report) =>
      runOf(report).results.filter(
        ({ locations: [place] }) =>
          (place?.physicalLocation.region.startLine ?? 0) > report.original.split('\n').length,
      ),
    );
    expect(beyond).toEqual([]);
  });
});

describe('github', () => {
  test('is one command a line, of which a file says nothing but its text', () => {
    const lines = documents.github(spoken).trimEnd().split('\n');
    const commands = lines.filter((line) => line.startsWith('::'));
    expect(lines).toHaveLength(commands.length + 1);
    for (const line of commands) {
      const [, properties = '', data = ''] = /^::(?:error|warning|notice) (.*?)::(.*)$/.exec(line) ?? [];
      expect(properties.split(',').map((one) => one.split('=')[0])).toEqual(['file', 'line', 'col', 'title']);
      expect(data).not.toMatch(/[\r\n\u001b]/);
      const file =
        properties
          .split(',')[0]
          ?.slice(5)
          .replaceAll('%0A', '\n')
          .replaceAll('%3A', ':')
          .replaceAll('%2C', ',')
          .replaceAll('%25', '%') ?? '';
      expect(
        spoken.some(
          ({ path }) => path.replace(/[\u0000-\u0008\u000b-\u001f\u202e]/g, '') === file.replace(/\\x..|\\u202e/g, ''),
        ),
      ).toBe(true);
    }
  });

  test('warns of what can be changed, on the line that changes', () => {
    const report = fixtures.find(({ path }) => path.includes('go/hello/')) as FileReport;
    expect(documents.github([report])).toMatch(
      /^::warning file=fixtures\/go\/hello\/Dockerfile,line=2,col=1,title=This Dockerfile can be split::golang:1.25 builds/,
    );
  });
});

describe('markdown', () => {
  const html = (markdown: string) =>
    micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  const tags = (rendered: string) => new Set([...rendered.matchAll(/<(\/?[a-z!][\w-]*)/gi)].map((match) => match[1]));

  test('of hostile files holds no markup but our own', () => {
    const rendered = html(documents.markdown(spoken)).replaceAll('<!-- -->', '');
    const own = new Set([
      'details',
      'summary',
      'code',
      'pre',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'h2',
      'h3',
      'p',
      'ul',
      'li',
      'strong',
      'input',
      'br',
    ]);
    expect([...tags(rendered)].filter((tag) => !own.has(tag?.replace('/', '') ?? ''))).toEqual([]);
    const prose = html(documents.markdown(spoken)).replace(/<(pre|code)\b[\s\S]*?<\/\1>/g, '');
    expect(prose).not.toMatch(/@\w|#\d|<a |\u001b/);
  });

  test('every table has the columns of its head', () => {
    for (const [, table = ''] of html(documents.markdown([...spoken, ...fixtures])).matchAll(
      /<table>([\s\S]*?)<\/table>/g,
    )) {
      const rows = table
        .split('<tr>')
        .slice(1)
        .map((row) => row.match(/<t[hd]\b/g)?.length);
      expect(new Set(rows).size).toBe(1);
    }
  });

  test('shows the diff, folds the reasons and lists the assumptions to tick off', () => {
    const report = fixtures.find(
      ({ diagnostics, outcome }) => outcome.text !== null && diagnostics.some((one) => one.severity === 'assumption'),
    ) as FileReport;
    const markdown = documents.markdown([report]);
    expect(markdown).toMatch(/^- \[ \] \*\*DF\d+\*\* line \d+: /m);
    expect(markdown).toMatch(/^```diff\n--- a\//m);
    expect(markdown).toMatch(/<details><summary>Why each of the \d+ steps/);
    expect(html(markdown)).toContain('<input type="checkbox"');
  });

  test('of many files stays within what a pull request takes, and counts what it leaves out', () => {
    const many = Array.from({ length: 5 }, () => fixtures).flat();
    const markdown = documents.markdown(many);
    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toContain('Changed too, without room for the diff');
  });
});

describe('html', () => {
  const page = readFileSync('dist/review.html', 'utf8');
  const html = documents.html(spoken, { version: '1.2.3', page: () => page });
  const blocks = [...html.matchAll(/<script type="application\/json" id="([^"]+)">([\s\S]*?)<\/script>/g)];

  test('holds the data as it is, however hostile', () => {
    expect(blocks.map(([, id]) => id)).toEqual([
      'index',
      'codes',
      'reasons',
      ...spoken.map((_, index) => `file-${index}`),
    ]);
    const details = blocks.slice(3).map(([, , json = '']) => JSON.parse(json));
    expect(details.map(({ original, text }) => [original, text])).toEqual(
      spoken.map(({ original, outcome }) => [original, outcome.text]),
    );
    expect(JSON.parse(blocks[0]?.[2] ?? '').files.map(({ path }: { path: string }) => path)).toEqual(
      spoken.map(({ path }) => path),
    );
  });

  test('has no tag but those of the page', () => {
    const frame = html.replace(/<script type="application\/json"[\s\S]*?<\/script>\n?/g, '');
    expect(frame).toBe(page.replace('<!-- dfsplit data -->', ''));
  });

  test('allows its own script alone, and no network', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data:/);
    expect(page).not.toMatch(/(src|href)="(?!data:)/);
  });
});
