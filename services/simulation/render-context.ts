import type { Variant } from '../definition/definition.ts';
import type { FaultyTarget, ServiceState } from './state/service-state.ts';
import type { TextBuffer } from './text-buffer.ts';
import type { Value } from './value.ts';

/** Why a journey has failed, as the later steps see it. */
export interface Failure {
  /** Short name of the service in which it failed. */
  readonly service: string;
  /** Whether that service was down; otherwise it answered with a failure. */
  readonly down: boolean;
  readonly cause: string;
  /** HTTP status of its answer. */
  readonly status: number;
  /** Name of the stage at which it failed. */
  readonly stage: string;
  /** What a customer did wrong, which is nobody's fault and so told at a good level. */
  readonly isExpected: boolean;
  /** Host and port of that service. */
  readonly address: string;
}

/** What decides which variant a line has. */
export interface ChoiceContext {
  /** The state of the service that writes the line. */
  readonly state: ServiceState;
  /** When the journey began, in ms since the epoch: gauges and faults are those of this instant. */
  readonly at: number;
  /** Key of this step's random values. */
  readonly stepKey: number;
  /** Duration of this step, in ms. */
  readonly durationMs: number;
  /** Keys of the customer and of the goods: see `Subject`. */
  readonly subject: number;
  readonly goods: number;
  /** Key of what the journey uses, such as one of several replicas. */
  readonly targetKey: number;
  /** Whether it is a line of the service itself, which belongs to no journey. */
  readonly isOwnLine: boolean;
  /** Whether it is about the service as a whole: a line of its own, or the answer to a health check. */
  readonly isOverall: boolean;
  readonly failure: Failure | undefined;
  /** Whether the journey reads what has been read shortly before. */
  readonly isAgain: boolean;
  /** For a scheduled line, the time since the one before it, in ms; otherwise 0. */
  readonly periodMs: number;
}

/** What the text of one line is rendered from. */
export interface RenderContext extends ChoiceContext {
  /** Key of the journey's random values. */
  readonly key: number;
  /** Keys of the session and of the basket. */
  readonly session: number;
  readonly basket: number;
  /** For a line of the service itself about a lasting fault: which instance has it. */
  readonly faultyTarget: FaultyTarget | undefined;
  /** Key of the pod: of the journey, or of the fault that a line of the service itself is about. */
  readonly podKey: number;
  /** Number of the order concerned. */
  readonly order: number;
  /** Time since the journey began, in ms. */
  readonly elapsedMs: number;
  readonly variant: Variant;
  /** The limit that the variant names, in ms; 0 when it has none. */
  readonly limitMs: number;
  readonly http: { readonly method: string; readonly path: (context: RenderContext) => string } | undefined;
}

export type Getter = (context: RenderContext) => Value;
/** Appends a value to a line. */
export type Writer = (context: RenderContext, out: TextBuffer) => void;

/** A value of a line: a pure function of the line's context. */
export interface RenderedValue {
  readonly get: Getter;
  /** Writes what `get` returns, without making a string of it; for values that stand in many lines. */
  readonly write?: Writer;
}
