import { resolvePath } from '../syntax/paths.ts';
import type { BuildEffect, ImageFiles, ParsedWords, ToolCall } from './ecosystem.ts';
import { needsJdk, output } from './maven.ts';

export const GRADLE_FLAGS = (
  '-p --project-dir -b --build-file -x --exclude-task -I --init-script -g --gradle-user-home --max-workers --console -c ' +
  '--settings-file --priority --warning-mode'
).split(' ');

/** Plug-ins and tasks of the script that pack what the program needs into its one jar. */
const FAT = /shadow|org\.springframework\.boot|fatJar|uberJar|ktor/i;
const PREPARING =
  /^(clean|dependencies|resolveDependencies|downloadDependencies|tasks|test|check|compile\w*|classes|testClasses|processResources|wrapper|help|projects|properties|spotless\w*|ktlint\w*|--version)$/;
const KNOWN =
  /^(build|assemble|jar|bootJar|bootWar|war|shadowJar|fatJar|buildFatJar|uberJar|installDist|installShadowDist|distTar|distZip|quarkusBuild|stage)$/;
/** A task of the script that writes somewhere else than below `build`. */
const OWN_FOLDER =
  /\b(buildDir|destinationDir\w*|layout\.buildDirectory|archivesBaseDir)\s*(=|\.set\()|\binto\s*(?:\(\s*)?(?:["'(]\s*)?(\$?rootDir|\$projectDir|\.\.?\/|\/)/;

function scriptOf(folder: string, name: string, files: ImageFiles): string | null {
  return files.read(resolvePath(folder, `${name}.gradle`)) ?? files.read(resolvePath(folder, `${name}.gradle.kts`));
}

/** https://docs.gradle.org/current/userguide/command_line_interface.html */
export function gradle(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const project = words.flags.get('-p') ?? words.flags.get('--project-dir');
  if (project === null || words.operands.includes(null))
    return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const folder = typeof project === 'string' ? resolvePath(call.cwd, project) : call.cwd;
  const home = call.env('GRADLE_USER_HOME') ?? resolvePath(call.home, '.gradle');
  const effects: BuildEffect[] = [
    { kind: 'cache', path: home },
    { kind: 'cache', path: `${folder}/.gradle` },
    { kind: 'compiles', folder },
  ];
  const paths = words.operands as string[];
  const tasks = paths.map((task) => task.replace(/^.*:/, ''));
  if (tasks.every((task) => PREPARING.test(task)))
    return [...effects, { kind: 'intermediate', path: `${folder}/build` }];
  const makes = paths.filter((_path, index) => !PREPARING.test(tasks[index] as string));
  const stranger = makes.find((path) => !KNOWN.test(path.replace(/^.*:/, '')));
  if (stranger !== undefined)
    return [
      ...effects,
      { kind: 'builds-in-place', folder },
      { kind: 'assumes', code: 'DF202', args: { command: `gradle ${tasks.join(' ')}`, where: folder } },
    ];
  const settings = scriptOf(folder, 'settings', call.files) ?? '';
  return [...effects, ...needsJdk(folder, call), ...makes.flatMap((path) => made(folder, path, settings, call.files))];
}

/** What one task makes, in the folder of its project: `:app:shadowJar` in app, where nothing says otherwise. */
function made(folder: string, path: string, settings: string, files: ImageFiles): BuildEffect[] {
  const parts = path.split(':').filter((part) => part !== '');
  const task = parts.pop() as string;
  const several = /\binclude\b|includeBuild/.test(settings);
  const own = [folder, ...parts].join('/');
  const script = scriptOf(own, 'build', files);
  const known =
    script !== null &&
    script.trim() !== '' &&
    !OWN_FOLDER.test(script) &&
    (parts.length > 0 ? !/projectDir|rootDir/.test(settings) : !several);
  if (!known) return [{ kind: 'builds-in-place', folder }];
  const build: BuildEffect = { kind: 'intermediate', path: `${own}/build` };
  if (/^install/.test(task) || task === 'stage') return [build, ...output(`${own}/build/install`, false)];
  if (task.startsWith('dist')) return [build, ...output(`${own}/build/distributions`, true)];
  if (/io\.quarkus/.test(script))
    return [build, ...output(/quarkus\.package/.test(script) ? `${own}/build` : `${own}/build/quarkus-app`, false)];
  return [build, ...output(`${own}/build/libs`, FAT.test(script))];
}
