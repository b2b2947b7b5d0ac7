/** What holds when nothing is said. The one place for it. */
export const DEFAULTS = {
  /** Bad lines in ten. */
  ratio: 2,
  /** Lines per second of the whole fleet. */
  rate: 10,
  seed: 1,
  /** In the working directory. */
  logFile: 'app.log',
} as const;

export const LIMITS = {
  rate: { min: 0.1, max: 1_000_000 },
  seed: { min: 0, max: 4_294_967_295 },
} as const;
