import type { Condition } from '../definition/definition.ts';
import type { ChoiceContext } from './render-context.ts';

/** True when that condition of a variant holds, as far as it concerns the step and a failure before it. */
export function matches(
  condition: Condition | undefined,
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
