/**
 * What dfsplit takes on, so that no file costs more than seconds and a few hundred megabytes. The largest of 2,000 Dockerfiles
 * collected from public repositories has 97 instructions and 20 KB. What goes beyond a limit is refused or counts as unknown.
 */
export interface Limits {
  /** Bytes of a Dockerfile. BuildKit itself takes no message above 16 MiB. */
  readonly fileBytes: number;
  /** Instructions of the stage to split. */
  readonly instructions: number;
  /** Characters of the stage to split, without comments and the files in heredocs. */
  readonly stageLength: number;
  /** Commands of a stage, or of what its container starts; those of scripts and loops count whenever they run. */
  readonly commands: number;
  /** Subshells, substitutions, conditions and lists within each other. */
  readonly nesting: number;
  /** Bytes of a file of the build context that is read. */
  readonly contextFileBytes: number;
  /** Bytes that are read of one build context. */
  readonly contextBytes: number;
  /** Files and folders that are listed of one build context. */
  readonly contextEntries: number;
}

export const defaultLimits: Limits = {
  fileBytes: 16 << 20,
  instructions: 1_000,
  stageLength: 128 << 10,
  commands: 20_000,
  nesting: 250,
  contextFileBytes: 1 << 20,
  contextBytes: 64 << 20,
  contextEntries: 200_000,
};

/** A variable's value is not followed any further: no builder reads a longer line, and `A=$A$A` doubles it each time. */
export const MOST_VALUE_LENGTH = 65_535;
