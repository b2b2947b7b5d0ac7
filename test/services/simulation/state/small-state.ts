import { compileState } from '../../../../services/simulation/state/compile-state.ts';
import { type ServicePlan, ServiceState } from '../../../../services/simulation/state/service-state.ts';
import type { Spell } from '../../../../services/simulation/state/spells.ts';
import { smallService } from '../small-service.ts';

/** In ms. */
export const HOUR = 3_600_000;
/** In ms. */
export const DAY = 24 * HOUR;

const COMPILED = compileState(
  smallService({
    constants: { pool_size: 40, region: 'eu|us|ap' },
    gauges: {
      entries: { usual: [0, 100] },
      pool_used: { usual: [2, 14], during: { pool_exhausted: ['pool_size', 'pool_size'], replica_lag: [16, 30] } },
      cert_days: { usual: [1, 80], countdown: true },
    },
    targets: { provider: ['p1', 'p2', 'p3'], shard: ['s1', 's2'] },
    faults: {
      pool_exhausted: { slowdown: 4 },
      replica_lag: { target: 'shard' },
      provider_down: { target: 'provider', weight: 2 },
      card_expired: { of: 'user', share: 0.05, hours: 24 },
      label_smudged: { of: 'sku', share: 0.1, hours: 2.5 },
    },
  }),
);
/** Indexes of its gauges. */
export const [ENTRIES, POOL_USED, CERT_DAYS] = [0, 1, 2] as const;
/** Indexes of its lasting faults. */
export const [POOL_EXHAUSTED, REPLICA_LAG, PROVIDER_DOWN] = [0, 1, 2] as const;
/** Indexes of its personal faults. */
export const [CARD_EXPIRED, LABEL_SMUDGED] = [0, 1] as const;
/** Indexes of its targets. */
export const [PROVIDER, SHARD] = [0, 1] as const;

/** The state of a service with gauges, targets and faults of every kind. */
export function stateOf(seed: number, plan: Partial<ServicePlan> = {}): ServiceState {
  return new ServiceState('small', COMPILED, seed, { faults: [], deploys: [], isCalm: false, ...plan });
}

/** The spells that touch an interval. */
export function spellsOf(state: ServiceState, from: number, to: number): Spell[] {
  const all: Spell[] = [];
  for (let at = from; at < to; at = (all.at(-1) as Spell).to) all.push(state.spellAt(at));
  return all;
}
