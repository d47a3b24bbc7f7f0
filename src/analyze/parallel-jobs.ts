const NAME = String.raw`(\w+=|-[jlT]|--?(?:jobs|parallel|load-average|max-workers|threads)=)?`;
const COUNTS = String.raw`(?:nproc|getconf _NPROCESSORS_ONLN|(?:cat /proc/cpuinfo \| ?)?grep (?:-c )?\^?["']?processor["']?)`;
const PRINTED = String.raw`(?:\$\(|\x60)\s*${COUNTS}[^)\x60]*[)\x60]`;
const ORELSE = String.raw`\$\{\w+:?-${PRINTED}\}`;
const RECKONED = String.raw`\$\(\(\s*${PRINTED}\s*[-+*/]\s*\d+\s*\)\)`;
const JOBS = new RegExp(`^${NAME}["']?(?:${PRINTED}|${ORELSE}|${RECKONED})["']?$`);

/**
 * A word that is a number of parallel jobs, or gives one to a flag or a variable: `$(nproc)`, `-j$(getconf _NPROCESSORS_ONLN)`,
 * `JOBS=${JOBS:-$(nproc)}`. It decides nothing of what a command makes. null for any other word.
 */
export function parallelJobs(raw: string): string | null {
  const found = JOBS.exec(raw);
  return found === null ? null : `${found[1] ?? ''}1`;
}
