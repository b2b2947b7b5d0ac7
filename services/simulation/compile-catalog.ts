import type { Journey, ServiceDefinition } from '../definition/definition.ts';
import type { Catalog, CompiledJourney, CompiledService } from './catalog.ts';
import { Limits } from './limits.ts';
import { ServiceCompiler } from './service-compiler.ts';
import { compileText } from './template.ts';

/**
 * Compiles valid definitions; `journeys` are those of the shop. The log depends on the order of the services.
 */
export function compileCatalog(
  definitions: readonly ServiceDefinition[],
  journeys: Readonly<Record<string, Journey>>,
): Catalog {
  const limits = new Limits();
  const compilers = definitions.map((definition, index) => new ServiceCompiler(definition, index, limits));
  const indexOf = new Map(definitions.map(({ name }, index) => [name, index]));
  const services = compilers.map((compiler) => compiler.service(indexOf));
  const all = { ...journeys, ...Object.assign({}, ...definitions.map((definition) => definition.journeys ?? {})) };
  const ofRequests = Object.entries<Journey>(all).map(([name, journey]) => compileJourney(name, journey, compilers));
  const own = compilers.flatMap((compiler, index) => {
    const { background } = services[index] as CompiledService;
    return [compiler.backgroundJourney(background), ...compiler.scheduledJourneys()];
  });
  return { services, dependencyOrder: dependencyOrder(services), journeys: [...ofRequests, ...own], limits };
}

function compileJourney(name: string, journey: Journey, compilers: readonly ServiceCompiler[]): CompiledJourney {
  const { http } = journey;
  const fixed = new Map(
    http
      ? ([
          ['method', http.method],
          ['path', http.path],
        ] as const)
      : [],
  );
  const isProbe = http !== undefined && journey.everySeconds !== undefined;
  return {
    name,
    journey,
    stages: Object.values(journey.stages),
    steps: Object.entries(journey.stages).flatMap(([stage, [, maxMs]], index) =>
      compilers.flatMap((compiler) => compiler.step(`${name}.${stage}`, { name: stage, index, maxMs, fixed, isProbe })),
    ),
    isCustomers: journey.actor === 'customer',
    http: http && { method: http.method, path: compileText(http.path) },
  };
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
