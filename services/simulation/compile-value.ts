import type { ParsedValue } from '../definition/parse-text.ts';
import { money, pick } from './entities.ts';
import { deriveKey, hex, skewedInt, uniformInt } from './hash.ts';
import type { Getter, RenderContext, RenderedValue } from './render-context.ts';
import { PackedText } from './text-buffer.ts';
import type { Value } from './value.ts';

/**
 * How the value number `index` of a variant is drawn.
 * @param getterOf looks up another value of the line
 */
export function compileValue(value: ParsedValue, index: number, getterOf: (name: string) => Getter): RenderedValue {
  const key = (context: RenderContext) => deriveKey(context.stepKey, 100 + index);
  switch (value.kind) {
    case 'limit':
      return { get: (context) => context.limitMs };
    case 'plus': {
      const base = getterOf(value.base);
      return { get: (context) => Number(base(context)) + uniformInt(key(context), value.low, value.high) };
    }
    case 'percent': {
      const part = getterOf(value.part);
      const whole = getterOf(value.whole);
      return { get: (context) => Math.floor((100 * Number(part(context))) / Number(whole(context))) };
    }
    case 'hex': {
      const { digits } = value;
      return { get: (context) => hex(key(context), digits), write: (context, out) => out.hex(key(context), digits) };
    }
    case 'oneOf': {
      const items = value.items.map((item) => new PackedText(String(item)));
      return {
        get: (context) => pick(key(context), value.items),
        write: (context, out) => {
          out.piece(pick(key(context), items).piece);
        },
      };
    }
    case 'range':
      return { get: (context) => uniformInt(key(context), value.low, value.high) };
    case 'skewed':
      return { get: (context) => skewedInt(key(context), value.low, value.high) };
    default:
      return { get: (context) => drawAlone(value, key(context)) };
  }
}

/** Draws a value that refers to no other. */
export function drawAlone(value: ParsedValue, key: number): Value {
  switch (value.kind) {
    case 'constant':
      return value.value;
    case 'range':
      return uniformInt(key, value.low, value.high);
    case 'skewed':
      return skewedInt(key, value.low, value.high);
    case 'money':
      return money(skewedInt(key, value.low, value.high));
    case 'oneOf':
      return pick(key, value.items);
    case 'hex':
      return hex(key, value.digits);
    default:
      throw new Error(`A ${value.kind} cannot be drawn alone: validation should have refused the definition`);
  }
}
