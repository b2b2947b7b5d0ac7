/** One measured thing. */
export interface Row {
  readonly what: string;
  /** Median, with its unit. */
  readonly figure: string;
  /** The same in units of a yardstick of the same run. */
  readonly against?: string;
}

export interface BenchSettings {
  /** How often each is measured. */
  readonly runs: number;
  /** How long a running fleet is watched, in s. */
  readonly seconds: number;
  /** Also what takes many minutes. */
  readonly isLong: boolean;
}

/** Lines a second, in words. */
export function speed(linesPerSecond: number): string {
  return `${Math.round(linesPerSecond / 1000)} k lines/s`;
}
