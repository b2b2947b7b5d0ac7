/** All services and journeys, ready for the simulation. */

import type { Journey } from '../definition/definition.ts';
import type { CompiledFailure, CompiledVariant } from './compiled-variant.ts';
import type { LimitIndex, Limits } from './limits.ts';
import type { RenderContext } from './render-context.ts';
import type { CompiledState } from './state/compile-state.ts';

/** Variants, one of which is chosen by weight. */
export interface Choices {
  readonly variants: readonly CompiledVariant[];
  /** Sum over the variants. */
  readonly weight: number;
  /** Whether some apply only under a condition. */
  readonly isConditional: boolean;
}

/** A step ready to be rendered; a list that the definition leaves out is empty. */
export interface CompiledStep {
  readonly service: number;
  /** Index of the stage at whose end its line is written. */
  readonly stage: number;
  readonly good: Choices;
  readonly bad: Choices;
  readonly afterFailure: { readonly good: Choices; readonly bad: Choices; readonly dependency: Choices };
  /** Whether a good line can end the journey. */
  readonly mayRefuse: boolean;
  /** How the journey fails here while the service is down. */
  readonly unreachable: CompiledFailure;
  /** What of its bad variants makes them likely. */
  readonly symptoms: Symptoms;
  /** Good variants that tell an event. */
  readonly goodEvents: readonly CompiledVariant[];
  /** Whether its lines are those of the service itself, which belong to no journey. */
  readonly isOwnLine: boolean;
  /** Whether its lines answer a health check, and so are about the service as a whole too. */
  readonly isProbe: boolean;
  /** Of a scheduled line: time from one to the next, in ms; otherwise 0. */
  readonly periodMs: number;
}

/** When a step's line is bad rather than another one of its service. */
export interface Symptoms {
  /** For each lasting fault of the service whether the step can tell it. */
  readonly lasting: readonly boolean[];
  /** Indexes of the personal faults that it can tell, while the journey goes well and after it has failed. */
  readonly personal: readonly number[];
  readonly personalAfterFailure: readonly number[];
  /** Of its timeouts. */
  readonly timeouts: readonly LimitIndex[];
  /** Variants that tell an event. */
  readonly events: readonly CompiledVariant[];
}

/** A kind of journey with its steps over all services, in causal order. */
export interface CompiledJourney {
  readonly name: string;
  readonly journey: Journey;
  readonly stages: readonly (readonly [number, number])[];
  readonly steps: readonly CompiledStep[];
  /** Whether it is made by a customer, whose number its lines end with. */
  readonly isCustomers: boolean;
  readonly http: RenderContext['http'];
}

export interface CompiledService {
  readonly name: string;
  readonly logName: string;
  /** Indexes of the services that it depends on. */
  readonly dependsOn: ReadonlySet<number>;
  readonly background: CompiledStep;
  readonly state: CompiledState;
}

/** All services and journeys, compiled; what they write depends on these and the world alone. */
export interface Catalog {
  readonly services: readonly CompiledService[];
  /** Service indexes, each after all that it depends on. */
  readonly dependencyOrder: readonly number[];
  /** Those of requests, then background and scheduled lines. */
  readonly journeys: readonly CompiledJourney[];
  readonly limits: Limits;
}
