import { describe, expect, test } from 'vitest';
import type { ServiceDefinition, Variant } from '../../../services/definition/definition.ts';
import type { CompiledStep } from '../../../services/simulation/catalog.ts';
import { Chooser } from '../../../services/simulation/choice.ts';
import { compileCatalog } from '../../../services/simulation/compile-catalog.ts';
import type { CompiledVariant } from '../../../services/simulation/compiled-variant.ts';
import { mix } from '../../../services/simulation/hash.ts';
import type { ChoiceContext } from '../../../services/simulation/render-context.ts';
import { ServiceState } from '../../../services/simulation/state/service-state.ts';
import { phaseOf } from '../../../services/simulation/state/spells.ts';
import { NOON } from '../worlds.ts';
import { Situations } from './situations.ts';
import { smallService } from './small-service.ts';

const bad = (cause: string, more: Partial<Variant> = {}): Variant => ({ level: 'ERROR', cause, text: cause, ...more });
const TIMEOUT = bad('no_answer', { text: 'no answer in {limit} ms', fails: 504 });
const BUDGET = bad('slow', { text: 'took more than {limit} ms' });
const CONFLICT = bad('conflict', { weight: 4 });

const causeOf = ({ chosen }: { readonly chosen: CompiledVariant }): string => chosen.variant.cause as string;
const share = <Item>(items: readonly Item[], is: (item: Item) => boolean): number =>
  items.filter(is).length / items.length;

test('variants without a condition are told by their weight', () => {
  const all = new Situations([bad('one'), bad('three', { weight: 3 })], { faults: {} }).told(20_000);
  expect(Math.abs(share(all, (it) => causeOf(it) === 'three') - 0.75)).toBeLessThan(0.02);
});

describe('a lasting fault', () => {
  const faults = { disk_full: {}, shard_down: { target: 'shard' }, quota: {} } as const;
  const causes = Object.keys(faults);
  const situations = new Situations([CONFLICT, ...causes.map((cause) => bad(cause))], {
    faults,
    targets: { shard: ['s1', 's2', 's3'] },
  });
  const { state } = situations;
  const isOn = ({ context: { at, targetKey, isOverall } }: { readonly context: ChoiceContext }): boolean =>
    isOverall || state.concerns(state.spellAt(at), targetKey);
  const all = situations.told(30_000);

  test('is told only while it is on, and with a target only by what uses the faulty instance', () => {
    for (const it of all.filter(({ chosen }) => chosen.lasting >= 0)) {
      expect(it.chosen.lasting).toBe(state.spellAt(it.context.at).fault);
      expect(isOn(it)).toBe(true);
    }
    expect(new Set(all.map(causeOf))).toEqual(new Set(['conflict', ...causes]));
  });

  test('is then told by most lines that could, and by no other', () => {
    expect(share(all.filter(isOn), (it) => causeOf(it) !== 'conflict')).toBeGreaterThan(0.85);
    expect(share(all.filter(isOn), (it) => causeOf(it) !== 'conflict')).toBeLessThan(1);
    const unconcerned = all.filter((it) => !isOn(it));
    expect(unconcerned.length).toBeGreaterThan(3_000);
    expect(new Set(unconcerned.map(causeOf))).toEqual(new Set(['conflict']));
  });

  test('is told by lines about the service as a whole whatever they use', () => {
    const own = situations.told(10_000, { isOverall: true });
    const told = own.filter((it) => causeOf(it) === 'shard_down');
    expect(told.length).toBeGreaterThan(1_000);
    expect(share(told, ({ context }) => state.concerns(state.spellAt(context.at), context.targetKey))).toBeLessThan(
      0.7,
    );
  });
});

test('a lasting fault is told in the phases that a variant names', () => {
  const situations = new Situations(
    [
      CONFLICT,
      bad('disk_full', { when: { phase: ['onset'] } }),
      bad('quota', { when: { phase: ['peak', 'recovery'] } }),
    ],
    { faults: { disk_full: {}, quota: {} } },
  );
  const { state } = situations;
  const phases = new Map<string, Set<string>>();
  for (const it of situations.told(20_000)) {
    const phase = phaseOf(state.spellAt(it.context.at), it.context.at);
    const cause = causeOf(it);
    phases.set(cause, (phases.get(cause) ?? new Set()).add(phase));
  }
  expect(phases.get('disk_full')).toEqual(new Set(['onset']));
  expect(phases.get('quota')).toEqual(new Set(['peak', 'recovery']));
});

describe('a personal fault', () => {
  const situations = new Situations([CONFLICT, bad('disk_full'), bad('card_expired'), bad('label_smudged')], {
    faults: {
      disk_full: {},
      card_expired: { of: 'user', share: 0.1, hours: 24 },
      label_smudged: { of: 'sku', share: 0.1, hours: 24 },
    },
  });
  const { state } = situations;

  test('is told of everyone of whom it is true, and of no one else', () => {
    const all = situations.told(20_000);
    const affected = ({ context }: { readonly context: ChoiceContext }) =>
      ['card_expired', 'label_smudged'].filter((_, index) => state.isAffected(index, context, context.at));
    for (const it of all) {
      const causes = affected(it);
      if (causes.length > 0) expect(causes).toContain(causeOf(it));
      else expect(['conflict', 'disk_full']).toContain(causeOf(it));
    }
    expect(Math.abs(share(all, (it) => affected(it).length > 0) - 0.19)).toBeLessThan(0.05);
  });
});

describe('a timeout', () => {
  const situations = new Situations([CONFLICT, TIMEOUT, bad('disk_full')], { faults: { disk_full: {} } });
  const [limit] = situations.limits as unknown as [number];

  test('is told always past its limit, and never before', () => {
    for (const durationMs of [10, 100, limit - 1])
      expect(share(situations.told(2_000, { durationMs }), (it) => causeOf(it) === 'no_answer')).toBe(0);
    for (const durationMs of [limit, limit + 7])
      expect(share(situations.told(2_000, { durationMs }), (it) => causeOf(it) === 'no_answer')).toBe(1);
  });

  test('is known to the verdicts, and its limit to the text', () => {
    const { chooser, step } = situations;
    expect([limit - 1, limit].map((durationMs) => chooser.isTimedOut(step, durationMs))).toEqual([false, true]);
    expect(step.bad.variants.map((variant) => chooser.limitMs(variant))).toEqual([0, limit, 0]);
  });

  test('is never the time of a line that tells something else, which has just missed it', () => {
    const { chooser, step } = situations;
    const toldMs = (durationMs: number, index: number): number =>
      chooser.toldMs(step, situations.context(index, { durationMs }));
    for (let index = 0; index < 1_000; index++) {
      expect(toldMs(limit - 1, index)).toBe(limit - 1);
      for (const durationMs of [limit, limit + 7]) {
        expect(toldMs(durationMs, index)).toBeLessThan(limit);
        expect(toldMs(durationMs, index)).toBeGreaterThan(0.9 * limit);
      }
    }
  });

  test('that is a symptom of a lasting fault is told always past its limit while that is on, and never otherwise', () => {
    const { state, told } = symptomOf({ no_answer: {}, disk_full: {} });
    const [past, usual] = [told(3_000, limit), told(3_000, 20)];
    for (const it of past)
      expect(causeOf(it) === 'no_answer', causeOf(it)).toBe(state.spellAt(it.context.at).fault === 0);
    expect(usual.filter((it) => causeOf(it) === 'no_answer')).toEqual([]);
  });

  test('of a service without `faults` is told always past its limit, and never before', () => {
    const { told } = symptomOf(undefined);
    expect(share(told(3_000, limit), (it) => causeOf(it) === 'no_answer')).toBe(1);
    expect(share(told(3_000, limit - 1), (it) => causeOf(it) === 'no_answer')).toBe(0);
  });

  function symptomOf(faults: ServiceDefinition['faults']) {
    const service = new Situations([CONFLICT, TIMEOUT, bad('disk_full')], faults ? { faults } : {});
    const told = (count: number, durationMs: number) => service.told(count, { durationMs });
    return { state: service.state, told };
  }
});

describe('a budget', () => {
  const situations = new Situations([CONFLICT, BUDGET], { faults: {} });
  const [budget] = situations.limits as unknown as [number];

  test('is told mostly where it is exceeded, and never elsewhere', () => {
    const isSlow = (it: { readonly chosen: CompiledVariant }): boolean => causeOf(it) === 'slow';
    expect(share(situations.told(2_000, { durationMs: budget - 1 }), isSlow)).toBe(0);
    expect(Math.abs(share(situations.told(2_000, { durationMs: budget }), isSlow) - 0.98)).toBeLessThan(0.02);
    expect(situations.chooser.isTimedOut(situations.step, 60_000)).toBe(false);
  });
});

describe('a condition on a gauge', () => {
  const situations = new Situations(
    [CONFLICT, bad('crowded', { when: { least: { used: 60 } } }), bad('lonely', { when: { most: { used: 30 } } })],
    { faults: {}, gauges: { used: { usual: [0, 100] } } },
  );

  test('holds of every line that is told under it', () => {
    const all = situations.told(10_000);
    const readings = (cause: string) =>
      all.filter((it) => causeOf(it) === cause).map(({ context }) => situations.state.gauge(0, context.at));
    expect(Math.min(...readings('crowded'))).toBe(60);
    expect(Math.max(...readings('lonely'))).toBe(30);
    expect(Math.min(...readings('conflict'))).toBeLessThan(30);
    expect(Math.max(...readings('conflict'))).toBeGreaterThan(60);
  });
});

test('a condition on what is read again holds or does not hold by that alone', () => {
  const conditions = [bad('missed', { when: { again: false }, weight: 9 }), bad('hit', { when: { again: true } })];
  const situations = new Situations([CONFLICT, ...conditions], { faults: {} });
  const causesOf = (isAgain: boolean) => new Set(situations.told(500, { isAgain }).map(causeOf));
  expect(causesOf(true)).toEqual(new Set(['conflict', 'hit']));
  expect(causesOf(false)).toEqual(new Set(['conflict', 'missed']));
});

describe('without `faults`', () => {
  const causes = ['one', 'two', 'three', 'four'];
  const situations = new Situations(
    causes.map((cause) => bad(cause)),
    {},
  );
  const all = situations.told(20_000);
  // After the causes of the step comes that of the background.
  const isOn = (it: (typeof all)[number]): boolean =>
    it.chosen.lasting === situations.state.spellAt(it.context.at).fault;

  test('every cause lasts: while it is on most lines tell it', () => {
    const during = all.filter(({ context }) => situations.state.spellAt(context.at).fault < causes.length);
    expect(share(during, isOn)).toBeGreaterThan(0.85);
    expect(share(during, isOn)).toBeLessThan(1);
  });

  test('every cause is also told at other times', () => {
    for (const cause of causes)
      expect(all.filter((it) => causeOf(it) === cause && !isOn(it)).length, cause).toBeGreaterThan(100);
  });
});

describe('an event', () => {
  const line: Variant = { level: 'INFO', text: 'recovered', when: { event: 'disk_full.ended' } };
  const catalog = compileCatalog(
    [
      smallService({
        faults: { disk_full: {}, quota: {}, shard_down: {} },
        background: {
          ...smallService().background,
          scheduled: {
            report: { everySeconds: 30, good: [{ level: 'DEBUG', text: 'nothing new' }, line], bad: [CONFLICT] },
          },
        },
      }),
    ],
    {},
  );
  const step = catalog.journeys.find(({ name }) => name === 'report of small')?.steps[0] as CompiledStep;
  const state = new ServiceState('small', catalog.services[0]?.state as never, 1);
  const nothing = { faults: [], deploys: [], isCalm: true };
  const calm = new ServiceState('small', catalog.services[0]?.state as never, 1, nothing);
  const chooser = new Chooser(new Int32Array());

  test('is told by the first line after it, whatever else that could tell', () => {
    const anywhere = new Situations([CONFLICT], {}).context(0);
    const told: number[] = [];
    const expected: number[] = [];
    for (let at = NOON; at < NOON + 20_000 * 30_000; at += 30_000) {
      const context = { ...anywhere, state, at, stepKey: mix(at), periodMs: 30_000 };
      const chosen = chooser.choose(step.good, context);
      if (chosen?.variant.text === 'recovered') told.push(at);
      const { from } = state.spellAt(at);
      if (from > at - 30_000 && state.spellAt(from - 1).fault === 0) expected.push(at);
    }
    expect(told).toEqual(expected);
    expect(told.length).toBeGreaterThan(50);
    expect(step.goodEvents.map(({ variant }) => variant)).toEqual([line]);
  });

  test('of a fault is not told where no line is bad', () => {
    const anywhere = new Situations([CONFLICT], {}).context(0);
    for (let at = NOON; at < NOON + 5_000 * 30_000; at += 30_000)
      expect(chooser.choose(step.good, { ...anywhere, state: calm, at, periodMs: 30_000 })?.variant.text).toBe(
        'nothing new',
      );
  });
});
