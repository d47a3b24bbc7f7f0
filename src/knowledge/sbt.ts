import { literal } from '../syntax/glob.ts';
import { resolvePath } from '../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from './ecosystem.ts';
import { needsJdk, output } from './maven.ts';

/** Commands that leave nothing for the container: https://www.scala-sbt.org/1.x/docs/Command-Line-Reference.html */
const PREPARING =
  /^(update|compile|clean|test|reload|exit|set|sbtVersion|\+\+\S*|project|show|Test\/compile|scalafmt\w*|session)$/;

/** Projects of build.sbt that lie in a folder of another name. */
function folderOf(project: string, script: string): string | null {
  const definition = new RegExp(`lazy\\s+val\\s+\`?${literal(project)}\`?\\s*=\\s*(?:\\(\\s*)?project\\b`);
  const [, ...behind] = script.split(definition);
  const folders = behind.flatMap(
    (text) => /^\s*(?:\.\s*)?(?:\(\s*)?in\s*(?:\(\s*)?file\(\s*"([^"]+)"/.exec(text)?.[1] ?? [],
  );
  const isPlain = behind.some((text) => !/^\s*(?:\.\s*)?(?:\(\s*)?in\b/.test(text));
  return folders[0] ?? (isPlain ? project : null);
}

/** sbt with sbt-assembly and sbt-native-packager: https://github.com/sbt/sbt-assembly, https://www.scala-sbt.org/sbt-native-packager/ */
export function sbt(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = call.cwd;
  const effects: BuildEffect[] = [
    ...['.sbt', '.ivy2', '.cache/coursier', '.cache/sbt'].map(
      (name): BuildEffect => ({
        kind: 'cache',
        path: resolvePath(call.home, name),
      }),
    ),
    { kind: 'compiles', folder },
    ...['project/target', 'project/project'].map(
      (name): BuildEffect => ({ kind: 'intermediate', path: resolvePath(folder, name) }),
    ),
  ];
  if (words.operands.includes(null)) return [...effects, ...assumed(folder, '…')];
  const commands = words.operands.flatMap((word) => (word as string).split(';')).map((one) => one.trim());
  const script = call.files.read(resolvePath(folder, 'build.sbt')) ?? '';
  let current = folder;
  const made: BuildEffect[] = [];
  for (const command of commands.filter((one) => one !== '')) {
    const [first = '', second] = command.split(/\s+/);
    if (first === 'project' && second !== undefined) {
      const own = folderOf(second, script);
      if (own === null) return [...effects, ...assumed(folder, command)];
      current = resolvePath(folder, own);
    } else if (!PREPARING.test(first)) {
      const scoped = /^(?:(\w[\w-]*)\s*\/\s*)?(assembly|stage|Universal\s*\/\s*stage|universal:stage)$/.exec(command);
      const project = scoped?.[1] === 'Universal' ? undefined : scoped?.[1];
      const own = project === undefined ? current : folderOf(project, script);
      if (scoped === null || own === null || movesTarget(script)) return [...effects, ...assumed(folder, command)];
      const base = resolvePath(folder, own);
      made.push(...(scoped[2] === 'assembly' ? assembly(base) : stage(base)));
    }
  }
  if (made.length === 0) return [...effects, { kind: 'intermediate', path: `${folder}/target` }];
  return [...effects, ...needsJdk(folder, call), ...made];
}

const assembly = (folder: string): BuildEffect[] => output(`${folder}/target`, true);

/** Its start script is one for bash. */
const stage = (folder: string): BuildEffect[] => [
  { kind: 'intermediate', path: `${folder}/target` },
  ...output(`${folder}/target/universal/stage`, false),
  { kind: 'starts', program: 'bash' },
];

const movesTarget = (script: string): boolean =>
  /\btarget\s*:=|assemblyOutputPath|stagingDirectory|crossTarget\s*:=/.test(script);

const assumed = (folder: string, command: string): BuildEffect[] => [
  { kind: 'builds-in-place', folder },
  { kind: 'assumes', code: 'DF202', args: { command: `sbt ${command}`, where: folder } },
];
