import type { Condition } from '../definition/definition.ts';
import type { ChoiceContext } from './render-context.ts';

/** The part of a condition that concerns the step and a failure before it. */
type StepCondition = Pick<Condition, 'minMs' | 'failedIn' | 'down' | 'status' | 'failedAt'>;

/**
 * That part of a condition; undefined when it has none. All have the same properties in the same order, so that they are
 * read at once.
 */
export function stepCondition(condition: Condition = {}): StepCondition | undefined {
  const { minMs, failedIn, down, status, failedAt } = condition;
  const part = { minMs, failedIn, down, status, failedAt };
  return Object.values(part).some((value) => value !== undefined) ? (part as StepCondition) : undefined;
}

/** True when that part of a condition holds. */
export function matches(
  condition: StepCondition | undefined,
  durationMs: number,
  failure: ChoiceContext['failure'],
): boolean {
  if (!condition) return true;
  const { minMs, failedIn, down, status, failedAt } = condition;
  if (minMs !== undefined && durationMs < minMs) return false;
  if (failedIn !== undefined && failedIn !== failure?.service) return false;
  if (down !== undefined && down !== failure?.down) return false;
  if (failedAt !== undefined && failedAt !== failure?.stage) return false;
  return status === undefined || status === Math.floor((failure?.status ?? 0) / 100);
}
