import type { PhaseName } from '../../shared/incident.ts';

/** What can be wrong: the words in which an answer names it. */
export const FAULT_KINDS = [
  'dependency_unavailable',
  'dependency_slow',
  'resource_exhaustion',
  'service_unavailable',
  'replication_lag',
  'lock_contention',
  'query_regression',
  'failover',
  'cache_failure',
  'network_partition',
  'configuration_error',
  'code_defect',
  'memory_leak',
  'cpu_starvation',
  'external_rejection',
  'message_broker_failure',
  'attack',
] as const;
type FaultKind = (typeof FAULT_KINDS)[number];

/** Where the fault of an incident is: a lasting fault that a service defines. */
interface RootPlan {
  /** Short name of the service. */
  readonly service: string;
  /** The cause, as the service's `faults` name it. */
  readonly cause: string;
  /** The part of the service that has it, as an answer names it; the instance follows after a colon if there are several. */
  readonly component: string;
  readonly fault: FaultKind;
}

/** One phase of an incident type. */
export interface PhasePlan {
  /** How long it lasts, in minutes, above 0, at most 1440. The plateau gives way when another length is asked for. */
  readonly minutes: number;
  /** Another lasting fault of the same service and instance that precedes that of the root. */
  readonly cause?: string;
  /**
   * Which share of the lines that the fault can reach is bad because of it, 0 to 1; two numbers: from the begin to the end
   * of the phase.
   */
  readonly share?: number | readonly [number, number];
}

/** Something that looks suspicious and is not the cause: a release, or a mild fault elsewhere. */
export interface RedHerringPlan {
  /** Short name of the service. */
  readonly service: string;
  /** A lasting fault of that service; a release when left out. */
  readonly cause?: string;
  /** When it begins, in minutes from the begin of the incident; negative: before it. */
  readonly atMinute: number;
  /** How long it lasts, in minutes. */
  readonly minutes: number;
  /** As in a phase; 0 by default: then it colours those lines only that are bad anyway. */
  readonly share?: number;
  /** Why it is harmless, whenever it is: live none begins before the incident. */
  readonly why: string;
}

/** An entry of the catalogue of incidents. */
export interface IncidentType {
  /** As in commands, lower case with hyphens: `payment-provider-down`. */
  readonly name: string;
  /** One line that says what it is; may name the instance as `{target}`. */
  readonly title: string;
  /** What a reader of the log will see, in one or two sentences. */
  readonly shows: string;
  /** Left out for a control, in which nothing is wrong. */
  readonly root?: RootPlan;
  /**
   * During the fault a service writes nothing and answers nobody: that of the root, whose cause then has no meaning, or
   * another one that the incident is aimed at.
   */
  readonly isOutage?: true;
  /** The fault begins with a release of its service, and the next one takes it away. */
  readonly isBroughtByRelease?: true;
  readonly phases: Readonly<Partial<Record<PhaseName, PhasePlan>>> & { readonly plateau: PhasePlan };
  readonly redHerrings?: readonly RedHerringPlan[];
  /** 1: seen at once; 2: needs a second look; 3: the cause is far from where it hurts, or long before. */
  readonly difficulty: 1 | 2 | 3;
}
