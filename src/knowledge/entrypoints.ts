/**
 * Entrypoint scripts of official images that prepare something for the build tool or the JVM, and then run the command
 * as it is: https://github.com/carlossg/docker-maven, https://github.com/adoptium/containers
 */
const SCRIPTS = new Set(['/usr/local/bin/mvn-entrypoint.sh', '/__cacert_entrypoint.sh']);

/** True where the container's command is run as it is written; null is an image without an entrypoint. */
export function runsCommand(entrypoint: readonly string[] | null): boolean {
  return entrypoint === null || (entrypoint.length === 1 && SCRIPTS.has(entrypoint[0] as string));
}
