import type { Ratios } from '../../shared/ratios.ts';
import type { Traffic } from '../../shared/world.ts';

/** One thing that happens, so long after the first line of the log. Times are in ms. */
export type Step = { readonly atMs: number } & (
  | IncidentStep
  | { readonly kind: 'deploy'; readonly service: string; readonly version?: string }
  | { readonly kind: 'stop'; readonly service: string; readonly forMs?: number }
  | { readonly kind: 'kill'; readonly service: string }
  | { readonly kind: 'ratios'; readonly ratios: Ratios; readonly forMs?: number }
  | { readonly kind: 'traffic'; readonly factor: number; readonly forMs: number }
);

interface IncidentStep {
  readonly kind: 'incident';
  /** Name in the catalogue. */
  readonly type: string;
  readonly id?: string;
  readonly target?: string;
  /** Of the fault. */
  readonly forMs?: number;
  /** 0.1 to 1. */
  readonly severity?: number;
  readonly isAtOnce?: boolean;
  readonly isAnnounced?: boolean;
  readonly hasRedHerrings?: boolean;
}

/** A planned run, valid under a catalog. */
export interface Scenario {
  readonly title: string;
  readonly seed?: number;
  /** Lines per second of the whole fleet. */
  readonly rate?: number;
  readonly traffic?: Traffic;
  /** Of every service, while nothing is wrong. */
  readonly ratios: Ratios;
  /** How long it takes; the period of a loop. In ms. */
  readonly lastsMs: number;
  /** Whether it begins again each time it is over. */
  readonly isLoop: boolean;
  /** In the order of the file. */
  readonly steps: readonly Step[];
}
