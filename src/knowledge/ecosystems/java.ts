import { resolvePath } from '../../syntax/paths.ts';
import { ant } from '../ant.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { GRADLE_FLAGS, gradle } from '../gradle.ts';
import { MAVEN_FLAGS, maven, needsJdk } from '../maven.ts';
import { mill } from '../mill.ts';
import { sbt } from '../sbt.ts';

function javac(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const target = words.flags.get('-d');
  if (target === null) return [{ kind: 'unknown', why: 'where it compiles to is not known' }];
  const effects: BuildEffect[] = [{ kind: 'compiles', folder: call.cwd }, ...needsJdk(call.cwd, call)];
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

import { unpacked } from '../toolchain-archives.ts';

/** https://docs.spring.io/spring-boot/reference/packaging/efficient.html: the layers, or the jar with what it needs beside it. */
function layers(call: ToolCall, words: ParsedWords): BuildEffect[] | null {
  const mode = words.flags.get('-Djarmode');
  const at = call.argv.indexOf('-jar');
  if (mode !== 'layertools' && mode !== 'tools') return null;
  const jar = at < 0 ? null : (call.argv[at + 1] ?? null);
  if (call.argv[at + 2] === 'list' || call.argv[at + 2] === 'list-layers') return [{ kind: 'checks' }];
  const into = words.flags.get('--destination') ?? (mode === 'tools' ? jar?.replace(/^.*\/|\.jar$/g, '') : '.');
  if (jar === null || call.argv[at + 2] !== 'extract' || typeof into !== 'string' || into === '' || /[*?[]/.test(into))
    return [{ kind: 'unknown', why: 'what it unpacks is not known' }];
  const folder = resolvePath(call.cwd, into);
  const named = ['dependencies', 'spring-boot-loader', 'snapshot-dependencies', 'application'];
  const inside =
    mode === 'layertools' || words.flags.has('--layers') ? named.map((name) => `${folder}/${name}`) : [folder];
  // Layers are there to be copied: what is copied out of their folder serves by its copy.
  const between: BuildEffect[] =
    inside[0] === folder || folder === call.cwd ? [] : [{ kind: 'intermediate', path: folder }];
  return [
    { kind: 'reads', path: jar, tree: false },
    ...between,
    ...inside.map((path): BuildEffect => ({ kind: 'artifact', path, tree: true, linkage: 'unknown' })),
  ];
}

/** A Java runtime of the modules that are asked for: https://docs.oracle.com/en/java/javase/21/docs/specs/man/jlink.html */
function jlink(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const output = words.flags.get('--output');
  if (typeof output === 'string')
    return [{ kind: 'artifact', path: resolvePath(call.cwd, output), tree: true, linkage: 'cpp' }];
  const asks = ['--list-plugins', '--version', '--help', '-h'].some((flag) => words.flags.has(flag));
  return asks ? [{ kind: 'checks' }] : [{ kind: 'unknown', why: 'where it makes the runtime is not known' }];
}

/** Archives of build tools and compilers with the one folder that each holds, by the names that upstream gives them. */
const ARCHIVES: readonly (readonly [RegExp, (version: string) => string])[] = [
  // https://maven.apache.org/download.cgi, https://ant.apache.org/bindownload.cgi
  [/(?:^|[\s/])apache-maven-([\d.]+(?:-[\w-]+)?)-bin\.(?:tar\.gz|zip)(?=\s|$)/, (version) => `apache-maven-${version}`],
  [/(?:^|[\s/])apache-ant-([\d.]+)-bin\.(?:tar\.\w+|zip)(?=\s|$)/, (version) => `apache-ant-${version}`],
  // https://gradle.org/releases/
  [/(?:^|[\s/])gradle-([\d.]+(?:-[\w-]+)?)-(?:bin|all)\.zip(?=\s|$)/, (version) => `gradle-${version}`],
  // https://www.scala-sbt.org/download/, https://kotlinlang.org/docs/command-line.html
  [/(?:^|[\s/])sbt-([\d.]+)\.(?:tgz|zip)(?=\s|$)/, () => 'sbt'],
  [/(?:^|[\s/])kotlin-compiler-([\d.]+)\.zip(?=\s|$)/, () => 'kotlinc'],
];

function unpack(call: ToolCall, words: ParsedWords): BuildEffect[] | null {
  const texts = [...call.argv, call.memory.get('stdin') ?? ''].filter((word) => word !== null);
  const into = words.flags.get('-C') ?? words.flags.get('--directory') ?? words.flags.get('-d') ?? '.';
  for (const [archive, folder] of ARCHIVES) {
    const match = texts.map((text) => archive.exec(text)).find((found) => found !== null);
    if (match === undefined || typeof into !== 'string') continue;
    const strip = words.flags.get('--strip-components') ?? words.flags.get('--strip');
    const root = strip === undefined ? `${into}/${folder(match[1] ?? '')}` : strip === '1' ? into : null;
    return root === null
      ? null
      : [{ kind: 'toolchain', path: resolvePath(call.cwd, root) }, ...unpacked(call, archive)];
  }
  return null;
}

/** Java, Kotlin and Scala with Maven, Gradle and sbt: https://maven.apache.org/, https://docs.gradle.org/, https://www.scala-sbt.org/ */
export const java: Ecosystem = {
  id: 'java',
  docs: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/',
  interpreted: false,
  compileInput: (path) =>
    /(^|\/)src\/(main|test|it)\/|(^|\/)(pom\.xml|build\.xml|mvnw(\.cmd)?|gradlew(\.bat)?|(build|settings)\.gradle(\.kts)?|gradle\.properties|build\.(sbt|sc|mill))$|(^|\/)(\.mvn|gradle|project)\/|\.(java|kt|kts|scala|groovy|gradle|scala\.(html|txt|xml|js))$/.test(
      path,
    ),
  scripts: ['mvnw', 'gradlew', 'millw'],
  runsArtifact: (argv) => argv[0] === 'java',
  launches: (argv) => (argv[0] === 'java' && argv.includes('-jar') ? (argv[argv.indexOf('-jar') + 1] ?? null) : null),
  // Resource filtering can write the project's folder into a file of the jar.
  sourcePath:
    /\$\{(project\.)?(basedir|build\.directory)\}|@(project\.)?basedir@|\$rootDir|\$projectDir|layout\.projectDirectory/,
  rules: [
    {
      id: 'maven',
      tools: ['mvn', 'mvnw', 'mvnd'],
      subcommands: null,
      valueFlags: MAVEN_FLAGS,
      openFlags: /^-D(?!maven\.repo\.local|outputDirectory|project\.build\.)/,
      says: 'builds with Maven',
      example: 'mvn -B package',
      read: maven,
    },
    {
      id: 'gradle',
      tools: ['gradle', 'gradlew'],
      subcommands: null,
      valueFlags: GRADLE_FLAGS,
      openFlags: /^-[PD](?!.*(?:dir|path|out|dest))/i,
      says: 'builds with Gradle',
      example: 'gradle bootJar',
      read: gradle,
    },
    {
      id: 'ant',
      tools: ['ant'],
      subcommands: null,
      valueFlags: ['-f', '-file', '-buildfile', '-lib', '-logger', '-listener', '-logfile', '-l'],
      says: 'builds with Ant',
      example: 'ant jar',
      read: ant,
    },
    { id: 'sbt', tools: ['sbt'], subcommands: null, says: 'builds with sbt', example: 'sbt assembly', read: sbt },
    {
      id: 'mill',
      tools: ['mill', 'millw'],
      subcommands: null,
      valueFlags: ['-j', '--jobs', '-D', '--define', '--home'],
      says: 'builds with Mill',
      example: 'mill app.assembly',
      read: mill,
    },
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
      example: 'javac -d classes Main.java',
      read: javac,
    },
    {
      id: 'layers',
      tools: ['java'],
      subcommands: null,
      valueFlags: ['--destination', '-jar', '--launcher', '--layers'],
      says: 'takes a Spring Boot jar apart',
      example: 'java -Djarmode=tools -jar app.jar extract --destination /app',
      read: layers,
    },
    {
      id: 'archive',
      tools: ['tar', 'unzip'],
      subcommands: null,
      valueFlags: ['-C', '--directory', '--strip', '--strip-components', '-f', '-d'],
      says: 'unpacks a build tool',
      example: 'tar -xzf apache-maven-3.9.6-bin.tar.gz -C /opt',
      read: unpack,
    },
    {
      id: 'jlink',
      tools: ['jlink'],
      subcommands: null,
      valueFlags: [
        '--add-modules',
        '--module-path',
        '-p',
        '--output',
        '--compress',
        '--launcher',
        '--include-locales',
        '--vm',
        '--limit-modules',
      ],
      says: 'makes a runtime of its own',
      example: 'jlink --add-modules java.base --output /opt/runtime',
      read: jlink,
    },
    {
      id: 'jdeps',
      tools: ['jdeps'],
      subcommands: null,
      says: 'lists what classes need',
      example: 'jdeps --print-module-deps app.jar',
      read: (_, words) => (words.flags.has('--generate-module-info') ? null : [{ kind: 'checks' }]),
    },
    {
      id: 'jar',
      tools: ['jar'],
      subcommands: null,
      valueFlags: ['-f', '--file', '-m', '-e', '-C'],
      says: 'packs classes',
      example: 'jar --create --file app.jar -C classes .',
      read: jar,
    },
  ],
};
