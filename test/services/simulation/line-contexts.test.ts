import { expect, test } from 'vitest';
import { clockCasts } from '../../../services/simulation/casts.ts';
import type { CompiledJourney } from '../../../services/simulation/catalog.ts';
import { Chooser } from '../../../services/simulation/choice.ts';
import { LineContexts } from '../../../services/simulation/line-contexts.ts';
import { Pages } from '../../../services/simulation/page.ts';
import { pageTemplateOf, type Slot } from '../../../services/simulation/page-template.ts';
import { Reads } from '../../../services/simulation/reads.ts';
import { Subjects } from '../../../services/simulation/subjects.ts';
import { warpFor } from '../../../services/simulation/traffic/world-warp.ts';
import { NOON } from '../worlds.ts';
import { builtIn, statesOf, trafficPages } from './traffic-pages.ts';

const limits = builtIn.limits.drawFor(1);
const states = statesOf(1);
const contextsOf = (pages: Pages, clockFactor: number): LineContexts =>
  contextsWith(new Subjects(pages, 1), pages, clockFactor);
const contextsWith = (subjects: Subjects, pages: Pages, clockFactor: number): LineContexts =>
  new LineContexts(subjects, new Reads(pages, subjects), new Chooser(limits), clockFactor);

test.each([0.1, 1, 10])('at %d lines a second the periods of a schedule follow one another without a gap', (rate) => {
  const { casts, slowdown } = clockCasts(builtIn, 1, rate);
  for (const { lengthMs, members } of casts) {
    const template = pageTemplateOf(builtIn, members);
    const pages = new Pages({
      name: 'jobs',
      template,
      lengthMs,
      warp: warpFor('steady', 1),
      seed: 1,
      statesAt: () => states,
      limits,
    });
    const contexts = contextsOf(pages, slowdown);
    const now = pages.pageAt(NOON);
    const lastOf = new Map<string, number>();
    for (const page of [pages.page(now), pages.page(now + 1)]) {
      for (const slot of template.slots.filter(({ step }) => step.isOwnLine)) {
        const { at, periodMs } = contexts.of(page, slot, states);
        const name = template.journeys[slot.journey]?.name as string;
        expect(at - periodMs, name).toBe(lastOf.get(name) ?? at - periodMs);
        expect((page.starts[slot.journey] as number) - at).toBeGreaterThanOrEqual(0);
        expect((page.starts[slot.journey] as number) - at).toBeLessThanOrEqual(5000);
        lastOf.set(name, at);
      }
    }
    expect(lastOf.size).toBeGreaterThan(5);
  }
});

test('all lines of a journey see its begin, its customer and its goods, and no line but a scheduled one has a period', () => {
  const pages = trafficPages(10);
  const contexts = contextsOf(pages, 1);
  const page = pages.page(pages.pageAt(NOON));
  for (const slot of pages.template.slots) {
    const { at, subject, session, basket, order, periodMs, isOwnLine, durationMs, state } = contexts.of(
      page,
      slot,
      states,
    );
    const first = pages.template.slots.find(({ journey }) => journey === slot.journey) as Slot;
    const other = contexts.of(page, first, states);
    expect(at).toBe(page.starts[slot.journey]);
    expect([subject, session, basket, order]).toEqual([other.subject, other.session, other.basket, other.order]);
    expect(periodMs).toBe(0);
    const { stages } = (pages.template.journeys[slot.journey] as CompiledJourney).journey;
    expect(isOwnLine).toBe(Object.keys(stages).length === 0);
    expect(durationMs).toBe(page.durations[slot.stage]);
    expect(state).toBe(states[slot.step.service]);
  }
});

test('a variant is chosen once, good or bad, whatever was asked before', () => {
  const pages = trafficPages(10);
  const contexts = contextsOf(pages, 1);
  const page = pages.page(pages.pageAt(NOON));
  const [one, other] = [page, pages.page(page.index)].map((same, reversed) => {
    const slots = reversed ? [...pages.template.slots].reverse() : pages.template.slots;
    const chosen = slots.map((slot) => [true, false].map((isBad) => contexts.variantOf(same, slot, isBad, states)));
    return reversed ? chosen.reverse() : chosen;
  });
  expect(one).toEqual(other);
  for (const [bad, good] of one ?? []) {
    expect(bad?.severity).toBeGreaterThanOrEqual(2);
    expect(good?.severity).toBeLessThan(2);
  }
});
