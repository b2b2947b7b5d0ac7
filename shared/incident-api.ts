import type { Phase, PhaseName, RedHerring, RootCause } from './incident.ts';

/** Body of `POST /v1/incidents`: how an incident is started. */
export interface IncidentRequest {
  /** Name of an incident type: `payment-provider-down`. */
  readonly type: string;
  /** Unlike that of any other incident of the run; by default the type and a number: `payment-provider-down-1`. */
  readonly id?: string;
  /** The instance that has the fault, or the service that is down; by default the first that the type names. */
  readonly target?: string;
  /** How long the fault lasts, from its onset to its recovery, in ms: 10 s to 7 days; by default as its type says. */
  readonly for?: number;
  /** 0.1 to 1: how many of the lines that it can reach it makes bad, of those that its type would. Default: 1. */
  readonly severity?: number;
  /** Begins with the onset, without what precedes it. Default: false. */
  readonly atOnce?: boolean;
  /** Whether the service says that the fault began and ended, which gives the root cause away. Default: true. */
  readonly announced?: boolean;
  /** Whether something that looks suspicious and is not the cause comes with it. Default: true. */
  readonly redHerrings?: boolean;
}

/** An entry of the answer of `GET /v1/incident-types`. */
export interface IncidentTypeInfo {
  readonly name: string;
  readonly title: string;
  /** What a reader of the log will see. */
  readonly shows: string;
  /** Null for a control, in which nothing is wrong. The component is named without its instance. */
  readonly root: RootCause | null;
  /** What it can be aimed at, the default first: an instance of the component, or a service. Empty without a choice. */
  readonly targets: readonly string[];
  readonly phases: readonly IncidentTypePhase[];
  /**
   * Bad lines in ten that its plateau adds to a service that had none, by the service's short name, for the default target
   * and severity 1.
   */
  readonly rises: Readonly<Record<string, number>>;
  readonly redHerrings: readonly IncidentTypeRedHerring[];
  /** 1: seen at once; 2: needs a second look; 3: the cause is far from where it hurts, or long before. */
  readonly difficulty: 1 | 2 | 3;
}

export interface IncidentTypePhase {
  readonly name: PhaseName;
  /** How long it lasts. */
  readonly minutes: number;
  /** Share of the lines within its reach that are bad because of it, 0 to 1, at its begin and its end. */
  readonly share: readonly [number, number];
}

interface IncidentTypeRedHerring {
  /** Short name. */
  readonly service: string;
  readonly what: string;
  /** When it begins, in minutes from the begin of the incident. */
  readonly atMinute: number;
  readonly minutes: number;
  /** Why it is harmless. */
  readonly why: string;
}

/** Where an incident is: before its begin, in a phase or, if it has none, going on, or over. */
export type IncidentState = 'planned' | PhaseName | 'going-on' | 'over';

/** The answer of `POST` and `DELETE`, and an entry of that of `GET /v1/incidents`. All times are those of time stamps, in ms. */
export interface IncidentStatus {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  /** Null for a control. */
  readonly root: RootCause | null;
  readonly severity: number;
  readonly state: IncidentState;
  /** When the state changes next; null when it is over. */
  readonly nextChangeAt: number | null;
  readonly from: number;
  readonly to: number;
  readonly phases: readonly IncidentStatusPhase[];
  /** Of the services whose ratios it moves. */
  readonly ratios: readonly MovedRatio[];
  readonly redHerrings: readonly RedHerring[];
  readonly startedBy: 'operator' | 'scenario';
}

interface IncidentStatusPhase extends Phase {
  /** Ratios in effect at its begin and its end, of the services whose ratios the incident moves, by their short names. */
  readonly ratios: Readonly<Record<string, readonly [number, number]>>;
}

/** A ratio that an incident moves; all in bad lines of ten. */
export interface MovedRatio {
  /** Short name. */
  readonly service: string;
  /** As it was set. */
  readonly base: number;
  /** What incidents make of it now. */
  readonly inEffect: number;
  /** It was set by hand since the incident began: until that is over it stays what was set. */
  readonly isSetByHand: boolean;
}

/** Answer of `GET /v1/incidents`: those that are planned, going on or were until lately, by when they were started. */
export interface IncidentsAnswer {
  readonly incidents: readonly IncidentStatus[];
}

/** Answer of `GET /v1/incident-types`. */
export interface IncidentTypesAnswer {
  readonly types: readonly IncidentTypeInfo[];
}
