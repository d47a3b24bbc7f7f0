import { withoutBlocks } from '../syntax/comments.ts';
import { isWithin, resolvePath } from '../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from './ecosystem.ts';
import { needsJdk } from './maven.ts';

/** Tasks that write where their own attributes say, and elements inside them: https://ant.apache.org/manual/tasksoverview.html */
const KNOWN = new Set(
  (
    'project property target mkdir javac jar war ear unjar unwar unzip zip zipfileset zipgroupfileset copy move delete ' +
    'path classpath pathelement fileset dirset filelist include exclude patternset manifest attribute section echo ' +
    'description src compilerarg javadoc junit batchtest formatter test depend available condition and or not equals ' +
    'isset isfalse istrue os filterset filter filterchain tokenfilter replacetokens token loadfile loadproperties ' +
    'tstamp format webinf metainf lib classes rmic touch manifestclasspath pathconvert mapper globmapper flattenmapper ' +
    'fail antversion buildnumber rename bootclasspath sourcepath link package arg sysproperty jvmarg'
  ).split(' '),
);

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

function elements(xml: string): readonly Element[] {
  const plain = withoutBlocks(xml, '<!--', '-->');
  return [...plain.matchAll(/<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g)].map((match) => ({
    name: match[1] as string,
    attributes: new Map(
      [...(match[2] as string).matchAll(/(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map((found) => [
        found[1] as string,
        found[2] ?? found[3] ?? '',
      ]),
    ),
  }));
}

/** Ant: what build.xml makes, where its tasks are Ant's own and stay in the project: https://ant.apache.org/manual/using.html */
export function ant(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const file = words.flags.get('-f') ?? words.flags.get('-file') ?? words.flags.get('-buildfile') ?? 'build.xml';
  if (typeof file !== 'string' || words.operands.includes(null))
    return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const path = resolvePath(call.cwd, file);
  const xml = call.files.read(path) ?? '';
  const found = elements(xml);
  const project = found.find(({ name }) => name === 'project');
  const folder = resolvePath(resolvePath(path, '..'), project?.attributes.get('basedir') ?? '.');
  const base: BuildEffect[] = [
    { kind: 'compiles', folder },
    { kind: 'cache', path: resolvePath(call.home, '.ant') },
  ];
  const properties = new Map([['basedir', folder]]);
  // A property keeps the first value it gets; those of the command line come first.
  for (const word of call.argv.slice(1)) {
    const given = /^-D([\w.-]+)=(.*)$/.exec(word ?? '');
    if (given !== null) properties.set(given[1] as string, given[2] as string);
  }
  const fill = (text: string): string =>
    text.replace(/\$\{([^${}]+)\}/g, (hole, key: string) => properties.get(key) ?? hole);
  for (const { name, attributes } of found) {
    const key = attributes.get('name');
    const value = attributes.get('value') ?? attributes.get('location');
    if (name === 'property' && key !== undefined && value !== undefined && !properties.has(key))
      properties.set(key, fill(value));
  }
  const place = (text: string): string => resolvePath(folder, fill(text));
  const strange = found.some(({ name, attributes }) => {
    if (!KNOWN.has(name) || (name === 'property' && attributes.has('file'))) return true;
    const written = ['destdir', 'destfile', 'todir', 'tofile', 'dest', ...(name === 'mkdir' ? ['dir'] : [])];
    return written.some((key) => {
      const text = attributes.get(key);
      return text !== undefined && (/\$\{/.test(fill(text)) || !isWithin(place(text), folder));
    });
  });
  if (project === undefined || strange)
    return [
      ...base,
      { kind: 'builds-in-place', folder },
      { kind: 'assumes', code: 'DF202', args: { command: `ant ${words.operands.join(' ')}`.trim(), where: folder } },
    ];
  const made = found.flatMap(({ name, attributes }): BuildEffect[] => {
    const file = attributes.get('destfile');
    const into = attributes.get('destdir') ?? attributes.get('todir');
    if (file !== undefined && /^(jar|war|ear|zip)$/.test(name))
      return [{ kind: 'artifact', path: place(file), tree: false, linkage: 'unknown' }];
    if (into === undefined || place(into) === folder)
      return into === undefined ? [] : [{ kind: 'builds-in-place', folder }];
    return [{ kind: 'artifact', path: place(into), tree: true, linkage: 'unknown' }];
  });
  return [...base, ...needsJdk(folder, call), ...made];
}
