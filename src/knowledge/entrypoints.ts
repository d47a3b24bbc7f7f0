/** An entrypoint script of an official image that prepares something and then runs the command as it is. */
interface EntrypointScript {
  readonly path: string;
  /** The script as it is today and was in every version since the image has one. */
  readonly docs: string;
  /** Set to something by the file, these make it do more than nothing for a program that is not the image's own tool. */
  readonly variables: readonly string[];
  /** It changes something for every command: a limit of the shell. */
  readonly changes?: true;
  /** It asks the image's own tool first: only of these programs it is known that they are none of its subcommands. */
  readonly commands?: RegExp;
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
  {
    // Node.js' own: it puts `node` in front of options and of what is no command, and ends in `exec "$@"`.
    path: 'docker-entrypoint.sh',
    docs: 'https://github.com/nodejs/docker-node/blob/main/docker-entrypoint.sh',
    variables: [],
    commands: /^(nginx|(\/bin\/)?(ba)?sh)$/,
  },
  {
    // It is `exec "$@"` and nothing else.
    path: 'container-entrypoint',
    docs: 'https://github.com/sclorg/s2i-base-container',
    variables: [],
  },
  {
    // It lowers the number of files that a process may open and ends in `exec "$@"`.
    path: '/usr/local/bin/entrypoint',
    docs: 'https://github.com/dlang-dockerized/packaging/blob/main/resources/scripts/entrypoint-ldc.sh',
    variables: [],
    changes: true,
  },
  {
    // It sets the variables by which the tools of OCaml find the switch, and runs the command.
    path: 'opam exec --',
    docs: 'https://opam.ocaml.org/doc/man/opam-exec.html',
    variables: [],
    changes: true,
  },
  {
    // The same under its former name.
    path: 'opam config exec --',
    docs: 'https://opam.ocaml.org/doc/1.2/Usage.html',
    variables: [],
    changes: true,
  },
  {
    // It asks `lein java --help` or `clj java --help`, which fails, and ends in `exec "$@"`.
    path: 'entrypoint',
    docs: 'https://github.com/Quantisan/docker-clojure/blob/master/resources/entrypoint',
    variables: [],
    commands: /^(java|node|(\/bin\/)?(ba)?sh)$/,
  },
];

function scriptOf(entrypoint: readonly string[]): EntrypointScript | undefined {
  return scripts.find(({ path }) => path === entrypoint.join(' '));
}

/** True where a command that starts with `program` is run as it is written; null is an image without an entrypoint. */
export function runsCommand(entrypoint: readonly string[] | null, program: string): boolean {
  const script = entrypoint === null ? undefined : scriptOf(entrypoint);
  return entrypoint === null || (script !== undefined && script.commands?.test(program) !== false);
}

/** True where the command runs in the same surroundings, too: no variable makes the script change them. */
export function isTransparent(entrypoint: readonly string[] | null, isSet: (variable: string) => boolean): boolean {
  const script = entrypoint === null ? undefined : scriptOf(entrypoint);
  return entrypoint === null || (script?.variables.some(isSet) === false && script.changes !== true);
}
