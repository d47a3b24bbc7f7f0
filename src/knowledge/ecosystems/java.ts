import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';

const MAVEN_FLAGS = [
  '-f',
  '--file',
  '-P',
  '--activate-profiles',
  '-pl',
  '--projects',
  '-T',
  '--threads',
  '-s',
  '--settings',
  '-gs',
  '-rf',
  '-l',
  '--log-file',
];
const GRADLE_FLAGS = [
  '-p',
  '--project-dir',
  '-b',
  '--build-file',
  '-x',
  '--exclude-task',
  '-I',
  '--init-script',
  '-g',
  '--gradle-user-home',
  '--max-workers',
  '--console',
  '-c',
];

/** Plug-ins that pack what the program needs into its one jar. */
const FAT_MAVEN = /spring-boot-maven-plugin|maven-shade-plugin|maven-assembly-plugin|onejar-maven-plugin/;
const FAT_GRADLE = /shadow|org\.springframework\.boot|fatJar|uberJar|ktor/i;
/** Goals after which the jar lies in target/: https://maven.apache.org/guides/introduction/introduction-to-the-lifecycle.html */
const PACKAGING = new Set([
  'package',
  'verify',
  'install',
  'deploy',
  'integration-test',
  'spring-boot:repackage',
  'assembly:single',
  'assembly:assembly',
  'shade:shade',
]);
const PREPARING =
  /^(clean|validate|compile|test|test-compile|process-\w[\w-]*|generate-\w[\w-]*|initialize|dependency:(?!copy)[\w-]+|help:[\w-]+|versions:[\w-]+|de\.qaware\.maven:go-offline-maven-plugin:.*|-)/;

const cache = (path: string): BuildEffect => ({ kind: 'cache', path });

/** What lies in the output folder: one jar that brings everything along, or a jar with others around it. */
function output(path: string, fat: boolean): BuildEffect[] {
  return fat
    ? [{ kind: 'program-folder', path, linkage: 'unknown' }]
    : [{ kind: 'artifact', path, tree: true, linkage: 'unknown' }];
}

function maven(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const file = words.flags.get('-f') ?? words.flags.get('--file');
  if (file === null || words.operands.includes(null)) return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const folder = typeof file !== 'string' ? call.cwd : resolvePath(call.cwd, /\.xml$/.test(file) ? `${file}/..` : file);
  const repository = words.flags.get('-Dmaven.repo.local');
  const caches = [
    cache(typeof repository === 'string' ? resolvePath(call.cwd, repository) : resolvePath(call.home, '.m2')),
  ];
  const goals = words.operands as string[];
  if (goals.length === 0) return [...caches, { kind: 'checks' }];
  const stranger = goals.find((goal) => !PACKAGING.has(goal) && !PREPARING.test(goal));
  const effects: BuildEffect[] = [...caches, { kind: 'compiles', folder }];
  if (stranger !== undefined)
    return [
      ...effects,
      { kind: 'builds-in-place', folder },
      { kind: 'assumes', code: 'DF202', args: { command: `mvn ${stranger}`, where: folder } },
    ];
  const pom = call.files.read(resolvePath(folder, 'pom.xml'));
  if (!goals.some((goal) => PACKAGING.has(goal)))
    return [...effects, { kind: 'intermediate', path: `${folder}/target` }];
  // Of several modules, or of a project that is not here to be read, only the container's own words tell which jar counts.
  if (
    pom === null ||
    pom.trim() === '' ||
    /<module>/.test(pom) ||
    /<outputDirectory>(?!\$\{project\.build\.directory\})/.test(pom)
  )
    return [...effects, { kind: 'builds-in-place', folder }];
  const fat = FAT_MAVEN.test(pom) && !/copy-dependencies|<attach>false|quarkus/.test(pom);
  return [...effects, ...output(`${folder}/target`, fat)];
}

function gradle(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const project = words.flags.get('-p') ?? words.flags.get('--project-dir');
  if (project === null || words.operands.includes(null))
    return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const folder = typeof project === 'string' ? resolvePath(call.cwd, project) : call.cwd;
  const home = call.env('GRADLE_USER_HOME') ?? resolvePath(call.home, '.gradle');
  const effects: BuildEffect[] = [cache(home), cache(`${folder}/.gradle`), { kind: 'compiles', folder }];
  const tasks = (words.operands as string[]).map((task) => task.replace(/^.*:/, ''));
  const settings =
    call.files.read(resolvePath(folder, 'settings.gradle')) ??
    call.files.read(resolvePath(folder, 'settings.gradle.kts')) ??
    '';
  const script =
    call.files.read(resolvePath(folder, 'build.gradle')) ?? call.files.read(resolvePath(folder, 'build.gradle.kts'));
  if (
    tasks.every((task) =>
      /^(clean|dependencies|resolveDependencies|tasks|test|check|compile\w*|classes|wrapper|help|projects|properties)$/.test(
        task,
      ),
    )
  )
    return [...effects, { kind: 'intermediate', path: `${folder}/build` }];
  const known = tasks.every((task) =>
    /^(clean|build|assemble|jar|bootJar|bootWar|war|shadowJar|fatJar|buildFatJar|uberJar|installDist|installShadowDist|distTar|distZip|test|check)$/.test(
      task,
    ),
  );
  if (!known || script === null || script.trim() === '' || /\binclude\b/.test(settings))
    return [
      ...effects,
      { kind: 'builds-in-place', folder },
      ...(known
        ? []
        : [{ kind: 'assumes', code: 'DF202', args: { command: `gradle ${tasks.join(' ')}`, where: folder } } as const]),
    ];
  const install = tasks.some((task) => task.startsWith('install'));
  return [
    ...effects,
    { kind: 'intermediate', path: `${folder}/build` },
    ...(install ? output(`${folder}/build/install`, false) : output(`${folder}/build/libs`, FAT_GRADLE.test(script))),
    ...(tasks.some((task) => task.startsWith('dist')) ? output(`${folder}/build/distributions`, true) : []),
  ];
}

function sbt(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = call.cwd;
  const effects: BuildEffect[] = [
    ...['.sbt', '.ivy2', '.cache/coursier', '.cache/sbt'].map((name) => cache(resolvePath(call.home, name))),
    { kind: 'compiles', folder },
  ];
  const tasks = words.operands.flatMap((word) => (word ?? '?').split(/[\s;]+/)).filter((task) => task !== '');
  if (tasks.every((task) => /^(update|compile|clean|test|reload|exit)$/.test(task)))
    return [...effects, { kind: 'intermediate', path: `${folder}/target` }];
  if (
    tasks.every((task) =>
      /^(update|compile|clean|test|reload|set|assembly|stage|universal:stage|Universal\/stage)$/.test(task),
    )
  )
    return tasks.includes('assembly')
      ? [...effects, ...output(`${folder}/target`, true)]
      : [...effects, ...output(`${folder}/target/universal/stage`, false)];
  return [
    ...effects,
    { kind: 'builds-in-place', folder },
    { kind: 'assumes', code: 'DF202', args: { command: `sbt ${tasks.join(' ')}`, where: folder } },
  ];
}

function javac(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const target = words.flags.get('-d');
  if (target === null) return [{ kind: 'unknown', why: 'where it compiles to is not known' }];
  const effects: BuildEffect[] = [{ kind: 'compiles', folder: call.cwd }];
  return typeof target === 'string'
    ? [...effects, { kind: 'artifact', path: resolvePath(call.cwd, target), tree: true, linkage: 'unknown' }]
    : [...effects, { kind: 'builds-in-place', folder: call.cwd }];
}

function jar(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const [mode, file] = call.argv[1]?.startsWith('-')
    ? [null, words.flags.get('-f') ?? words.flags.get('--file')]
    : [call.argv[1], call.argv[2]];
  const makes = mode === null ? words.flags.has('--create') || words.flags.has('-c') : /c/.test(mode ?? '');
  if (!makes) return [{ kind: 'builds-in-place', folder: call.cwd }];
  return typeof file === 'string'
    ? [{ kind: 'artifact', path: resolvePath(call.cwd, file), tree: false, linkage: 'unknown' }]
    : [{ kind: 'unknown', why: 'the name of what it makes is not known' }];
}

/** Java, Kotlin and Scala with Maven, Gradle and sbt: https://maven.apache.org/, https://docs.gradle.org/, https://www.scala-sbt.org/ */
export const java: Ecosystem = {
  id: 'java',
  docs: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/',
  interpreted: false,
  compileInput: (path) =>
    /(^|\/)src\/(main|test|it)\/|(^|\/)(pom\.xml|mvnw(\.cmd)?|gradlew(\.bat)?|(build|settings)\.gradle(\.kts)?|gradle\.properties|build\.sbt)$|(^|\/)(\.mvn|gradle|project)\/|\.(java|kt|kts|scala|groovy|gradle)$/.test(
      path,
    ),
  // Resource filtering can write the project's folder into a file of the jar.
  sourcePath:
    /\$\{(project\.)?(basedir|build\.directory)\}|@(project\.)?basedir@|\$rootDir|\$projectDir|layout\.projectDirectory/,
  rules: [
    {
      id: 'maven',
      tools: ['mvn', 'mvnw', 'mvnd'],
      subcommands: null,
      valueFlags: MAVEN_FLAGS,
      says: 'builds with Maven',
      read: maven,
    },
    {
      id: 'gradle',
      tools: ['gradle', 'gradlew'],
      subcommands: null,
      valueFlags: GRADLE_FLAGS,
      says: 'builds with Gradle',
      read: gradle,
    },
    { id: 'sbt', tools: ['sbt'], subcommands: null, says: 'builds with sbt', read: sbt },
    {
      id: 'javac',
      tools: ['javac', 'kotlinc', 'scalac'],
      subcommands: null,
      valueFlags: [
        '-d',
        '-cp',
        '-classpath',
        '--class-path',
        '-source',
        '-target',
        '--release',
        '-sourcepath',
        '-encoding',
      ],
      says: 'compiles classes',
      read: javac,
    },
    {
      id: 'jar',
      tools: ['jar'],
      subcommands: null,
      valueFlags: ['-f', '--file', '-m', '-e', '-C'],
      says: 'packs classes',
      read: jar,
    },
  ],
};
