import type { Getter, RenderContext } from './render-context.ts';
import type { CompiledState } from './state/compile-state.ts';
import type { Value } from './value.ts';

/** What the texts of one service may name besides what those of all may: its constants, gauges and targets. */
export function ownGetters({ constantNames, gaugeNames, targetNames }: CompiledState): ReadonlyMap<string, Getter> {
  return new Map<string, Getter>([
    ...constantNames.map((name, index): [string, Getter] => [name, ({ state }) => state.constants[index] as Value]),
    ...gaugeNames.map((name, index): [string, Getter] => [
      name,
      ({ state, at, isCalm }) => state.gauge(index, at, isCalm),
    ]),
    ...targetNames.map((name, index): [string, Getter] => [name, (context) => targetOf(index, context)]),
  ]);
}

/** The instance that a journey uses; for lines of the service itself the one that has the fault, if one has. */
function targetOf(index: number, { state, targetKey, faultyTarget }: RenderContext): Value {
  return faultyTarget?.index === index ? faultyTarget.name : state.target(index, targetKey);
}
