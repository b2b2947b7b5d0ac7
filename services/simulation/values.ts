import type { ValueSpec } from '../definition/definition.ts';
import { money, pick } from './entities.ts';
import { deriveKey, hex, skewedInt, uniformInt } from './hash.ts';
import { PLACEHOLDERS } from './placeholders.ts';
import type { Getter, RenderContext, Value } from './render-context.ts';

/** Limits that somebody would configure, in ms. */
const LIMITS_MS = [
  1, 2, 3, 5, 8, 10, 20, 25, 30, 40, 50, 75, 100, 120, 150, 200, 250, 300, 400, 500, 600, 750, 800, 1000, 1200, 1500,
  2000, 2500, 3000, 4000, 5000, 6000, 7500, 8000, 10_000, 12_000, 15_000, 20_000, 30_000,
];

/** The largest limit below `ms`; 1 where there is none. */
function limitBelow(ms: number): number {
  let best = 1;
  for (const limit of LIMITS_MS) if (limit < ms) best = limit;
  return best;
}

/**
 * How the draw number `index` of a variant is made.
 * @param names of all draws of the variant
 */
export function compileDraw(spec: ValueSpec, index: number, names: readonly string[]): Getter {
  const key = (telling: RenderContext) => deriveKey(telling.stepKey, 100 + index);
  if (typeof spec !== 'object') return () => spec;
  if (isWords(spec)) return (t) => pick(key(t), spec);
  if (isRange(spec)) return (t) => uniformInt(key(t), spec[0], spec[1]);
  if ('oneOf' in spec) return (t) => pick(key(t), spec.oneOf);
  if ('skew' in spec) return (t) => skewedInt(key(t), spec.skew[0], spec.skew[1]);
  if ('money' in spec) return (t) => money(skewedInt(key(t), spec.money[0], spec.money[1]));
  if ('hex' in spec) return (t) => hex(key(t), spec.hex);
  const earlier = names.slice(0, index);
  if ('limit' in spec) {
    const get = earlierValue(spec.limit, earlier);
    return (t) => limitBelow(get(t));
  }
  if ('plus' in spec) {
    const [name, low, high] = spec.plus;
    const get = earlierValue(name, earlier);
    return (t) => get(t) + uniformInt(key(t), low, high);
  }
  const part = earlierValue(spec.percent[0], earlier);
  const whole = earlierValue(spec.percent[1], earlier);
  return (t) => Math.floor((100 * part(t)) / whole(t));
}

/** A value of the line drawn earlier, or one that every line has. */
function earlierValue(name: string, earlier: readonly string[]): (telling: RenderContext) => number {
  const index = earlier.indexOf(name);
  return index < 0 ? (t) => Number(PLACEHOLDERS.get(name)?.get(t)) : (t) => Number(t.drawn[index]);
}

function isWords(spec: Exclude<ValueSpec, Value>): spec is readonly string[] {
  return Array.isArray(spec) && typeof spec[0] === 'string';
}

function isRange(spec: Exclude<ValueSpec, Value>): spec is readonly [number, number] {
  return Array.isArray(spec);
}
