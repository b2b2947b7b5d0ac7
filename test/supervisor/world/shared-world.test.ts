import { expect, test } from 'vitest';
import { SharedWorld } from '../../../supervisor/world/shared-world.ts';

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
