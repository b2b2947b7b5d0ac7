/**
 * The form of a service definition: plain data, checked before anything runs. `services/payment.ts` is a good one to
 * read first.
 */

import type { Level } from '../../shared/record.ts';

/**
 * How the value of a placeholder is drawn. As a string, in the text itself (`{attempt:1..3}`) or here:
 *
 * | form | value |
 * |---|---|
 * | `1..3` | a whole number, all equally likely |
 * | `3~60` | a whole number, mostly near the lower end |
 * | `0.50~99.00` | an amount of money, mostly near the lower end |
 * | `a\|b\|c` | one of these words, or of these numbers |
 * | `hex8` | so many hexadecimal digits, 1 to 8 |
 * | `max-9..-1`, `limit+1..19` | another value of the line plus a whole number |
 * | `percent(used,quota)` | the first as a whole percentage of the second |
 * | `8` | this number |
 *
 * A list is one of its words or numbers.
 */
export type ValueSpec = string | number | readonly (string | number)[];

/** When a variant applies. All that is given must hold. */
export interface Condition {
  /** The step took at least this long, in ms, 1 to 60,000. */
  readonly minMs?: number;
  /** These gauges of the service are at least, and at most, so high when the journey begins. */
  readonly least?: Readonly<Record<string, number>>;
  readonly most?: Readonly<Record<string, number>>;
  /**
   * Only for scheduled lines: since the last one of its schedule this has happened. `deploy.began` and `deploy.ended`, or
   * `FAULT.began`, `FAULT.recovering` and `FAULT.ended` for a lasting fault of the service. Where no line of the service is
   * bad, nothing of a fault is told.
   */
  readonly event?: string;
  /** Only for a bad variant that tells a lasting fault: the fault is in one of these phases. */
  readonly phase?: readonly FaultPhase[];
  /**
   * Only for a good variant of a journey that `reads`: the same has been read within the last three minutes (true), so that
   * it is in a cache, or has not (false).
   */
  readonly again?: boolean;
  /** Short name of the service in which the journey failed. */
  readonly failedIn?: string;
  /** That service is down (true) or answered with a failure (false). */
  readonly down?: boolean;
  /** Class of the status with which it failed: rejected (4) or broken (5). */
  readonly status?: 4 | 5;
  /** The stage at which the journey failed. */
  readonly failedAt?: string;
}

/**
 * How far a lasting fault is: the first two and a half minutes, until `FAULT.began` is told; most of it; and its last minute,
 * from `FAULT.recovering` on.
 */
export const FAULT_PHASES = ['onset', 'peak', 'recovery'] as const;
export type FaultPhase = (typeof FAULT_PHASES)[number];

/** What of a lasting fault is told once. */
export const FAULT_EDGES = ['began', 'recovering', 'ended'] as const;
export type FaultEdge = (typeof FAULT_EDGES)[number];

/** One wording of a step's line. */
export interface Variant {
  readonly level: Level;
  /** Text with `{placeholders}`; each also becomes a field of the record. */
  readonly text: string;
  /** Short name of what is wrong, in snake case. Every bad variant has one. */
  readonly cause?: string;
  /** HTTP status that the text names, for a variant that does not fail; 500 and above only on bad ones. */
  readonly status?: number;
  /**
   * The journey ends here with this HTTP status, 400 to 599. On a good variant 400 to 499: what a customer did wrong, such
   * as a mistyped password, and nobody has to look at.
   */
  readonly fails?: number;
  /** How often it is chosen next to its siblings; above 0, 1 by default. */
  readonly weight?: number;
  /** Values that the text does not define itself. */
  readonly values?: Readonly<Record<string, ValueSpec>>;
  readonly when?: Condition;
}

/** The HTTP status of a variant; undefined when it has none. */
export function statusOf({ fails, status }: Variant): number | undefined {
  return fails ?? status;
}

/** What a service writes at one stage of a journey: always exactly one line. */
export interface Step {
  /** DEBUG and INFO, while the journey goes well. */
  readonly good: readonly Variant[];
  /** WARNING and ERROR, a fault of this service while the journey goes well. */
  readonly bad: readonly Variant[];
  /** After the journey has failed at an earlier step. */
  readonly afterFailure?: AfterFailure;
}

export interface AfterFailure {
  /**
   * DEBUG and INFO: the service handles the failure. Where none applies, the step is not reached and the service writes
   * a background line instead.
   */
  readonly good?: readonly Variant[];
  /** WARNING and ERROR, when the failure was not in a dependency. */
  readonly bad?: readonly Variant[];
  /** WARNING and ERROR, when the failure was in a service that this one depends on. */
  readonly dependency?: readonly Variant[];
}

/** One kind of journey through the system: either one that comes with traffic or one that comes by the clock. */
export interface Journey extends Partial<Timetable> {
  /** How many begin in each page of traffic, 1 to 200. */
  readonly perPage?: number;
  /** Somebody with a user id, or a scheduled job. */
  readonly actor: 'customer' | 'system';
  readonly http?: { readonly method: string; readonly path: string };
  /** It is part of a customer's visit and shares customer, session and basket with the others. A journey of the shop. */
  readonly visit?: PartOfVisit;
  /** What of the visit it creates; one that fails may be tried again. */
  readonly opens?: 'session' | 'basket';
  /** It creates an order. One kind of journey does that. */
  readonly places?: 'order';
  /**
   * It concerns an order placed earlier; user, order, card and amount are that order's. A recent one may have failed in
   * the same log, but not if it is part of a visit: then it is one that the customer has just placed, or an earlier one. That
   * and a past one were placed elsewhere, two hours to a year before, mostly in the last days, and no other journey concerns
   * them.
   */
  readonly about?: 'recent-order' | 'past-order';
  /** How long ago its past order was placed at most, in hours, 4 to 8760; 8760 by default. Only for journeys of the shop. */
  readonly maxOrderAgeHours?: number;
  /** It reads a page of the catalogue, or a product. A journey of the shop. */
  readonly reads?: 'page' | 'product';
  /**
   * Stages that are mostly computation, such as hashing a password: each machine takes a time of its own for it, at a quarter
   * of its range or a little above. A journey of the shop.
   */
  readonly steady?: readonly string[];
  /** In causal order: least and most duration in ms, mostly near the least. A line is written at a stage's end. */
  readonly stages: Readonly<Record<string, readonly [number, number]>>;
}

/** Which visits have a kind of journey, and when. */
export interface PartOfVisit {
  /**
   * Least and most time since the visit began, in seconds. A kind whose time begins when that of another is over always
   * comes after it.
   */
  readonly seconds: readonly [number, number];
  /** How many of the visits that begin in a page have it; if fewer than `perPage`, some have it several times. */
  readonly visits: number;
}

/** By the clock, whatever the traffic. */
export interface Timetable {
  /** Period in seconds: one that divides 600, or a multiple of 600 that divides 86,400. */
  readonly everySeconds: number;
  /** Seconds after the start of a period, counted from midnight UTC. By default any time, the same throughout. */
  readonly atSeconds?: number;
}

/** A quantity that a service reports: a curve over time, so that readings agree with one another. */
export interface Gauge {
  /** Between these it moves usually; a whole number or the name of a constant. */
  readonly usual: GaugeRange;
  /** While one of these lasting faults is on it moves between these instead. */
  readonly during?: Readonly<Record<string, GaugeRange>>;
  /** It falls by one each day from the upper to the lower bound of `usual`, then begins again: the days of a certificate. */
  readonly countdown?: true;
  /** It rises and falls with the traffic of the last minute, and a little from each reading to the next. */
  readonly load?: true;
  /**
   * Name of a gauge: during a fault, this one stays as usual until that one is where the fault takes it. Nobody waits for a
   * connection before the pool is used up.
   */
  readonly waitsFor?: string;
}

export type GaugeRange = readonly [low: number | string, high: number | string];

/**
 * How a cause behaves that is more than an incident of one line.
 *
 * A *lasting* fault is on for 5 to 40 minutes, when most bad lines of the service have it as their cause; it is told at no
 * other time. One fault of a service is on at any time.
 */
export interface LastingFault {
  /** How often it is on next to its siblings; above 0, 1 by default. */
  readonly weight?: number;
  /** Name of a target: each time one of its instances has the fault, and the journeys that use it fail first. */
  readonly target?: string;
  /** How much longer the steps of the service take meanwhile, 1 to 8; 1 by default. */
  readonly slowdown?: number;
}

/** A fault that is true of some customers or products for some time, and is told whenever they need the step. */
export interface PersonalFault {
  readonly of: 'user' | 'sku';
  /** Share of them of whom it is true, above 0, at most 0.2. */
  readonly share: number;
  /** For how long, in hours, 0.25 to 1000. */
  readonly hours: number;
}

/** A service: its place in the system and everything that it writes. */
export interface ServiceDefinition {
  /** As in commands, lower case: `payment`. */
  readonly name: string;
  /** As in the log: `PaymentService`. */
  readonly logName: string;
  /** Short names of the services that it calls. */
  readonly dependsOn: readonly string[];
  /** Journeys that this service adds to those of the shop. */
  readonly journeys?: Readonly<Record<string, Journey>>;
  /** Its configuration: each is drawn once, and the same in every line of a seed. */
  readonly constants?: Readonly<Record<string, ValueSpec>>;
  readonly gauges?: Readonly<Record<string, Gauge>>;
  /**
   * What it calls or consists of, several alike: providers, replicas, hosts. A journey, and an order through all its
   * journeys, keeps to one; the first is used most.
   */
  readonly targets?: Readonly<Record<string, readonly string[]>>;
  /**
   * By cause. Causes that are not listed occur in single lines at any time. Without `faults` any cause may last, and is
   * also told at other times.
   */
  readonly faults?: Readonly<Record<string, LastingFault | PersonalFault>>;
  /** By journey and stage: `checkout.capture`. */
  readonly steps: Readonly<Record<string, Step>>;
  /** Lines that belong to no journey: reports, housekeeping, warnings about itself. */
  readonly background: Background;
}

export interface Background extends Omit<Step, 'afterFailure'> {
  /** Lines in each page of traffic, 1 to 200. */
  readonly perPage: number;
  /** Lines that come by the clock: reports, reloads. */
  readonly scheduled?: Readonly<Record<string, ScheduledLine>>;
}

export interface ScheduledLine extends Omit<Step, 'afterFailure'>, Timetable {}
