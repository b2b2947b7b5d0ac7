/**
 * Incidents, and whatever else is planned, as plain data. Everything in one is decided when it is started: a world can be replayed when the catalogue of
 * incident types has changed. All instants are in ms since the Unix epoch.
 */

/**
 * The stages of an incident, in this order; some may be missing. The fault itself lasts from the begin of the onset to the
 * end of the plateau.
 */
export const PHASE_NAMES = ['precursor', 'onset', 'plateau', 'recovery'] as const;
export type PhaseName = (typeof PHASE_NAMES)[number];

/** From one instant until before another. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export interface Phase extends Period {
  readonly name: PhaseName;
}

/** What is wrong at the root, in words that an answer can be compared with. */
export interface RootCause {
  /** Short name. */
  readonly service: string;
  /** The part of the service that has the fault: `provider:adyen`, `pool`. */
  readonly component: string;
  /** What is wrong with it: `dependency_unavailable`. */
  readonly fault: string;
}

/** A lasting fault of a service that is on at a planned time, instead of what would be on by itself. */
export interface PlannedFault extends Period {
  /** Short name. */
  readonly service: string;
  /** As the definition of the service names it. */
  readonly cause: string;
  /** The instance that has it, for a fault that concerns one of several. */
  readonly target?: string;
  /** Gauges rise to what they are during the fault until this instant … */
  readonly fullFrom: number;
  /** … and fall again from this one on. */
  readonly fullTo: number;
  /** Whether the service says that it began and ended. */
  readonly isAnnounced: boolean;
}

/** By how much the bad lines of a service rise: straight lines between the points, nothing before and after them. */
export interface RatioRise {
  /** Short name. */
  readonly service: string;
  /** Ascending by `at`; `ratio` is the bad lines in ten that are added to none, 0 to 10. */
  readonly points: readonly { readonly at: number; readonly ratio: number }[];
}

/** A ratio that is in effect at a planned time, whatever was set before it. */
export interface PlannedRatio extends Period {
  /** Short name. */
  readonly service: string;
  /** Bad lines in ten, 0 to 10 in tenths. */
  readonly ratio: number;
}

/** A release of a service that is rolled out at a planned time. */
export interface PlannedDeploy extends Period {
  /** Short name. */
  readonly service: string;
  readonly version?: string;
  /** It ends the fault, so it comes earlier when the fault is ended earlier. */
  readonly isRemedy?: true;
}

/** A time in which a service writes nothing and answers nobody. */
interface Outage extends Period {
  /** Short name. */
  readonly service: string;
}

/** Something planned that looks suspicious and is not the cause. */
export interface RedHerring extends Period {
  /** Short name. */
  readonly service: string;
  readonly what: string;
  /** Why it is harmless. */
  readonly why: string;
}

export interface Incident extends Period {
  /** Unlike that of any other incident of the run. */
  readonly id: string;
  /** Name of its type in the catalogue. */
  readonly type: string;
  /** One line that says what it is. */
  readonly title: string;
  /** Undefined for one that has no cause: a control. */
  readonly root?: RootCause;
  /** 0.1 to 1: times the shares of its type. */
  readonly severity: number;
  readonly phases: readonly Phase[];
  readonly faults: readonly PlannedFault[];
  readonly rises: readonly RatioRise[];
  readonly ratios: readonly PlannedRatio[];
  readonly deploys: readonly PlannedDeploy[];
  readonly outages: readonly Outage[];
  readonly redHerrings: readonly RedHerring[];
  readonly startedBy: 'operator' | 'scenario';
}

/** True while an instant is in a period. */
export function isIn({ from, to }: Period, time: number): boolean {
  return time >= from && time < to;
}

/** Short names of the services whose ratios an incident moves, each once. */
export function movedServices({ rises, ratios }: Pick<Incident, 'rises' | 'ratios'>): readonly string[] {
  return [...new Set([...rises, ...ratios].map(({ service }) => service))];
}
