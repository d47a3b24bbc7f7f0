import { resolvePath } from '../syntax/paths.ts';
import type { ImageFiles } from './ecosystem.ts';

const SOURCE = /\.(java|kt|kts|scala|groovy|clj|xml|gradle|sbt)$/;
/** Packages that the JDK has and a JRE lacks: https://docs.oracle.com/en/java/javase/21/docs/api/jdk.compiler/module-summary.html */
const JDK_ONLY =
  /\b(javax\.tools|com\.sun\.(tools|source|jdi|javadoc)|jdk\.(jshell|jfr\.internal|tools)|sun\.(tools|jvmstat))\b|<artifactId>tools<\/artifactId>|tools\.jar|net\.openhft/;
const MOST_FILES = 3000;

/** Whether sources below a folder name the compiler or another tool of the JDK, which no JRE has. Tests do not count. */
export function usesJdk(folder: string, files: ImageFiles): boolean {
  let budget = MOST_FILES;
  const visit = (path: string): boolean =>
    (files.list(path) ?? []).some((name) => {
      if (budget-- <= 0) return true;
      const child = resolvePath(path, name);
      if (name.endsWith('/')) return !/^(test|it|node_modules|\.git|target|build)\/$/.test(name) && visit(child);
      return SOURCE.test(name) && JDK_ONLY.test(files.read(child) ?? '');
    });
  return visit(folder);
}
