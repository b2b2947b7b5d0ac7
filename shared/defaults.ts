/** Forms that lines can have on a terminal: those of the log file in colour, or cut to one row each. */
export const CONSOLE_FORMS = ['full', 'short'] as const;

export type ConsoleForm = (typeof CONSOLE_FORMS)[number];

/** What holds when nothing is said. The one place for it. */
export const DEFAULTS = {
  /** Bad lines in ten. */
  ratio: 2,
  /** Lines per second of the whole fleet. */
  rate: 10,
  seed: 1,
  /** In the working directory. */
  logFile: 'app.log',
  /** Bytes at which the log file is rotated. */
  maxSize: 100_000_000,
  /** Rotated files that are kept. */
  keep: 5,
  /** On a terminal. */
  console: 'full',
} as const satisfies { readonly console: ConsoleForm; readonly [option: string]: number | string };

export const LIMITS = {
  rate: { min: 0.1, max: 1_000_000 },
  seed: { min: 0, max: 4_294_967_295 },
  /** In bytes; 0 is allowed too and means never. Below the minimum a file would hold a few lines only. */
  maxSize: { min: 1_000, max: 1_000_000_000_000 },
  keep: { min: 0, max: 1_000 },
  /** Threads of a backfill. */
  workers: { min: 1, max: 256 },
  /** Lines of a backfill. */
  lines: { min: 1, max: 1_000_000_000_000 },
  /**
   * Instants of a backfill, in ms since the epoch: 1970 up to the end of 2199. Journeys are numbered from the epoch on,
   * and at the highest rate their numbers are exact until then.
   */
  time: { min: 0, max: 7_258_118_400_000 },
} as const;
