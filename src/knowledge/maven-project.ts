import { withoutBlocks } from '../syntax/comments.ts';
import { resolvePath } from '../syntax/paths.ts';
import type { ImageFiles } from './ecosystem.ts';

/** What a POM tells of the folder that Maven builds into; null of a POM that cannot be read or does it in a way of its own. */
export interface MavenProject {
  readonly folder: string;
  /** `jar`, `war`, `pom` */
  readonly packaging: string;
  /** The one jar that is made has all that the program needs. */
  readonly fat: boolean;
  /** Quarkus puts the program with what it needs into a folder of its own. */
  readonly quarkus: boolean;
}

/** Plug-ins that pack what the program needs into its one jar. */
const FAT = /spring-boot-maven-plugin|maven-shade-plugin|jar-with-dependencies|onejar-maven-plugin/;
/** What stands in the way: other jars beside the one, found by the manifest or copied. */
const THIN = /copy-dependencies|<addClasspath>\s*true|<attach>\s*false/;

/** A plug-in writes somewhere else than below `target`. */
const OWN_FOLDER =
  /<(outputDirectory|outputFile|finalDirectory)>\s*(?!\$\{project\.build\.\w+\}|\$\{build\.directory\}|(\$\{(project\.)?basedir\}\/)?(target|src)\b|\/?META-INF|BOOT-INF|WEB-INF|\.?<)/;
const OWN_BUILD_FOLDER = /<build>\s*(<(?!plugins|resources|directory)\w+>[^<]*<\/\w+>\s*)*<directory>/;

/** The project of a folder, then those of its modules; null where one of them is not known. */
export function mavenProjects(folder: string, files: ImageFiles, depth = 0): readonly MavenProject[] | null {
  const pom = withoutBlocks(files.read(resolvePath(folder, 'pom.xml')) ?? '', '<!--', '-->');
  if (pom.trim() === '' || depth > 5) return null;
  // A profile may add modules or move folders: what it does depends on more than the command.
  if (pom.includes('<profile>') && /<(module|packaging)>/.test(pom.slice(pom.indexOf('<profile>')))) return null;
  if (OWN_FOLDER.test(pom) || OWN_BUILD_FOLDER.test(pom)) return null;
  const own: MavenProject = {
    folder,
    packaging: /<packaging>\s*(\w[\w-]*)\s*<\/packaging>/.exec(pom)?.[1] ?? 'jar',
    fat: FAT.test(pom) && !THIN.test(pom),
    quarkus: /quarkus-maven-plugin/.test(pom) && !/quarkus\.package|<uberJar>/.test(pom),
  };
  const modules = [...pom.matchAll(/<module>\s*([^<\s]+)\s*<\/module>/g)].map((match) =>
    mavenProjects(resolvePath(folder, match[1] as string), files, depth + 1),
  );
  return modules.includes(null) ? null : [own, ...modules.flatMap((found) => found ?? [])];
}
