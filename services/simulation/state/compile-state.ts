/** The parts of a definition that concern the service as a whole: configuration, gauges, targets and faults. */

import type { Gauge, LastingFault, PersonalFault, ServiceDefinition, Variant } from '../../definition/definition.ts';
import { type ParsedValue, parseValue } from '../../definition/parse-text.ts';

interface CompiledLasting {
  readonly cause: string;
  readonly weight: number;
  /** Index of the target of which one has the fault; -1 when it concerns all. */
  readonly target: number;
  readonly slowdown: number;
}

interface CompiledPersonal extends PersonalFault {
  readonly cause: string;
}

/** What all services of a fleet have, each by index; names are looked up once, when texts are compiled. */
export interface CompiledState {
  readonly constantNames: readonly string[];
  readonly constants: readonly ParsedValue[];
  readonly gaugeNames: readonly string[];
  readonly gauges: readonly Gauge[];
  readonly targetNames: readonly string[];
  readonly targets: readonly (readonly string[])[];
  readonly lasting: readonly CompiledLasting[];
  readonly personal: readonly CompiledPersonal[];
  /** Whether a lasting fault is told only while it is on. */
  readonly isExclusive: boolean;
}

/** Compiles that part of a valid definition. */
export function compileState(definition: ServiceDefinition): CompiledState {
  const { constants = {}, gauges = {}, targets = {}, faults } = definition;
  const targetNames = Object.keys(targets);
  const entries = Object.entries<LastingFault | PersonalFault>(faults ?? causesOf(definition));
  return {
    constantNames: Object.keys(constants),
    constants: Object.values(constants).map((spec) => parseValue(spec) as ParsedValue),
    gaugeNames: Object.keys(gauges),
    gauges: Object.values(gauges),
    targetNames,
    targets: Object.values(targets),
    lasting: entries.flatMap(([cause, fault]) => {
      if ('of' in fault) return [];
      const { weight = 1, target, slowdown = 1 } = fault;
      return [{ cause, weight, target: target === undefined ? -1 : targetNames.indexOf(target), slowdown }];
    }),
    personal: entries.flatMap(([cause, fault]) => ('of' in fault ? [{ cause, ...fault }] : [])),
    isExclusive: faults !== undefined,
  };
}

/** Every cause of the service, weighted by how often it can occur. */
function causesOf({ steps, background }: ServiceDefinition): Record<string, LastingFault> {
  const weights = new Map<string, number>();
  const add = (bad: readonly Variant[]): void => {
    const sum = bad.reduce((all, { weight = 1 }) => all + weight, 0);
    for (const { cause = 'failed', weight = 1 } of bad) weights.set(cause, (weights.get(cause) ?? 0) + weight / sum);
  };
  for (const { bad } of [...Object.values(steps), background]) add(bad);
  return Object.fromEntries([...weights].map(([cause, weight]) => [cause, { weight }]));
}
