/**
 * The form in which a service says what it writes: plain data, so that it can be checked before anything runs.
 * `services/payment.ts` is a good one to read first.
 */

import type { Level } from '../../shared/record.ts';

/** How the value of a placeholder is drawn. */
export type ValueSpec =
  /** Itself. */
  | number
  | string
  /** A whole number from the first to the second, both included. */
  | readonly [number, number]
  /** One of these words. */
  | readonly string[]
  /** One of these numbers. */
  | { readonly oneOf: readonly number[] }
  /** A whole number in the range, mostly near its lower end. */
  | { readonly skew: readonly [number, number] }
  /** An earlier value plus a whole number from the range (negative: below it). */
  | { readonly plus: readonly [string, number, number] }
  /** The largest round figure that an earlier value (ms) reaches: the limit that it has just exceeded. */
  | { readonly limit: string }
  /** The first as a whole percentage of the second. */
  | { readonly percent: readonly [string, string] }
  /** An amount of money from cents in the range, for example `12.34`. */
  | { readonly money: readonly [number, number] }
  /** So many hexadecimal digits, 1 to 8. */
  | { readonly hex: number };

/** When a variant may be told. All that is given must hold. */
export interface Condition {
  /** The step took at least so many ms. */
  readonly took?: number;
  /** The journey has failed in this service. */
  readonly failed?: string;
  /** That service is down (true) or answered with a failure (false). */
  readonly down?: boolean;
  /** The class of the status with which it failed: refused by rule (4) or broken (5). */
  readonly status?: 4 | 5;
}

/** One way to tell a step. */
export interface Variant {
  readonly level: Level;
  /** Text with `{placeholders}`; each also becomes a field of the record. */
  readonly text: string;
  /** Short name of what is wrong, in snake case. Every bad variant has one. */
  readonly cause?: string;
  /** HTTP status that the text speaks of, or with which a failing variant is answered upstream. */
  readonly status?: number;
  /** The journey ends here: everything after it is told as failed. Only for bad variants. */
  readonly fails?: boolean;
  /** How often, next to its siblings; 1 when not given. */
  readonly weight?: number;
  readonly with?: Readonly<Record<string, ValueSpec>>;
  readonly if?: Condition;
}

/** What a service writes at one stage of a journey: always exactly one line. */
export interface Step {
  /** Good, while the journey goes well. */
  readonly ok: readonly Variant[];
  /** Bad, of its own making, while the journey goes well. */
  readonly trouble: readonly Variant[];
  /**
   * Good, after the journey has failed. Where none of them applies the step is never reached, and the service
   * writes a background line instead.
   */
  readonly failed?: readonly Variant[];
  /** Bad, after the journey has failed in a service that this one depends on. */
  readonly blamed?: readonly Variant[];
  /** Bad, after the journey has failed elsewhere. */
  readonly aftermath?: readonly Variant[];
}

/** One kind of journey through the system. */
export interface Journey {
  /** How many begin in each page. */
  readonly perPage: number;
  /** Somebody with a user id, or a scheduled job. */
  readonly actor: 'customer' | 'system';
  readonly http?: { readonly method: string; readonly path: string };
  /** A new order comes of it. One kind of journey does that. */
  readonly places?: 'order';
  /**
   * It concerns an order placed earlier; user, order, card and amount are that order's. A recent one may have failed in
   * the same log; a past one was placed weeks before, and no two journeys of a kind concern the same as long as no more
   * of them begin in a page than orders are placed.
   */
  readonly about?: 'recent-order' | 'past-order';
  /** In causal order: how long each takes, in ms, mostly near the lower figure. A line is written at a stage's end. */
  readonly stages: Readonly<Record<string, readonly [number, number]>>;
}

/** A service: its place in the system and everything that it says. */
export interface ServiceDefinition {
  /** As in commands, lower case: `payment`. */
  readonly name: string;
  /** As in the log: `PaymentService`. */
  readonly logName: string;
  /** Services that it calls, and may therefore blame. */
  readonly dependsOn: readonly string[];
  /** Journeys that this service adds to those of the shop. */
  readonly journeys?: Readonly<Record<string, Journey>>;
  /** By journey, then by stage. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, Step>>>>;
  /** Lines that belong to no journey: reports, housekeeping, warnings about itself. */
  readonly background: {
    readonly perPage: number;
    readonly ok: readonly Variant[];
    readonly trouble: readonly Variant[];
  };
}
