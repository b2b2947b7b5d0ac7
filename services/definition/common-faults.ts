/** Faults that most services have, in the same words everywhere. */

import type { ServiceName } from '../service-names.ts';
import type { Variant } from './definition.ts';
import type { CheckedText } from './variants.ts';

export interface DurationOptions {
  /** It occurs only when the step took at least this long, in ms, besides more than its limit. */
  readonly minMs?: number;
  /** How often it is chosen next to its siblings; above 0, 1 by default. */
  readonly weight?: number;
}

/**
 * An ERROR that ends the journey with 504: `WHAT timed out after 752 ms (limit 750 ms)REST`. The step takes no longer than
 * its limit, which is the same in all lines of this text.
 */
export function timeout<const What extends string, const Rest extends string = ''>(
  cause: string,
  what: CheckedText<What>,
  options: DurationOptions = {},
  rest?: CheckedText<Rest>,
): Variant {
  const text = `${what} timed out after {took} ms (limit {limit} ms)${rest ?? ''}`;
  return { level: 'ERROR', cause, text, fails: 504, ...withCondition(options) };
}

/** A WARNING after which the journey goes on: `WHAT took 120 ms (budget 100 ms)REST`. The budget is the same in all. */
export function slow<const What extends string, const Rest extends string = ''>(
  cause: string,
  what: CheckedText<What>,
  options: DurationOptions = {},
  rest?: CheckedText<Rest>,
): Variant {
  const text = `${what} took {took} ms (budget {limit} ms)${rest ?? ''}`;
  return { level: 'WARNING', cause, text, ...withCondition(options) };
}

function withCondition({ minMs, ...options }: DurationOptions): Partial<Variant> {
  return minMs === undefined ? options : { ...options, when: { minMs } };
}

/** An ERROR in `afterFailure.dependency`, for a dependency that is down: `CONSEQUENCE: auth unreachable, connect …`. */
export function unreachable<const Consequence extends string>(
  dependency: ServiceName,
  consequence: CheckedText<Consequence>,
): Variant {
  const text = `${consequence}: ${dependency} unreachable, connect ECONNREFUSED {failed.address}`;
  return { level: 'ERROR', cause: `${dependency}_unreachable`, text, when: { down: true } };
}

/** The WARNINGs of a health check in `afterFailure.dependency`: the dependency answers with a failure, or is down. */
export function unhealthy(dependency: ServiceName): readonly Variant[] {
  const degraded = `health check degraded: ${dependency}`;
  const unreachable = `${degraded} unreachable, connect ECONNREFUSED {failed.address}`;
  const common = { level: 'WARNING', cause: 'dependency_unhealthy' } as const;
  return [
    { ...common, text: `${degraded} answered {failed.status}`, when: { down: false } },
    { ...common, text: unreachable, when: { down: true } },
  ];
}
