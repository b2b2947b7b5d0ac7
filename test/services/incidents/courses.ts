/** What happens to fleets with incidents, for a test. */

import { incidentTypes } from '../../../services/incidents/index.ts';
import { type IncidentOptions, resolveIncident } from '../../../services/incidents/resolve-incident.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';
import type { World } from '../../../shared/world.ts';
import { ratiosSetIn, withIncident, withIncidentEnded } from '../../../supervisor/world/incident-changes.ts';
import { Timeline, type WorldPatch } from '../../../supervisor/world/timeline.ts';

const catalog = await loadCatalog();
const names = catalog.services.map(({ name }) => name);

/** The first line of each fleet, in ms since the epoch. */
export const BEGIN = Date.UTC(2026, 10, 6, 12);
export const MINUTE = 60_000;

/** When it is done, in minutes from the first line, and what. */
type Action = readonly [minute: number, patch: (at: number) => WorldPatch];

const start = (name: string, options: Partial<IncidentOptions> = {}) => {
  const type = incidentTypes.find((candidate) => candidate.name === name) as (typeof incidentTypes)[number];
  return (at: number): WorldPatch =>
    (latest) =>
      withIncident(
        latest,
        resolveIncident(type, catalog, 1, { id: name, at, earliest: at, startedBy: 'operator', ...options }),
      );
};
const stop =
  (id: string, isAtOnce = false) =>
  (): WorldPatch =>
  (latest) =>
    withIncidentEnded(latest, id, isAtOnce);
const set = (ratios: Readonly<Record<string, number>>) => (): WorldPatch => (latest) => ({
  ratios: { ...latest.ratios, ...ratios },
  ...ratiosSetIn(latest, Object.keys(ratios)),
});
const down = (service: string) => (): WorldPatch => (latest) => ({ down: [...latest.down, service] });
const up = (service: string) => (): WorldPatch => (latest) => ({
  down: latest.down.filter((name) => name !== service),
});

export interface Course {
  readonly what: string;
  readonly actions: readonly Action[];
  /** Lines per second; by default 10. */
  readonly rate?: number;
  /** Before anything is done; by default 0.3 of every service. */
  readonly base?: Readonly<Record<string, number>>;
  /** When nothing is left of it, in minutes from the first line. */
  readonly over: number;
  /** Ratios in effect, by hand or given back: from and to, in minutes from the first line. */
  readonly known?: readonly (readonly [service: string, ratio: number, from: number, to: number])[];
}

const OUTAGE = 'payment-provider-down';
/** Precursor from 20, onset from 25, plateau from 26, recovery from 46 to 50. */
const outage = start(OUTAGE, { faultMs: 21 * MINUTE });
const SECOND = 1 / 60;

export const COURSES: readonly Course[] = [
  {
    what: 'two at once, of two services',
    actions: [
      [20, outage],
      [30, start('db-pool-exhaustion')],
    ],
    over: 63,
  },
  {
    what: 'two at once, of one service',
    actions: [
      [20, outage],
      [30, start('ledger-failover')],
    ],
    over: 51,
  },
  {
    what: 'two at once, of two instances',
    actions: [
      [20, outage],
      [24, start(OUTAGE, { id: 'stripe', target: 'stripe' })],
    ],
    over: 51,
  },
  {
    what: 'its root is killed',
    actions: [
      [20, outage],
      [35, down('payment')],
      [35 + 0.4 * SECOND, up('payment')],
    ],
    over: 51,
  },
  {
    what: 'its front door is killed in the onset, the root in the recovery',
    actions: [
      [20, outage],
      [25.5, down('api')],
      [25.5 + SECOND, up('api')],
      [48, down('payment')],
      [48 + SECOND, up('payment')],
    ],
    over: 51,
  },
  {
    what: 'its root is stopped until after its end',
    actions: [
      [20, outage],
      [35, down('payment')],
      [55, up('payment')],
    ],
    over: 55,
  },
  {
    what: 'a service is down that was stopped before',
    actions: [
      [15, down('payment')],
      [20, start('service-down')],
      [25, up('payment')],
    ],
    over: 30,
  },
  {
    what: 'a service that is down is back before its time',
    actions: [
      [20, start('service-down')],
      [25, stop('service-down')],
    ],
    over: 25,
  },
  {
    what: 'ratios set by hand during it',
    actions: [
      [20, outage],
      [35, set({ payment: 5, api: 0 })],
      [40, set({ api: 1 })],
    ],
    over: 51,
    known: [
      ['payment', 5, 35, 90],
      ['api', 0, 35, 40],
      ['api', 1, 40, 90],
    ],
  },
  {
    what: 'ratios set by hand before it',
    actions: [
      [10, set({ payment: 1 })],
      [20, outage],
    ],
    over: 51,
    known: [
      ['payment', 1, 10, 20],
      ['payment', 1, 51, 90],
    ],
  },
  { what: 'over a ratio of 0 of its root', base: { payment: 0 }, actions: [[20, outage]], over: 51 },
  {
    what: 'over a ratio of 10 of its root',
    base: { payment: 10 },
    actions: [[20, outage]],
    over: 51,
    known: [['payment', 10, 0, 90]],
  },
  {
    what: 'its root muted by hand',
    actions: [
      [20, outage],
      [30, set({ payment: 0 })],
    ],
    over: 51,
    known: [['payment', 0, 30, 90]],
  },
  { what: 'shorter than a page', actions: [[20, start(OUTAGE, { faultMs: 10_000, isAtOnce: true })]], over: 25 },
  {
    what: 'much shorter than a page',
    rate: 0.1,
    actions: [[20, start(OUTAGE, { faultMs: 10_000, isAtOnce: true })]],
    over: 25,
  },
  { what: 'at 0.1 lines per second', rate: 0.1, actions: [[20, start(OUTAGE, { faultMs: 600 * MINUTE })]], over: 650 },
  { what: 'at 100,000 lines per second', rate: 100_000, actions: [[20, outage]], over: 50 },
  ...[
    { phase: 'precursor', minute: 22, recovery: 0 },
    { phase: 'onset', minute: 25.5, recovery: 4 },
    { phase: 'plateau', minute: 36, recovery: 4 },
    { phase: 'recovery', minute: 47, recovery: 3 },
  ].flatMap(({ phase, minute, recovery }): Course[] => [
    {
      what: `stopped in its ${phase}`,
      actions: [
        [20, outage],
        [minute, stop(OUTAGE)],
      ],
      over: minute + recovery,
    },
    {
      what: `stopped at once in its ${phase}`,
      actions: [
        [20, outage],
        [minute, stop(OUTAGE, true)],
      ],
      over: minute,
    },
  ]),
];

/** What a fleet records, and what a process knows that is started at each of its changes. */
export function play({ actions, rate = 10, base = {} }: Course): { recorded: World; recent: readonly World[] } {
  let now = BEGIN;
  const ratios = Object.fromEntries(names.map((name) => [name, base[name] ?? 0.3]));
  const clocks = { wall: () => now, steady: () => now };
  const timeline = new Timeline({ seed: 1, rate, timeline: [{ at: BEGIN, ratios, down: [] }] }, clocks);
  const recent = [timeline.recent];
  for (const [minute, patch] of actions) {
    now = BEGIN + Math.round(minute * MINUTE);
    timeline.append([patch(now)], now);
    recent.push(timeline.recent);
  }
  return { recorded: timeline.world, recent };
}
