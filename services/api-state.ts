/** What the gateway is made of: its configuration, what it measures, its edge nodes, and the faults that last. */

import { buildersFor } from './definition/index.ts';

/** The parts of the definition that texts name, and the faults; the readings are of all pods together, sizes in MiB of each, lag in ms. */
export const state = {
  constants: { pool_size: 16, heap_limit: 512, workers: 2, routes: '61|63|66', rate: '300|600' },
  gauges: {
    pool_used: { usual: [0, 8], during: { upstream_pool_exhausted: ['pool_size', 'pool_size'] }, load: true },
    pool_waiting: { usual: [0, 0], during: { upstream_pool_exhausted: [2, 19] }, load: true, waitsFor: 'pool_used' },
    acquire_p95: { usual: [0, 4], during: { upstream_pool_exhausted: [180, 940] }, load: true, waitsFor: 'pool_used' },
    heap_used: { usual: [214, 322], during: { worker_out_of_memory: [446, 508] }, load: true },
    loop_lag: {
      usual: [4, 27],
      during: { event_loop_lag: [120, 480], worker_out_of_memory: [40, 110] },
      load: true,
    },
    in_flight: {
      usual: [0, 8],
      during: { event_loop_lag: [9, 24], upstream_pool_exhausted: [18, 35] },
      load: true,
    },
    cache_entries: { usual: [5200, 7900] },
    cache_hits: { usual: [74, 88], during: { edge_node_failing: [52, 63] } },
    cert_days: { usual: [1, 80], countdown: true },
  },
  targets: { edge: ['edge-fra-1', 'edge-ams-1', 'edge-waw-1'] },
  faults: {
    upstream_pool_exhausted: { weight: 3, slowdown: 4 },
    event_loop_lag: { weight: 3, slowdown: 4 },
    worker_out_of_memory: { weight: 2, slowdown: 2 },
    bad_route_table: { weight: 2 },
    edge_node_failing: { weight: 2, target: 'edge' },
    limiter_store_lost: { weight: 2 },
  },
} as const;

/** The builders of the gateway's lines, which accept the names above as placeholders. */
export const { debug, info, warn, error } = buildersFor(state);
