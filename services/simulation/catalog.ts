import type { Condition, Journey, ServiceDefinition, Step, Variant } from './definition.ts';
import type { Failure, Telling } from './telling.ts';
import { compileText, compileVariant, type Template } from './template.ts';

/** A variant ready to be chosen and told. */
export interface CompiledVariant extends Template {
  readonly variant: Variant;
  readonly weight: number;
}

/** A step ready to be told; `failed` and the like are empty where the definition has none. */
export interface CompiledStep {
  readonly service: number;
  /** Index of the beat at whose end it is told. */
  readonly beat: number;
  readonly ok: readonly CompiledVariant[];
  readonly trouble: readonly CompiledVariant[];
  readonly failed: readonly CompiledVariant[];
  readonly blamed: readonly CompiledVariant[];
  readonly aftermath: readonly CompiledVariant[];
}

/** A kind of journey with its steps over all services, in causal order. */
export interface CompiledJourney {
  readonly name: string;
  readonly journey: Journey;
  readonly beats: readonly (readonly [number, number])[];
  readonly steps: readonly CompiledStep[];
  /** It has no request: a line that a service writes of itself. */
  readonly background: boolean;
  readonly http: Telling['http'];
}

export interface CompiledService {
  readonly name: string;
  readonly logName: string;
  /** Indexes of the services that it depends on. */
  readonly dependsOn: ReadonlySet<number>;
  /** Where it would be reached. */
  readonly address: string;
  readonly background: CompiledStep;
  /** What the others see when it does not run. */
  readonly unreachable: Failure;
}

/** All services and journeys, compiled; what they write depends on nothing else but the world. */
export interface Catalog {
  readonly services: readonly CompiledService[];
  /** Service indexes, each after all that it depends on. */
  readonly judgingOrder: readonly number[];
  readonly journeys: readonly CompiledJourney[];
}

/**
 * Compiles definitions that have no faults (see services/validation/). `stories` are the journeys that belong to no service.
 * The order of the services is part of what the log says.
 */
export function compileCatalog(
  definitions: readonly ServiceDefinition[],
  stories: Readonly<Record<string, Journey>>,
): Catalog {
  const indexOf = new Map(definitions.map((definition, index) => [definition.name, index]));
  const services = definitions.map((definition, index) => compileService(definition, index, indexOf));
  const all = { ...stories, ...Object.assign({}, ...definitions.map((definition) => definition.journeys ?? {})) };
  const journeys = Object.entries<Journey>(all).map(([name, journey]) => compileJourney(name, journey, definitions));
  const background = definitions.map((definition, index) => ({
    name: `background of ${definition.name}`,
    journey: { perPage: definition.background.perPage, actor: 'system', beats: {} } as const,
    beats: [[0, 0]] as const,
    steps: [(services[index] as CompiledService).background],
    background: true,
    http: undefined,
  }));
  return { services, judgingOrder: judgingOrder(services), journeys: [...journeys, ...background] };
}

function compileService(
  definition: ServiceDefinition,
  index: number,
  indexOf: ReadonlyMap<string, number>,
): CompiledService {
  const address = `192.0.2.${10 + index}:${8080 + index}`;
  return {
    name: definition.name,
    logName: definition.logName,
    dependsOn: new Set(definition.dependsOn.map((name) => indexOf.get(name) as number)),
    address,
    background: compileStep(definition.background, index, 0),
    unreachable: { service: definition.name, down: true, cause: 'unreachable', status: 503, address },
  };
}

function compileJourney(name: string, journey: Journey, definitions: readonly ServiceDefinition[]): CompiledJourney {
  const steps = Object.keys(journey.beats).flatMap((beat, beatIndex) =>
    definitions.flatMap((definition, service) => {
      const step = definition.steps[name]?.[beat];
      return step ? [compileStep(step, service, beatIndex)] : [];
    }),
  );
  const { http } = journey;
  return {
    name,
    journey,
    beats: Object.values(journey.beats),
    steps,
    background: false,
    http: http && { method: http.method, path: compileText(http.path) },
  };
}

function compileStep(step: Step, service: number, beat: number): CompiledStep {
  return {
    service,
    beat,
    ok: compileVariants(step.ok),
    trouble: compileVariants(step.trouble),
    failed: compileVariants(step.failed),
    blamed: compileVariants(step.blamed),
    aftermath: compileVariants(step.aftermath),
  };
}

function compileVariants(variants: readonly Variant[] = []): CompiledVariant[] {
  return variants.map((variant) => ({ variant, weight: variant.weight ?? 1, ...compileVariant(variant) }));
}

function judgingOrder(services: readonly CompiledService[]): number[] {
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

/** True when the variant may be told of a step that took `took` ms, after `failure` if there was one. */
export function applies(condition: Condition | undefined, took: number, failure: Failure | undefined): boolean {
  if (!condition) return true;
  if (condition.took !== undefined && took < condition.took) return false;
  if (condition.failed !== undefined && condition.failed !== failure?.service) return false;
  if (condition.down !== undefined && condition.down !== failure?.down) return false;
  if (condition.status !== undefined && condition.status !== Math.floor((failure?.status ?? 0) / 100)) return false;
  return true;
}
