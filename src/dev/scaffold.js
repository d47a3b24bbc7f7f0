// npm run scaffold ecosystem NAME: makes the file of a new ecosystem, its line in the list, and a first fixture.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const LIST = 'src/knowledge/ecosystems.ts';

/** The file of an ecosystem with one rule, to be made true. */
const file = (name, local) => `import type { Ecosystem, ToolRule } from '../ecosystem.ts';

const build: ToolRule = {
  id: 'build',
  tools: ['${name}'],
  subcommands: ['build'],
  // Flags whose value is the next word.
  valueFlags: ['-o'],
  says: 'compiles the program',
  // A test hands this to the rule: it has to know what the call does.
  example: '${name} build -o /usr/local/bin/main main.${name}',
  read: (call, words) => {
    const output = words.flags.get('-o');
    // What the words do not tell is unknown: a rule never guesses.
    if (typeof output !== 'string') return [{ kind: 'unknown', why: 'where it writes the program is not known' }];
    return [
      // Below this folder lie the sources: what compileInput names stays behind.
      { kind: 'compiles', folder: call.cwd },
      { kind: 'artifact', path: output, tree: false, linkage: 'unknown' },
    ];
  },
};

/** The repository's rules fail until docs has the address of upstream's own documentation. */
export const ${local}: Ecosystem = {
  id: '${name}',
  docs: '',
  interpreted: false,
  compileInput: (path) => path.endsWith('.${name}'),
  rules: [build],
};
`;

const dockerfile = (name) => `FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends ${name}
WORKDIR /src
COPY main.${name} .
RUN ${name} build -o /usr/local/bin/main main.${name}
CMD ["/usr/local/bin/main"]
`;

/** Puts the ecosystem into the list: its import in the order of names, itself at the end. */
function listed(text, name, local) {
  const line = `import { ${local} } from './ecosystems/${name}.ts';\n`;
  const imports = [...text.matchAll(/^import \{ \w+ \} from '\.\/ecosystems\/.*\n/gm)];
  const next = imports.find((match) => match[0] > line) ?? imports.at(-1);
  const at = next[0] > line ? next.index : next.index + next[0].length;
  return `${text.slice(0, at)}${line}${text.slice(at)}`.replace(
    /(export const ecosystems[^[]*(?:\[\][^[]*)?\[[^\]]*?),?\n\];/,
    `$1,\n  ${local},\n];`,
  );
}

function main([what, name]) {
  if (what !== 'ecosystem' || !/^[a-z][a-z0-9-]*$/.test(name ?? '')) {
    process.stderr.write('usage: npm run scaffold ecosystem NAME\n');
    return 2;
  }
  const local = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const path = `src/knowledge/ecosystems/${name}.ts`;
  const fixture = `fixtures/${name}/build`;
  if (existsSync(path)) {
    process.stderr.write(`${path} is there already.\n`);
    return 2;
  }
  writeFileSync(path, file(name, local));
  writeFileSync(LIST, listed(readFileSync(LIST, 'utf8'), name, local));
  mkdirSync(fixture, { recursive: true });
  writeFileSync(`${fixture}/Dockerfile`, dockerfile(name));
  writeFileSync(`${fixture}/main.${name}`, '');
  process.stdout.write(
    `Now make these true:\n  ${path}\n  ${fixture}\nthen: npm run build && npm run fixture ${name}, -- --accept behind it once it is right, npm run docs && npm test\n`,
  );
  return 0;
}

process.exitCode = main(process.argv.slice(2));
