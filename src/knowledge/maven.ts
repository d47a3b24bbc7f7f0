import { resolvePath } from '../syntax/paths.ts';
import type { BuildEffect, ParsedWords, ToolCall } from './ecosystem.ts';
import { usesJdk } from './java-project.ts';
import { mavenProjects } from './maven-project.ts';

export const MAVEN_FLAGS =
  '-f --file -P --activate-profiles -pl --projects -T --threads -s --settings -gs --global-settings -rf -l --log-file -b --builder'.split(
    ' ',
  );

/** Goals after which the jar lies in target/: https://maven.apache.org/guides/introduction/introduction-to-the-lifecycle.html */
const PACKAGING =
  /^(package|verify|install|deploy|integration-test|spring-boot:repackage|assembly:(single|assembly)|shade:shade|jar:jar|war:(war|exploded)|quarkus:build)$/;
/** Goals of plug-ins that write below target/ too, by their documentation. */
const BELOW_TARGET =
  /^(wildfly:package|dependency:(copy|unpack)(-dependencies)?|liberty:(create|package)|jlink:jlink|appassembler:assemble)$/;
const PREPARING =
  /^(clean|validate|compile|test|test-compile|process-\w[\w-]*|generate-\w[\w-]*|initialize|dependency:(?!copy|unpack)[\w-]+|help:[\w-]+|versions:[\w-]+|enforcer:[\w-]+|(compiler|resources|surefire):[\w-]+|(org\.apache\.maven\.plugins:maven-)?dependency(-plugin)?(:[\d.]+)?:(go-offline|resolve[\w-]*|get|tree)|de\.qaware\.maven:go-offline-maven-plugin:.*|-)/;

/** What lies in the output folder: one jar that brings everything along, or a jar with others around it. */
export function output(path: string, fat: boolean): BuildEffect[] {
  return fat
    ? [{ kind: 'program-folder', path, linkage: 'unknown' }]
    : [{ kind: 'artifact', path, tree: true, linkage: 'unknown' }];
}

/** A program made from sources that name a tool of the JDK. */
export function needsJdk(folder: string, call: ToolCall): BuildEffect[] {
  return usesJdk(folder, call.files) ? [{ kind: 'starts', program: 'javac' }] : [];
}

/** https://maven.apache.org/ref/current/maven-embedder/cli.html */
export function maven(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const file = words.flags.get('-f') ?? words.flags.get('--file');
  if (file === null || words.operands.includes(null)) return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const folder = typeof file !== 'string' ? call.cwd : resolvePath(call.cwd, /\.xml$/.test(file) ? `${file}/..` : file);
  const repository = words.flags.get('-Dmaven.repo.local');
  const caches: BuildEffect[] = [
    {
      kind: 'cache',
      path: typeof repository === 'string' ? resolvePath(call.cwd, repository) : resolvePath(call.home, '.m2'),
    },
  ];
  const goals = words.operands as string[];
  if (goals.length === 0) return [...caches, { kind: 'checks' }];
  const effects: BuildEffect[] = [...caches, { kind: 'compiles', folder }];
  const stranger = goals.find((goal) => !PACKAGING.test(goal) && !PREPARING.test(goal) && !BELOW_TARGET.test(goal));
  if (stranger !== undefined)
    return [
      ...effects,
      { kind: 'builds-in-place', folder },
      { kind: 'assumes', code: 'DF202', args: { command: `mvn ${stranger}`, where: folder } },
    ];
  const makes = goals.filter((goal) => !PREPARING.test(goal));
  if (makes.length === 0) return [...effects, { kind: 'intermediate', path: `${folder}/target` }];
  const moved = [...words.flags.keys()].some((flag) => /^-D(outputDirectory|project\.build\.directory)/.test(flag));
  return [...effects, ...needsJdk(folder, call), ...(moved ? inPlace(folder) : made(folder, makes, call))];
}

const inPlace = (folder: string): BuildEffect[] => [{ kind: 'builds-in-place', folder }];

/** Of a project that is not here to be read, only the container's own words tell which jar counts. */
function made(folder: string, goals: readonly string[], call: ToolCall): BuildEffect[] {
  const projects = mavenProjects(folder, call.files)?.filter(({ packaging }) => packaging !== 'pom');
  if (projects === undefined || projects.length === 0) return inPlace(folder);
  const plain = goals.every((goal) => PACKAGING.test(goal));
  const [first] = projects;
  if (projects.length > 1 || first === undefined) {
    const fat = projects.filter((project) => project.fat);
    return projects.flatMap((project) =>
      fat.length === 1 && plain && !project.fat
        ? [{ kind: 'intermediate', path: `${project.folder}/target` } as const]
        : output(`${project.folder}/target`, fat.length === 1 && plain),
    );
  }
  if (first.quarkus && plain) return output(`${first.folder}/target/quarkus-app`, false);
  return output(`${first.folder}/target`, first.fat && plain && !first.quarkus);
}
