import type { Condition, Journey, ServiceDefinition, Step, Variant } from '../definition/definition.ts';
import { type CompiledFailure, CompiledVariant } from './compiled-variant.ts';
import type { Failure, RenderContext } from './render-context.ts';
import { compileText } from './template.ts';

/** Variants, one of which is chosen by weight. */
export interface Choices {
  readonly variants: readonly CompiledVariant[];
  /** Sum over the variants. */
  readonly weight: number;
  /** Whether some apply only under a condition. */
  readonly isConditional: boolean;
}

/** A step ready to be rendered; a list that the definition leaves out is empty. */
export interface CompiledStep {
  readonly service: number;
  /** Index of the stage at whose end its line is written. */
  readonly stage: number;
  readonly good: Choices;
  readonly bad: Choices;
  readonly afterFailure: { readonly good: Choices; readonly bad: Choices; readonly dependency: Choices };
}

/** A kind of journey with its steps over all services, in causal order. */
export interface CompiledJourney {
  readonly name: string;
  readonly journey: Journey;
  readonly stages: readonly (readonly [number, number])[];
  readonly steps: readonly CompiledStep[];
  /** Whether it is a background line, which belongs to no request. */
  readonly background: boolean;
  readonly http: RenderContext['http'];
}

/** What lines say about a service. */
interface ServiceRef {
  /** Index in the catalog. */
  readonly index: number;
  readonly name: string;
  readonly logName: string;
  /** Host and port. */
  readonly address: string;
}

export interface CompiledService {
  readonly name: string;
  readonly logName: string;
  /** Indexes of the services that it depends on. */
  readonly dependsOn: ReadonlySet<number>;
  readonly ref: ServiceRef;
  readonly background: CompiledStep;
  /** The failure that the others see while it is down. */
  readonly unreachable: CompiledFailure;
}

/** All services and journeys, compiled; what they write depends on these and the world alone. */
export interface Catalog {
  readonly services: readonly CompiledService[];
  /** Service indexes, each after all that it depends on. */
  readonly dependencyOrder: readonly number[];
  readonly journeys: readonly CompiledJourney[];
}

/**
 * Compiles valid definitions; `journeys` are those of the shop. The log depends on the order of the services.
 */
export function compileCatalog(
  definitions: readonly ServiceDefinition[],
  journeys: Readonly<Record<string, Journey>>,
): Catalog {
  const indexOf = new Map(definitions.map((definition, index) => [definition.name, index]));
  const services = definitions.map((definition, index) => compileService(definition, index, indexOf));
  const all = { ...journeys, ...Object.assign({}, ...definitions.map((definition) => definition.journeys ?? {})) };
  const compiled = Object.entries<Journey>(all).map(([name, journey]) =>
    compileJourney(name, journey, definitions, services),
  );
  const background = definitions.map((definition, index) => ({
    name: `background of ${definition.name}`,
    journey: { perPage: definition.background.perPage, actor: 'system', stages: {} } as const,
    stages: [[0, 0]] as const,
    steps: [(services[index] as CompiledService).background],
    background: true,
    http: undefined,
  }));
  return { services, dependencyOrder: dependencyOrder(services), journeys: [...compiled, ...background] };
}

function compileService(
  definition: ServiceDefinition,
  index: number,
  indexOf: ReadonlyMap<string, number>,
): CompiledService {
  const { name, logName, dependsOn, background } = definition;
  const ref = { index, name, logName, address: `192.0.2.${10 + index}:${8080 + index}` };
  return {
    name,
    logName,
    dependsOn: new Set(dependsOn.map((dependency) => indexOf.get(dependency) as number)),
    ref,
    background: compileStep(background, ref, 0),
    unreachable: failureIn(ref, { down: true, cause: 'unreachable', status: 503 }),
  };
}

function compileJourney(
  name: string,
  journey: Journey,
  definitions: readonly ServiceDefinition[],
  services: readonly CompiledService[],
): CompiledJourney {
  const steps = Object.keys(journey.stages).flatMap((stage, stageIndex) =>
    services.flatMap(({ ref }) => {
      const step = definitions[ref.index]?.steps[`${name}.${stage}`];
      return step ? [compileStep(step, ref, stageIndex)] : [];
    }),
  );
  const { http } = journey;
  return {
    name,
    journey,
    stages: Object.values(journey.stages),
    steps,
    background: false,
    http: http && { method: http.method, path: compileText(http.path) },
  };
}

function compileStep(step: Step, ref: ServiceRef, stage: number): CompiledStep {
  const { afterFailure = {} } = step;
  const choices = (variants: readonly Variant[] = []): Choices => compileChoices(variants, ref);
  return {
    service: ref.index,
    stage,
    good: choices(step.good),
    bad: choices(step.bad),
    afterFailure: {
      good: choices(afterFailure.good),
      bad: choices(afterFailure.bad),
      dependency: choices(afterFailure.dependency),
    },
  };
}

function compileChoices(variants: readonly Variant[], ref: ServiceRef): Choices {
  const compiled = variants.map((variant) => compileVariant(variant, ref));
  return {
    variants: compiled,
    weight: compiled.reduce((sum, { weight }) => sum + weight, 0),
    isConditional: variants.some((variant) => variant.when !== undefined),
  };
}

function compileVariant(variant: Variant, ref: ServiceRef): CompiledVariant {
  const { cause = 'failed', fails } = variant;
  const failure = fails === undefined ? undefined : failureIn(ref, { down: false, cause, status: fails });
  return new CompiledVariant(variant, ref.logName, failure);
}

function failureIn(
  { index, name, address }: ServiceRef,
  how: Pick<Failure, 'down' | 'cause' | 'status'>,
): CompiledFailure {
  return { failedService: index, service: name, address, ...how };
}

function dependencyOrder(services: readonly CompiledService[]): number[] {
  const order = new Set<number>();
  const visit = (index: number): void => {
    if (order.has(index)) return;
    for (const dependency of (services[index] as CompiledService).dependsOn) visit(dependency);
    order.add(index);
  };
  services.forEach((_, index) => {
    visit(index);
  });
  return [...order];
}

/** True when the variant applies to a step that took `durationMs`, after `failure` if there was one. */
export function matches(condition: Condition | undefined, durationMs: number, failure: Failure | undefined): boolean {
  if (!condition) return true;
  if (condition.minMs !== undefined && durationMs < condition.minMs) return false;
  if (condition.failedIn !== undefined && condition.failedIn !== failure?.service) return false;
  if (condition.down !== undefined && condition.down !== failure?.down) return false;
  if (condition.status !== undefined && condition.status !== Math.floor((failure?.status ?? 0) / 100)) return false;
  return true;
}
