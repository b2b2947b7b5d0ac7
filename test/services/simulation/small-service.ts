import type { ServiceDefinition } from '../../../services/definition/definition.ts';

/** A service that writes nothing of interest, except for the parts given. */
export function smallService(parts: Partial<ServiceDefinition> = {}): ServiceDefinition {
  return {
    name: 'small',
    logName: 'SmallService',
    dependsOn: [],
    steps: {},
    background: {
      perPage: 1,
      good: [{ level: 'DEBUG', text: 'idle' }],
      bad: [{ level: 'WARNING', cause: 'hiccup', text: 'hiccup' }],
    },
    ...parts,
  };
}
