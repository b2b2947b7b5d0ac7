import type { Ratio } from './ratios.ts';
import type { Traffic } from './world.ts';

/** Forms of the lines on a terminal: as in the log file but in colour, or cut to one row each. */
export const CONSOLE_FORMS = ['full', 'short'] as const;

/** One of `CONSOLE_FORMS`. */
export type ConsoleForm = (typeof CONSOLE_FORMS)[number];

/** Defaults of the options, all of them. */
export const DEFAULTS = {
  /** Bad lines in ten. */
  ratio: 2 as Ratio,
  /** Lines per second of the whole fleet, on average. */
  rate: 10,
  traffic: 'bursty',
  seed: 1,
  /** In the working directory. */
  logFile: 'app.log',
  /** Bytes at which the log file is rotated. */
  maxSize: 100_000_000,
  /** Number of rotated files to keep. */
  keep: 5,
  console: 'full',
  /** Of the control page: only this machine can reach it. */
  pageHost: '127.0.0.1',
  pagePort: 7070,
} as const satisfies {
  readonly console: ConsoleForm;
  readonly traffic: Traffic;
  readonly [option: string]: number | string;
};

/** A calm level over which an incident stands out, in bad lines in ten; over the default one it is hard to see. */
export const CALM_RATIO = 0.3;

/** Limits of the options, inclusive but for `time.max`. */
export const LIMITS = {
  rate: { min: 0.1, max: 1_000_000 },
  seed: { min: 0, max: 4_294_967_295 },
  /** In bytes; 0, which means never, is allowed too. Below the minimum a file would hold only a few lines. */
  maxSize: { min: 1_000, max: 1_000_000_000_000 },
  keep: { min: 0, max: 1_000 },
  /** Threads of a backfill. */
  workers: { min: 1, max: 256 },
  /** Lines of a backfill. */
  lines: { min: 1, max: 1_000_000_000_000 },
  /** TCP port of the control page; 0 for any that is free. */
  pagePort: { min: 0, max: 65_535 },
  /** How long the fault of an incident lasts, in ms: 10 seconds to 7 days. */
  incidentMs: { min: 10_000, max: 604_800_000 },
  /** Severity of an incident. */
  severity: { min: 0.1, max: 1 },
  /**
   * Instants of a backfill, in ms since the epoch: from 1970 to the end of 2199. Journeys are numbered from the epoch, and
   * until then their numbers are exact integers even at the highest rate.
   */
  time: { min: 0, max: 7_258_118_400_000 },
} as const;
