/** Faults that most services have, in the same words everywhere. */

import type { ServiceName } from '../service-names.ts';
import type { Variant } from './definition.ts';
import type { CheckedText } from './variants.ts';

interface DurationOptions {
  /** It occurs only when the step took at least this long, in ms, 5 to 60,000. */
  readonly minMs: number;
  /** How often it is chosen next to its siblings; above 0, 1 by default. */
  readonly weight?: number;
}

/**
 * An ERROR that ends the journey with 504: `WHAT timed out after 800 ms (limit 750 ms)REST`. The limit follows from the
 * duration of the step.
 */
export function timeout<const What extends string, const Rest extends string = ''>(
  cause: string,
  what: CheckedText<What>,
  { minMs, ...options }: DurationOptions,
  rest?: CheckedText<Rest>,
): Variant {
  const text = `${what} timed out after {took} ms (limit {limit} ms)${rest ?? ''}`;
  return { level: 'ERROR', cause, text, fails: 504, when: { minMs }, ...options };
}

/** A WARNING after which the journey goes on: `WHAT took 120 ms (budget 100 ms)REST`. */
export function slow<const What extends string, const Rest extends string = ''>(
  cause: string,
  what: CheckedText<What>,
  { minMs, ...options }: DurationOptions,
  rest?: CheckedText<Rest>,
): Variant {
  return {
    level: 'WARNING',
    cause,
    text: `${what} took {took} ms (budget {limit} ms)${rest ?? ''}`,
    when: { minMs },
    ...options,
  };
}

/** An ERROR in `afterFailure.dependency`, for a dependency that is down: `CONSEQUENCE: auth unreachable, connect …`. */
export function unreachable<const Consequence extends string>(
  dependency: ServiceName,
  consequence: CheckedText<Consequence>,
): Variant {
  const text = `${consequence}: ${dependency} unreachable, connect ECONNREFUSED {failed.address}`;
  return { level: 'ERROR', cause: `${dependency}_unreachable`, text, when: { down: true } };
}

/**
 * An ERROR that ends the journey with 503: `no free WHAT: pool 30/30 in use, 4 waiting`.
 * @param options.max value specification of the size of the pool, such as `20|30|50`
 * @param options.waiting value specification of the number of requests that wait, such as `3~60`
 */
export function poolExhausted<const What extends string>(
  what: CheckedText<What>,
  { max, waiting, ...options }: { readonly max: string; readonly waiting: string; readonly weight?: number },
): Variant {
  const text = `no free ${what}: pool {max:${max}}/{max} in use, {waiting:${waiting}} waiting`;
  return { level: 'ERROR', cause: 'pool_exhausted', text, fails: 503, ...options };
}

/** The WARNINGs of a health check in `afterFailure.dependency`: the dependency reports a fault, or is down. */
export function unhealthy(dependency: ServiceName): readonly Variant[] {
  const degraded = `health check degraded: ${dependency}`;
  const unreachable = `${degraded} unreachable, connect ECONNREFUSED {failed.address}`;
  const common = { level: 'WARNING', cause: 'dependency_unhealthy' } as const;
  return [
    { ...common, text: `${degraded} reports {failed.cause}`, when: { down: false } },
    { ...common, text: unreachable, when: { down: true } },
  ];
}
