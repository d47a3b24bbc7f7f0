// Shows what dfsplit makes of the fixtures now, against what is recorded, and records it when told to.
//   npm run fixture [NAME…] [-- --accept]     NAME is a case (go/hello) or a whole folder (go)
// It runs today's sources through the same code as test/fixtures.test.ts, so what is accepted is what is tested.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { createTwoFilesPatch } from 'diff';
import { bundled, root } from './bundle.js';

/** The unified diff of one recorded file; empty where nothing changed. */
function patchOf(path, before, after) {
  if (before === after) return '';
  const patch = createTwoFilesPatch(
    before === null ? '/dev/null' : path,
    after === null ? '/dev/null' : path,
    before ?? '',
    after ?? '',
  );
  return patch.replace(/^=+\n/, '');
}

/** Writes one recorded file, or removes it where there is nothing to record. */
function save(path, text) {
  if (text === null) rmSync(path, { force: true });
  else writeFileSync(path, text);
}

async function main(args) {
  const accept = args.includes('--accept');
  const names = args.filter((arg) => !arg.startsWith('-')).map((name) => name.replace(/^fixtures\/|\/$/g, ''));
  const { readCases, convert, record, recorded } = await import(await bundled('test/cases.ts'));
  const cases = readCases(join(root, 'fixtures'));
  const missing = names.filter((name) => !cases.some((it) => it.name === name || it.name.startsWith(`${name}/`)));
  if (missing.length > 0) {
    process.stderr.write(`There is no fixture ${missing.join(', ')}.\n`);
    return 2;
  }

  const terminal = process.stdin.isTTY && process.stdout.isTTY && !accept;
  const reader = terminal ? createInterface({ input: process.stdin, output: process.stdout }) : null;
  let changed = 0;
  let written = 0;
  for (const { name, folder, text } of cases) {
    if (names.length > 0 && !names.some((wanted) => name === wanted || name.startsWith(`${wanted}/`))) continue;
    let now;
    try {
      now = record(convert(text, folder));
    } catch (error) {
      process.stdout.write(`== ${name}: dfsplit threw\n${error.stack}\n`);
      changed += 1;
      continue;
    }
    const before = recorded(folder);
    const patch =
      patchOf(`${name}/expected.Dockerfile`, before.dockerfile, now.dockerfile) +
      patchOf(`${name}/expected.json`, before.json, now.json);
    if (patch === '') continue;
    changed += 1;
    process.stdout.write(`== ${name}\n${patch}\n`);
    const answer = reader === null ? '' : await reader.question(`Record this for ${name}? [y/N] `);
    if (!accept && !/^y/i.test(answer)) continue;
    save(join(folder, 'expected.Dockerfile'), now.dockerfile);
    save(join(folder, 'expected.json'), now.json);
    written += 1;
  }
  reader?.close();
  process.stdout.write(`${changed} changed, ${written} recorded\n`);
  return changed === written ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
