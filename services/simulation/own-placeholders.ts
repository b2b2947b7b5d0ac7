import type { RenderContext, RenderedValue } from './render-context.ts';
import type { CompiledState } from './state/compile-state.ts';
import type { Value } from './value.ts';

/** What the texts of one service may name besides what those of all may: its constants, gauges and targets. */
export function ownValues({
  constantNames,
  gaugeNames,
  targetNames,
}: CompiledState): ReadonlyMap<string, RenderedValue> {
  return new Map<string, RenderedValue>([
    ...constantNames.map((name, index): [string, RenderedValue] => {
      return [name, { get: ({ state }) => state.constants[index] as Value }];
    }),
    ...gaugeNames.map((name, index): [string, RenderedValue] => {
      return [name, { get: ({ state, at }) => state.gauge(index, at) }];
    }),
    ...targetNames.map((name, index): [string, RenderedValue] => {
      return [name, { get: (context) => targetOf(index, context) }];
    }),
  ]);
}

/** The instance that a journey uses; for lines of the service itself the one that has the fault, if one has. */
function targetOf(index: number, { state, targetKey, faultyTarget }: RenderContext): Value {
  return faultyTarget?.index === index ? faultyTarget.name : state.target(index, targetKey);
}
