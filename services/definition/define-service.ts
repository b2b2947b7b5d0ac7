import type { journeys as shopJourneys } from '../journeys.ts';
import type { ServiceName } from '../service-names.ts';
import type { Journey, ServiceDefinition, Step } from './definition.ts';

type Journeys = Readonly<Record<string, Journey>>;

/** `checkout.capture` and so on. */
type StageOf<All extends Journeys> = {
  [Name in keyof All & string]: `${Name}.${keyof All[Name]['stages'] & string}`;
}[keyof All & string];

interface Checked<Own extends Journeys> extends Omit<ServiceDefinition, 'dependsOn' | 'journeys' | 'steps'> {
  readonly dependsOn: readonly ServiceName[];
  readonly journeys?: Own;
  readonly steps: { readonly [Stage in StageOf<typeof shopJourneys> | StageOf<Own>]?: Step };
}

/**
 * Returns the definition unchanged. The compiler refuses an unknown dependency, journey or stage; everything else is
 * checked when the service is loaded. To depend on another service of your own, cast its name to `ServiceName`.
 */
export function defineService<const Own extends Journeys = Record<never, never>>(
  definition: Checked<Own>,
): ServiceDefinition {
  return definition as ServiceDefinition;
}
