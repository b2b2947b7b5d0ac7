import { expect, test } from 'vitest';
import { Timeline } from '../../../supervisor/world/timeline.ts';
import { WorldChanges } from '../../../supervisor/world/world-changes.ts';

const T0 = 1_000_000_000_000;

function setUp() {
  const timeline = new Timeline(
    { seed: 1, rate: 10, timeline: [{ at: T0, ratios: {}, down: [] }] },
    { wall: () => T0 + 100, steady: () => 0 },
  );
  const calls: string[] = [];
  const prepared: ((writtenUntil: readonly number[]) => void)[] = [];
  const changes = new WorldChanges(timeline, {
    prepare: (version) => {
      calls.push(`prepare ${version}`);
      return new Promise((resolve) => {
        prepared.push(resolve);
      });
    },
    commit: ({ version, at }) => calls.push(`commit ${version} at ${at - T0}: ${timeline.latest.down}`),
  });
  const down = (name: string) => changes.submit((latest) => ({ down: [...latest.down, name] }));
  return { changes, down, calls, prepared };
}

test('a change is dated after the last line of any process', async () => {
  const { down, calls, prepared } = setUp();
  const changed = down('api');
  prepared[0]?.([T0 + 90, T0 + 140, T0 + 120]);
  expect(await changed).toEqual({ version: 2, at: T0 + 140, clockSetBackMs: 0 });
  expect(calls).toEqual(['prepare 2', 'commit 2 at 140: api']);
});

test('changes that are submitted during a prepare share one entry', async () => {
  const { down, calls, prepared, changes } = setUp();
  const changed = Promise.all([down('api'), down('auth'), down('payment')]);
  expect(changes.isBusy).toBe(true);
  prepared[0]?.([]);
  expect(new Set((await changed).map(({ version }) => version))).toEqual(new Set([2]));
  expect(calls).toEqual(['prepare 2', 'commit 2 at 100: api,auth,payment']);
});

test('a change that is submitted after a commit is the next entry', async () => {
  const { down, calls, prepared } = setUp();
  const first = down('api');
  prepared[0]?.([]);
  await first;
  const second = down('auth');
  await Promise.resolve();
  prepared[1]?.([]);
  await second;
  expect(calls).toEqual(['prepare 2', 'commit 2 at 100: api', 'prepare 3', 'commit 3 at 101: api,auth']);
});
