import type { Getter, RenderContext } from './render-context.ts';
import type { CompiledState } from './state/compile-state.ts';
import type { Value } from './value.ts';

export type OwnGetter = Getter;

/** What the texts of one service may name besides what those of all may: its constants, gauges and targets. */
export function ownGetters({ constantNames, gaugeNames, targetNames }: CompiledState): ReadonlyMap<string, OwnGetter> {
  return new Map<string, OwnGetter>([
    ...constantNames.map((name, index): [string, OwnGetter] => [name, ({ state }) => state.constants[index] as Value]),
    ...gaugeNames.map((name, index): [string, OwnGetter] => [name, ({ state, at }) => state.gauge(index, at)]),
    ...targetNames.map((name, index): [string, OwnGetter] => [name, (context) => targetOf(index, context)]),
  ]);
}

/** The instance that a journey uses; for lines of the service itself the one that has the fault, if one has. */
function targetOf(index: number, { state, targetKey, faultyTarget }: RenderContext): Value {
  return faultyTarget?.index === index ? faultyTarget.name : state.target(index, targetKey);
}
