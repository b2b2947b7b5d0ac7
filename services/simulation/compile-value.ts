import type { ParsedValue } from '../definition/parse-text.ts';
import { PLACEHOLDERS } from './common-placeholders.ts';
import { money, pick } from './entities.ts';
import { deriveKey, hex, skewedInt, uniformInt } from './hash.ts';
import type { Getter, RenderContext } from './render-context.ts';

/** Limits that a configuration would have, in ms. */
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
 * How the value number `index` of a variant is drawn.
 * @param earlier names of the values drawn before it
 */
export function compileValue(value: ParsedValue, index: number, earlier: readonly string[]): Getter {
  const key = (context: RenderContext) => deriveKey(context.stepKey, 100 + index);
  switch (value.kind) {
    case 'constant':
      return () => value.value;
    case 'range':
      return (context) => uniformInt(key(context), value.low, value.high);
    case 'skewed':
      return (context) => skewedInt(key(context), value.low, value.high);
    case 'money':
      return (context) => money(skewedInt(key(context), value.low, value.high));
    case 'oneOf':
      return (context) => pick(key(context), value.items);
    case 'hex':
      return (context) => hex(key(context), value.digits);
    case 'limit':
      return (context) => limitBelow(context.durationMs);
    case 'plus': {
      const base = numberOf(value.base, earlier);
      return (context) => base(context) + uniformInt(key(context), value.low, value.high);
    }
    case 'percent': {
      const part = numberOf(value.part, earlier);
      const whole = numberOf(value.whole, earlier);
      return (context) => Math.floor((100 * part(context)) / whole(context));
    }
    default:
      return value satisfies never;
  }
}

/** A value of the line drawn earlier, or one that every line has. */
function numberOf(name: string, earlier: readonly string[]): (context: RenderContext) => number {
  const index = earlier.indexOf(name);
  if (index >= 0) return (context) => Number(context.drawn[index]);
  return (context) => Number(PLACEHOLDERS.get(name)?.get(context));
}
