import { afterEach, describe, expect, test, vi } from 'vitest';
import { SharedWorld } from '../../../supervisor/world/shared-world.ts';
import { PHASES_AT, paymentIncident } from '../../tools/incident.ts';

function setUp() {
  const committed: number[] = [];
  const first = { at: Date.now() - 1_000, ratios: { api: 2, auth: 2 }, down: [] };
  const world = new SharedWorld(
    { seed: 1, rate: 10, timeline: [first] },
    { prepare: async () => [], commit: ({ version }) => committed.push(version) },
  );
  return { world, committed };
}

test('changes of ratios that share an entry each report what they changed', async () => {
  const { world, committed } = setUp();
  const [api, auth] = await Promise.all([world.changeRatios({ api: 5 }), world.changeRatios({ auth: 0 })]);
  expect(api).toMatchObject({ version: 2, before: { api: 2, auth: 2 }, after: { api: 5, auth: 2 } });
  expect(auth).toMatchObject({ version: 2, before: { api: 5, auth: 2 }, after: { api: 5, auth: 0 } });
  expect(world.latest.ratios).toEqual({ api: 5, auth: 0 });
  expect(committed).toEqual([2]);
});

test('a service that is down already is not marked again', async () => {
  const { world, committed } = setUp();
  expect(await world.markDown('api')).toBe(2);
  expect(await world.markDown('api')).toBe(2);
  await world.markUp('api');
  expect(world.recorded.timeline.map(({ down }) => down)).toEqual([[], ['api'], []]);
  expect(committed).toEqual([2, 3]);
});

test('gaps are part of the recorded world only', () => {
  const { world } = setUp();
  world.gaps.open('api', 100, 1);
  expect(world.recorded.gaps).toHaveLength(1);
  expect(world.recent.gaps).toBeUndefined();
});

describe('incidents', () => {
  const SECOND = 1_000;

  afterEach(() => {
    vi.useRealTimers();
  });

  /** A world at an instant that the test moves. */
  function setUpInVirtualTime() {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const { world } = setUp();
    const pass = (seconds: number) => vi.advanceTimersByTime(seconds * SECOND);
    const start = (id: string) => world.startIncident((at) => paymentIncident(at, id));
    const idsByEntry = () => world.recorded.timeline.map(({ incidents = [] }) => incidents.map(({ id }) => id).join());
    return { world, pass, start, idsByEntry };
  }

  test('begin with the entry that has them, and stay in the entries after it', async () => {
    const { world, pass, start, idsByEntry } = setUpInVirtualTime();
    pass(5);
    const { at } = await start('a');
    expect(world.latest.incidents).toEqual([paymentIncident(at, 'a')]);
    await start('b');
    await world.markDown('api');
    expect(idsByEntry()).toEqual(['', 'a', 'a,b', 'a,b']);
  });

  test('that are submitted at the same time share an entry', async () => {
    const { start, idsByEntry } = setUpInVirtualTime();
    const [a, b] = await Promise.all([start('a'), start('b')]);
    expect(a).toEqual(b);
    expect(idsByEntry()).toEqual(['', 'a,b']);
  });

  test('move the ratio in effect, and give it back', async () => {
    const { world, pass, start } = setUpInVirtualTime();
    await world.changeRatios({ payment: 2 });
    await start('a');
    const inEffect = (seconds: number) => {
      pass(seconds);
      return world.ratiosInEffect(world.latest).payment;
    };
    expect(inEffect(1)).toBe(2);
    expect(inEffect(PHASES_AT.plateau)).toBe(6);
    expect(world.latest.ratios.payment).toBe(2);
    expect(inEffect(PHASES_AT.over)).toBe(2);
  });

  test('recover from when they are stopped, or are gone', async () => {
    const { world, pass, start } = setUpInVirtualTime();
    await start('a');
    await start('b');
    pass(PHASES_AT.plateau);
    const { at } = await world.stopIncident('a', false);
    await world.stopIncident('b', true);
    const [a, b] = world.latest.incidents ?? [];
    expect(a?.phases.at(-1)).toEqual({ name: 'recovery', from: at, to: at + 100 * SECOND });
    expect(b?.to).toBe(at + 1);
  });

  test('leave a ratio alone that is set by hand, until they are over', async () => {
    const { world, pass, start } = setUpInVirtualTime();
    await world.changeRatios({ payment: 1, api: 1 });
    expect(world.latest.ratiosSetAt).toBeUndefined();
    await start('a');
    pass(PHASES_AT.plateau);
    const { at } = await world.changeRatios({ payment: 9 });
    expect(world.latest.ratiosSetAt).toEqual({ payment: at });
    pass(1);
    expect([world.ratiosInEffect(world.latest).payment, world.ratiosInEffect(world.latest).api]).toEqual([9, 1.9]);
    pass(PHASES_AT.over);
    expect([world.ratiosInEffect(world.latest).payment, world.ratiosInEffect(world.latest).api]).toEqual([9, 1]);
    await start('b');
    pass(PHASES_AT.plateau);
    expect(world.ratiosInEffect(world.latest).payment).toBe(9.5);
  });

  test('that are over are left out of entries after an hour, with all that they needed', async () => {
    const { world, pass, start, idsByEntry } = setUpInVirtualTime();
    await start('a');
    await world.changeRatios({ api: 9 });
    pass(PHASES_AT.over + 3_599);
    await world.markDown('auth');
    pass(2);
    await world.markUp('auth');
    expect(idsByEntry()).toEqual(['', 'a', 'a', 'a', '']);
    expect(world.latest).toEqual({ at: expect.any(Number), ratios: { api: 9, auth: 2 }, down: [] });
  });

  test('moves of ratios are told once each', async () => {
    const { world, pass, start } = setUpInVirtualTime();
    const moves = () => world.takeRatioMoves().map(({ service }) => service);
    expect(moves()).toEqual([]);
    await start('a');
    expect(moves()).toEqual(['payment', 'api']);
    expect(moves()).toEqual([]);
    pass(PHASES_AT.onset + 1);
    expect(moves()).toEqual(['payment', 'api']);
    await world.changeRatios({ api: 3 });
    pass(PHASES_AT.over);
    expect(moves()).toEqual(['payment', 'payment', 'payment']);
  });
});
