const NAME = 'UsageError';

/** A mistake of the caller's: its message goes to standard error, and the exit status is 2. */
export function usageError(message: string): Error {
  return Object.assign(new Error(message), { name: NAME });
}

export const isUsageError = (error: unknown): error is Error => error instanceof Error && error.name === NAME;
