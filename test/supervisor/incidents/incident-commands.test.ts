import { describe, expect, onTestFinished, test } from 'vitest';
import { Fleet } from '../../../supervisor/fleet.ts';
import { IncidentCommands } from '../../../supervisor/incidents/incident-commands.ts';
import { Log } from '../../../supervisor/log/log.ts';
import { CollectingSink } from '../../tools/collecting-sink.ts';
import { runFixtures, steady } from '../../tools/fleet-of-fixtures.ts';
import { RecordingCatalogue } from '../../tools/incident-catalogue.ts';

/** A fleet without services. */
function setUp({ isBlind = false } = {}) {
  const sink = new CollectingSink();
  const log = new Log([sink], isBlind);
  const ratios = { api: 2, payment: 2 };
  const fleet = new Fleet({ services: [], ratios, rate: 10, seed: 1 }, log, async () => {});
  const catalogue = new RecordingCatalogue();
  return { fleet, sink, catalogue, incidents: new IncidentCommands(fleet, log, catalogue) };
}

const type = 'payment-down';

test('the types are those of the catalogue', async () => {
  expect(await setUp().incidents.types()).toEqual([{ name: type }]);
});

test('an incident is ordered with its id and what was asked for', async () => {
  const { incidents, catalogue } = setUp();
  await incidents.start({ type, for: 60_000, atOnce: true });
  expect(catalogue.orders).toEqual([{ type, for: 60_000, atOnce: true, id: 'payment-down-1', startedBy: 'operator' }]);
});

describe('what cannot be done changes nothing', () => {
  test.each([
    { what: 'an id in use', id: 'payment-down-1', code: 'conflict' },
    { what: 'an unknown type', type: 'x', code: 'unknown-incident-type' },
  ])('a start: $what', async ({ code, what: _, ...request }) => {
    const { incidents, fleet, sink } = setUp();
    await incidents.start({ type });
    const { text } = sink;
    await expect(incidents.start({ type, ...request })).rejects.toMatchObject({ code });
    expect(fleet.world.timeline).toHaveLength(2);
    expect(sink.text).toBe(text);
  });

  test('of two starts with one id the second', async () => {
    const { incidents, fleet } = setUp();
    const results = await Promise.allSettled([incidents.start({ type, id: 'a' }), incidents.start({ type, id: 'a' })]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(fleet.sharedWorld.latest.incidents).toHaveLength(1);
  });

  test('the number of a start that failed is not lost', async () => {
    const { incidents } = setUp();
    await expect(incidents.start({ type: 'x' })).rejects.toThrow();
    await expect(incidents.start({ type: 'x', id: 'mine' })).rejects.toThrow();
    expect(await incidents.start({ type, id: 'mine' })).toMatchObject({ id: 'mine' });
  });

  test('more than fifty at once', async () => {
    const { incidents } = setUp();
    const starts = Array.from({ length: 60 }, () => incidents.start({ type }));
    const refused = (await Promise.allSettled(starts)).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(10);
    await expect(incidents.start({ type })).rejects.toMatchObject({
      code: 'conflict',
      message:
        'payment-down: 50 started incidents are going on or were within the last hour, which is the most; ' +
        'start it later',
    });
  });

  test('and those that a scenario has planned are not counted', async () => {
    const { incidents, fleet, catalogue } = setUp();
    const plan = await catalogue.plan({ type, id: 'planned', startedBy: 'scenario' });
    const planned = Array.from({ length: 50 }, (_, round) => ({ ...plan(Date.now()), id: `planned-${round}` }));
    await fleet.sharedWorld.plan({ incidents: planned, surges: [] });
    expect(await incidents.start({ type })).toMatchObject({ id: 'payment-down-1' });
  });

  test.each([false, true])('a stop of an unknown incident, at once: %s', async (isAtOnce) => {
    const { incidents } = setUp();
    const message = (rest: string) =>
      expect.objectContaining({ code: 'unknown-incident', message: `a: no such ${rest}` });
    await expect(incidents.stop('a', isAtOnce)).rejects.toEqual(message('incident; this fleet has none'));
    await incidents.start({ type, id: 'b' });
    await expect(incidents.stop('a', isAtOnce)).rejects.toEqual(message('incident; this fleet has b'));
  });
});

/** The incident of the catalogue, moved so that it is in its plateau. */
async function inPlateau(setup: ReturnType<typeof setUp>) {
  const { catalogue, incidents } = setup;
  const plan = await catalogue.plan({ type, id: 'a', startedBy: 'operator' });
  catalogue.plan = async () => (at: number) => plan(at - 200_000);
  await incidents.start({ type, id: 'a' });
}

describe('a stop', () => {
  test('in its plateau: it recovers, and then only a stop at once is possible', async () => {
    const setup = setUp();
    await inPlateau(setup);
    const { incidents } = setup;
    expect(await incidents.stop('a', false)).toMatchObject({ state: 'recovery' });
    await expect(incidents.stop('a', false)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(
        /^a: recovers already, until 2\S+Z; to end it now: npm run incident -- stop a --at-/,
      ),
    });
    expect(await incidents.stop('a', true)).toMatchObject({ state: 'over' });
    await expect(incidents.stop('a', true)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^a: is over since 2\S+Z$/),
    });
  });

  test('at once in its plateau: it is over, and listed as such', async () => {
    const setup = setUp();
    await inPlateau(setup);
    expect(await setup.incidents.stop('a', true)).toMatchObject({ state: 'over', nextChangeAt: null });
    expect(setup.incidents.statuses()).toMatchObject([{ id: 'a', state: 'over' }]);
    await expect.poll(() => setup.fleet.ratiosInEffect).toEqual({ api: 2, payment: 2 });
  });
});

test('the ratios in effect are those that the incident makes', async () => {
  const setup = setUp();
  await inPlateau(setup);
  await expect.poll(() => setup.fleet.ratiosInEffect).toEqual({ api: 2.8, payment: 6 });
  expect(setup.fleet.ratios).toEqual({ api: 2, payment: 2 });
});

describe.each([
  { isBlind: false, events: ['Incident a starts (payment-down)', 'Incident a is stopped at once (payment-down)'] },
  { isBlind: true, events: [] },
])('in a log that is blind: $isBlind', ({ isBlind, events }) => {
  test('a start and a stop are told accordingly', async () => {
    const { incidents, sink } = setUp({ isBlind });
    await incidents.start({ type, id: 'a' });
    await incidents.stop('a', true);
    expect(sink.lines.map((line) => line.slice(line.indexOf(']: ') + 3))).toEqual(events);
  });
});

test('a running service counts its bad lines anew, and shows the ratio in effect', async () => {
  const { fleet, sink, status } = await runFixtures({ onTestFinished }, ...steady);
  await sink.line('[ApiService]: ratio=2');
  const catalogue = new RecordingCatalogue();
  const incidents = new IncidentCommands(fleet, new Log([sink]), catalogue);
  const plan = await catalogue.plan({ type, id: 'a', startedBy: 'operator' });
  catalogue.plan = async () => (at: number) => plan(at - 200_000);
  await incidents.start({ type, id: 'a' });
  await incidents.stop('a', true);
  const { lines, linesSinceChange, ratio } = status('api');
  expect(ratio).toBe(2);
  expect(linesSinceChange).toBeLessThan(lines);
  await expect.poll(() => status('auth').linesSinceChange).toBe(status('auth').lines);
});
