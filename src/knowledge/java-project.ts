import type { ImageFiles } from './ecosystem.ts';
import { someSource } from './some-source.ts';

/** Packages that the JDK has and a JRE lacks: https://docs.oracle.com/en/java/javase/21/docs/api/jdk.compiler/module-summary.html */
const JDK_ONLY = {
  name: /\.(java|kt|kts|scala|groovy|clj|xml|gradle|sbt)$/,
  text: /\b(javax\.tools|com\.sun\.(tools|source|jdi|javadoc)|jdk\.(jshell|jfr\.internal|tools)|sun\.(tools|jvmstat))\b|<artifactId>tools<\/artifactId>|tools\.jar|net\.openhft/,
  besides: /^(test|it|node_modules|\.git|target|build)\/$/,
};

/** Whether sources below a folder name the compiler or another tool of the JDK, which no JRE has. Tests do not count. */
export const usesJdk = (folder: string, files: ImageFiles): boolean => someSource(folder, JDK_ONLY, files);
