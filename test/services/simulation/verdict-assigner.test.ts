import { describe, expect, test } from 'vitest';
import type { Variant } from '../../../services/definition/definition.ts';
import { compileCatalog } from '../../../services/simulation/compile-catalog.ts';
import { userNumber } from '../../../services/simulation/customers.ts';
import { keyAt } from '../../../services/simulation/hash.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import { ServiceState } from '../../../services/simulation/state/service-state.ts';
import type { Spell } from '../../../services/simulation/state/spells.ts';
import { phaseOf } from '../../../services/simulation/state/spells.ts';
import { isBad, type LogRecord } from '../../../shared/record.ts';
import { NOON, steadyWorld } from '../worlds.ts';
import { smallService } from './small-service.ts';

const HOUR = 3_600_000;
const bad = (cause: string, text: string, more: Partial<Variant> = {}): Variant => {
  return { level: 'ERROR', cause, text, ...more };
};
const idle: Variant = { level: 'DEBUG', text: 'idle' };

const service = smallService({
  targets: { shard: ['s1', 's2', 's3'] },
  faults: {
    shard_down: { target: 'shard' },
    disk_full: {},
    quota_reached: {},
    card_expired: { of: 'user', share: 0.05, hours: 24 },
  },
  steps: {
    'pay.charge': {
      good: [{ level: 'INFO', text: '{shard} charged in {took} ms' }],
      bad: [
        bad('conflict', '{shard} in conflict after {took} ms', { weight: 4 }),
        bad('shard_down', '{shard} down after {took} ms', { fails: 503 }),
        bad('disk_full', 'no space on {shard} after {took} ms'),
        bad('card_expired', 'card expired, {shard}, {took} ms', { fails: 402 }),
        bad('no_answer', '{shard} timed out after {took} ms (limit {limit} ms)', { fails: 504 }),
      ],
    },
  },
  background: {
    perPage: 20,
    good: [idle],
    bad: [bad('conflict', 'conflict on {shard}'), bad('shard_down', '{shard} is down')],
    scheduled: {
      report: {
        everySeconds: 30,
        good: [
          { level: 'INFO', text: 'report' },
          { level: 'INFO', text: '{shard} is back', when: { event: 'shard_down.ended' } },
        ],
        bad: [
          bad('conflict', 'report delayed'),
          bad('shard_down', '{shard} was lost', { when: { event: 'shard_down.began' } }),
        ],
      },
    },
  },
});
const catalog = compileCatalog([service], {
  pay: { perPage: 200, actor: 'customer', stages: { charge: [10, 100] } },
});
const state = new ServiceState('small', catalog.services[0]?.state as never, 1);
const LIMIT = catalog.limits.drawFor(1)[0] as number;
/** Indexes among the lasting and the personal faults. */
const SHARD_DOWN = 0;
const CARD_EXPIRED = 0;
/** Of almost each customer, by id, one. */
const subjectOf: ReadonlyMap<unknown, number> = new Map(
  Array.from({ length: 150_000 }, (_, index) => keyAt(1, index)).map((subject) => [
    `u_${userNumber(subject)}`,
    subject,
  ]),
);

/** The lines of so many hours after noon. */
const linesOf = (ratio: number, hours: number, rate = 2): LogRecord[] =>
  new Simulation(catalog, steadyWorld(['small'], ratio, { rate })).linesBetween('small', NOON, NOON + hours * HOUR);

const causeOf = (line: LogRecord): unknown => line['error.type'];
/** When the journey of a line began, in ms since the epoch. */
const beginOf = (line: LogRecord): number => line.time - Number(line.step_ms ?? 0);
/** The instance that has the fault at the begin of the journey; undefined when it is not on. */
function faultyShard(line: LogRecord): string | undefined {
  const spell = state.spellAt(beginOf(line));
  return spell.fault === SHARD_DOWN ? state.faultyTarget(spell)?.name : undefined;
}

describe('with two bad lines in ten', () => {
  const lines = linesOf(2, 48);
  const charges = lines.filter(({ step_ms }) => step_ms !== undefined);

  test('a lasting fault is told only while it is on, and names the instance that has it', () => {
    const told = lines.filter((line) => causeOf(line) === 'shard_down' && !/was lost/.test(line.msg));
    expect(told.length).toBeGreaterThan(2_000);
    expect(told.filter((line) => line.shard !== faultyShard(line))).toEqual([]);
  });

  test('journeys that use the faulty instance fail, the others hardly do', () => {
    const during = charges.filter((line) => faultyShard(line) !== undefined && Number(line.step_ms) < LIMIT);
    const badShare = (all: readonly LogRecord[]) => all.filter(({ level }) => isBad(level)).length / all.length;
    const [using, others] = [true, false].map((is) =>
      during.filter((line) => (line.shard === faultyShard(line)) === is),
    );
    expect(badShare(using ?? [])).toBeGreaterThan(0.45);
    expect(badShare(others ?? [])).toBeLessThan(0.15);
  });

  test('whoever has a personal fault is told so every time, unless the step has timed out', () => {
    const known = charges.filter((line) => subjectOf.has(line['user.id']));
    expect(known.length / charges.length).toBeGreaterThan(0.99);
    const affected = known.filter((line) => {
      const subject = subjectOf.get(line['user.id']) as number;
      return state.isAffected(CARD_EXPIRED, { subject, goods: subject }, beginOf(line));
    });
    expect(affected.length / charges.length).toBeGreaterThan(0.02);
    const told = affected.filter((line) => Number(line.step_ms) < LIMIT);
    expect(told.filter((line) => causeOf(line) !== 'card_expired')).toEqual([]);
    expect(known.filter((line) => causeOf(line) === 'card_expired' && !affected.includes(line))).toEqual([]);
  });

  test('a step that takes as long as its timeout has timed out, and no other', () => {
    const long = charges.filter((line) => Number(line.step_ms) >= LIMIT);
    expect(long.length).toBeGreaterThan(10);
    expect(long.filter((line) => !['no_answer', 'card_expired'].includes(String(causeOf(line))))).toEqual([]);
    expect(charges.filter((line) => causeOf(line) === 'no_answer' && !long.includes(line))).toEqual([]);
  });
});

describe('a health check', () => {
  const probed = compileCatalog(
    [
      smallService({
        targets: { shard: ['s1', 's2', 's3'] },
        faults: { shard_down: { target: 'shard' }, disk_full: {} },
        steps: {
          'probe.ask': {
            good: [{ level: 'DEBUG', text: 'alive after {took} ms' }],
            bad: [bad('conflict', 'conflict after {took} ms'), bad('shard_down', '{shard} down after {took} ms')],
          },
        },
        background: {
          ...smallService().background,
          // One line in five is bad, and each of these could be it.
          scheduled: Object.fromEntries(
            ['a', 'b', 'c', 'd'].map((name) => [
              name,
              {
                everySeconds: 30,
                good: [idle],
                bad: [bad('conflict', 'conflict'), bad('shard_down', '{shard} is down')],
              },
            ]),
          ),
        },
      }),
    ],
    {
      probe: { everySeconds: 30, actor: 'system', http: { method: 'GET', path: '/healthz' }, stages: { ask: [1, 4] } },
    },
  );
  const small = new ServiceState('small', probed.services[0]?.state as never, 1);
  const lines = new Simulation(probed, steadyWorld(['small'], 2, { rate: 2 })).linesBetween(
    'small',
    NOON,
    NOON + 24 * HOUR,
  );

  test('finds a fault that it can tell, whichever instance has it, at the peak of that', () => {
    const asked = lines.filter(({ step_ms }) => step_ms !== undefined);
    const peak = asked.filter(({ time }) => {
      const spell = small.spellAt(time);
      return spell.fault === 0 && [0, 2_000].every((ms) => phaseOf(spell, time - ms) === 'peak');
    });
    expect(peak.length).toBeGreaterThan(300);
    const told = peak.filter(({ time, shard }) => shard === small.faultyTarget(small.spellAt(time))?.name);
    expect(told.length / peak.length).toBeGreaterThan(0.8);
  });
});

describe('over five days', () => {
  const spells: Spell[] = [];
  for (let at = NOON; at < NOON + 120 * HOUR; at = (spells.at(-1) as Spell).to) spells.push(state.spellAt(at));
  // The last two may end, or be noticed, after the interval.
  const own = spells.slice(1, -2).filter(({ fault }) => fault === SHARD_DOWN);

  test.each([
    ['end', 2, 'is back', 'to'],
    ['end', 5, 'is back', 'to'],
    ['begin', 2, 'was lost', 'from'],
    ['begin', 10, 'was lost', 'from'],
  ] as const)(
    'each %s of a fault is told once, soon, and by the right name, with ratio %d',
    (_, ratio, words, edge) => {
      const told = linesOf(ratio, 120, 0.5).filter(({ msg }) => msg.endsWith(words));
      for (const spell of own) {
        const soon = told.filter(({ time }) => time >= spell[edge] && time < spell[edge] + 3 * 60_000);
        expect(soon.map(({ shard }) => shard)).toEqual([state.faultyTarget(spell)?.name]);
      }
      expect(Math.abs(told.length - own.length)).toBeLessThanOrEqual(2);
    },
  );

  test('without bad lines none is told, and no good line takes as long as a timeout', () => {
    const lines = linesOf(0, 120);
    expect(lines.filter(({ msg }) => msg.endsWith('is back'))).toEqual([]);
    const charges = lines.filter(({ step_ms }) => step_ms !== undefined);
    expect(charges.filter(({ step_ms }) => Number(step_ms) >= LIMIT)).toEqual([]);
    expect(charges.filter(({ step_ms }) => Number(step_ms) >= 0.92 * LIMIT - 1).length).toBeGreaterThan(20);
  });
});
