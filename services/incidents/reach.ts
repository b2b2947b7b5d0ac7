/** Which share of whose lines a fault can make bad. */

import type { Catalog, CompiledJourney, CompiledService, CompiledStep } from '../simulation/catalog.ts';
import { isReached } from '../simulation/choice.ts';
import type { CompiledFailure, CompiledVariant } from '../simulation/compiled-variant.ts';
import { ServiceState } from '../simulation/state/service-state.ts';

/** A lasting fault of a service, and the instance that has it. */
export interface PlacedFault {
  /** Index of the service. */
  readonly service: number;
  /** Index among its lasting faults. */
  readonly fault: number;
  /** Undefined for a fault that concerns all instances. */
  readonly target: string | undefined;
}

/** What a fault does to a step of its service, in a journey that uses the instance that has it. */
interface Hit {
  /** Share of its lines that are bad because of it. */
  readonly bad: number;
  /** Share of its journeys that fail here because of it, and how. */
  readonly fails: number;
  readonly failure: CompiledFailure | undefined;
}

const NO_HIT: Hit = { bad: 0, fails: 0, failure: undefined };

/** A fault that has been on for an hour, when its gauges are where it takes them; in ms. */
const FULL = { from: 0, fullFrom: 1, now: 3_600_000, fullTo: 7_200_000, to: 7_200_001 };

/**
 * By how much the ratio of each service rises, in bad lines of ten, when such a share of the lines that a fault can reach is
 * bad because of it: lines of its own service that can tell it, and lines of others whose journey fails by it. Services that
 * it does not reach are left out.
 * @param share 0 to 1
 * @param seed of the world, which decides the configuration of the service
 */
export function risesOf(
  catalog: Catalog,
  placed: PlacedFault,
  share: number,
  seed: number,
): ReadonlyMap<string, number> {
  return spread(catalog, placed.service, usedBy(catalog, placed), hitsOf(catalog, placed, share, seed));
}

/** The same when the service writes nothing and answers nobody. */
export function risesOfOutage(catalog: Catalog, service: number): ReadonlyMap<string, number> {
  return spread(catalog, service, 1, ({ unreachable }) => ({ bad: 0, fails: 1, failure: unreachable }));
}

/** Share of the journeys that use the instance that has the fault: see `target` of `ServiceState`. */
function usedBy({ services }: Catalog, { service, fault, target }: PlacedFault): number {
  const { lasting, targets } = (services[service] as CompiledService).state;
  const instances = targets[lasting[fault]?.target ?? -1];
  if (!instances || target === undefined) return 1;
  const below = (place: number): number => Math.sqrt(place / instances.length);
  const place = instances.indexOf(target);
  return below(place + 1) - below(place);
}

function hitsOf(
  { services }: Catalog,
  { service, fault }: PlacedFault,
  share: number,
  seed: number,
): (step: CompiledStep) => Hit {
  const { name, state: compiled } = services[service] as CompiledService;
  const { cause } = compiled.lasting[fault] as CompiledService['state']['lasting'][number];
  const { now, ...period } = FULL;
  const planned = { service: name, cause, ...period, isAnnounced: true };
  const state = new ServiceState(name, compiled, seed, { faults: [planned], deploys: [], isCalm: false });
  const isTold = ({ lasting, event, gauges }: CompiledVariant): boolean => {
    if (lasting !== fault || event) return false;
    return gauges.every(({ gauge, least, most }) => isBetween(state.gauge(gauge, now), least, most));
  };
  return ({ bad }) => {
    const told = bad.variants.filter(isTold);
    if (told.length === 0) return NO_HIT;
    const failing = told.filter(({ failure }) => failure);
    return { bad: share, fails: (share * weightOf(failing)) / weightOf(told), failure: failing[0]?.failure };
  };
}

/**
 * Follows every journey of a page of traffic through its steps.
 * @param used share of the journeys that the fault concerns; it concerns lines that belong to no journey anyway
 */
function spread(
  { services, journeys }: Catalog,
  root: number,
  used: number,
  hitOf: (step: CompiledStep) => Hit,
): Map<string, number> {
  const lines = services.map(() => 0);
  const bad = services.map(() => 0);
  for (const journey of journeys) {
    const { perPage = 0 } = journey.journey;
    let failed = 0;
    let failure: CompiledFailure | undefined;
    for (const step of journey.steps) {
      add(lines, step.service, perPage);
      if (step.service === root) {
        const hit = hitOf(step);
        add(bad, root, perPage * (step.isOwnLine ? 1 : used) * (1 - failed) * hit.bad);
        failed += (1 - failed) * hit.fails;
        failure ??= hit.failure;
      } else if (failure && isAffected(services, journey, step, root, failure)) {
        add(bad, step.service, perPage * used * failed);
      }
    }
  }
  const rises = services.map(
    ({ name }, index) => [name, (10 * (bad[index] as number)) / (lines[index] as number)] as const,
  );
  return new Map(rises.filter(([, rise]) => rise > 0));
}

/** Whether the service that takes the step notices that the journey has failed in the root. */
function isAffected(
  services: readonly CompiledService[],
  { stages }: CompiledJourney,
  step: CompiledStep,
  root: number,
  failure: CompiledFailure,
): boolean {
  const [, maxMs] = stages[step.stage] as readonly [number, number];
  return (services[step.service] as CompiledService).dependsOn.has(root) && isReached(step, maxMs, failure);
}

function add(sums: number[], index: number, value: number): void {
  sums[index] = (sums[index] as number) + value;
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

function weightOf(variants: readonly CompiledVariant[]): number {
  return variants.reduce((sum, { weight }) => sum + weight, 0);
}
