import type { Variant } from '../definition/definition.ts';

/** Why a journey has failed, as the later steps see it. */
export interface Failure {
  /** Short name of the service in which it failed. */
  readonly service: string;
  /** Whether that service was down; otherwise it answered with a failure. */
  readonly down: boolean;
  readonly cause: string;
  /** HTTP status of its answer. */
  readonly status: number;
  /** Host and port of that service. */
  readonly address: string;
}

/** What the text of one line is rendered from. */
export interface RenderContext {
  /** Key of the journey's random values. */
  readonly key: number;
  /** Key of the customer and order concerned: the journey's own, or that of an order placed earlier. */
  readonly subject: number;
  /** Number of the order concerned. */
  readonly order: number;
  /** Key of this step's random values. */
  readonly stepKey: number;
  /** Duration of this step, in ms. */
  readonly durationMs: number;
  /** Time since the journey began, in ms. */
  readonly elapsedMs: number;
  readonly variant: Variant;
  readonly failure: Failure | undefined;
  readonly http: { readonly method: string; readonly path: (context: RenderContext) => string } | undefined;
  /** Values of this line drawn so far, in the order in which the text's values are drawn. */
  readonly drawn: Value[];
}

export type Value = string | number;
export type Getter = (context: RenderContext) => Value;
