import { expect, test } from 'vitest';
import { Timeline } from '../../../supervisor/world/timeline.ts';
import { WorldChanges } from '../../../supervisor/world/world-changes.ts';

const T0 = 1_000_000_000_000;

function setUp() {
  const timeline = new Timeline(
    { seed: 1, rate: 10, timeline: [{ at: T0, ratios: {}, down: [] }] },
    { wall: () => T0 + 100, steady: () => 0 },
  );
  const seen: string[] = [];
  const held: ((written: readonly number[]) => void)[] = [];
  const changes = new WorldChanges(timeline, {
    prepare: (version) => {
      seen.push(`hold ${version}`);
      return new Promise((resolve) => {
        held.push(resolve);
      });
    },
    commit: ({ version, at }) => seen.push(`tell ${version} from ${at - T0}: ${timeline.latest.down}`),
  });
  const down = (name: string) => changes.submit((latest) => ({ down: [...latest.down, name] }));
  return { changes, down, seen, held };
}

test('a change is dated after the last line that any process has written', async () => {
  const { down, seen, held } = setUp();
  const made = down('api');
  held[0]?.([T0 + 90, T0 + 140, T0 + 120]);
  expect(await made).toEqual({ version: 2, at: T0 + 140, clockSetBackMs: 0 });
  expect(seen).toEqual(['hold 2', 'tell 2 from 140: api']);
});

test('what is asked for while processes stop short becomes one moment', async () => {
  const { down, seen, held, changes } = setUp();
  const made = Promise.all([down('api'), down('auth'), down('payment')]);
  expect(changes.isBusy).toBe(true);
  held[0]?.([]);
  expect(new Set((await made).map(({ version }) => version))).toEqual(new Set([2]));
  expect(seen).toEqual(['hold 2', 'tell 2 from 100: api,auth,payment']);
});

test('what is asked for once a change was told becomes the next', async () => {
  const { down, seen, held } = setUp();
  const first = down('api');
  held[0]?.([]);
  await first;
  const second = down('auth');
  await Promise.resolve();
  held[1]?.([]);
  await second;
  expect(seen).toEqual(['hold 2', 'tell 2 from 100: api', 'hold 3', 'tell 3 from 101: api,auth']);
});
