/** An entrypoint script of an official image that prepares something and then runs the command as it is. */
interface EntrypointScript {
  readonly path: string;
  /** The script as it is today and was in every version since the image has one. */
  readonly docs: string;
  /** Set to something by the file, these make it do more than nothing for a program that is not the image's own tool. */
  readonly variables: readonly string[];
}

const scripts: readonly EntrypointScript[] = [
  {
    // It fills the folder of MAVEN_CONFIG, which Maven alone reads, forgets the variable and ends in `exec "$@"`.
    path: '/usr/local/bin/mvn-entrypoint.sh',
    docs: 'https://github.com/carlossg/docker-maven/blob/main/eclipse-temurin-17-noble/mvn-entrypoint.sh',
    variables: ['MAVEN_CONFIG'],
  },
  {
    // Without the variable it only names the trust store, which the JVM does not ask for, and ends in `exec "$@"`.
    path: '/__cacert_entrypoint.sh',
    docs: 'https://github.com/adoptium/containers/blob/main/21/jre/ubuntu/noble/entrypoint.sh',
    variables: ['USE_SYSTEM_CA_CERTS'],
  },
];

function scriptOf(entrypoint: readonly string[]): EntrypointScript | undefined {
  return entrypoint.length === 1 ? scripts.find(({ path }) => path === entrypoint[0]) : undefined;
}

/** True where the container's command is run as it is written; null is an image without an entrypoint. */
export function runsCommand(entrypoint: readonly string[] | null): boolean {
  return entrypoint === null || scriptOf(entrypoint) !== undefined;
}

/** True where the command runs in the same surroundings, too: no variable makes the script change them. */
export function isTransparent(entrypoint: readonly string[] | null, isSet: (variable: string) => boolean): boolean {
  return entrypoint === null || scriptOf(entrypoint)?.variables.some(isSet) === false;
}
