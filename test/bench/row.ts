/** One measurement. */
export interface BenchRow {
  readonly what: string;
  /** The median, with its unit. */
  readonly figure: string;
  /** The same relative to a baseline of the same run, or further figures. */
  readonly comparison?: string;
}

export interface BenchSettings {
  /** How often everything is measured. */
  readonly runs: number;
  /** How long a running fleet is observed, in s. */
  readonly seconds: number;
  /** Includes measurements that take many minutes. */
  readonly isLong: boolean;
}

/** Formats a number of lines per second. */
export function formatRate(linesPerSecond: number): string {
  return `${Math.round(linesPerSecond / 1000)} k lines/s`;
}
