/** Changes of the machine's clock while a fleet runs. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { updateRatios } from '../../shared/index.ts';
import { startFleetIn } from '../e2e/fleet.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { FleetClock } from '../tools/fleet-clock.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

vi.setConfig({ testTimeout: 180_000 });

describe.each([2_000, 3_600_000, 86_400_000])('a clock that is set back by %i ms', (ms) => {
  test('duplicates no line and is reported before time stamps go back; the recorded world reproduces the run', async () => {
    const directory = temporaryDirectory();
    const clock = new FleetClock(join(directory, 'clock'));
    for (const [name, value] of Object.entries(clock.environment)) vi.stubEnv(name, value);
    const fleet = await startFleetIn(directory, '--rate', '500').finally(() => vi.unstubAllEnvs());
    await fleet.showsLines(1_000);
    await updateRatios({ payment: 9 }, { logFile: fleet.logFile });
    await fleet.showsLines(200);
    clock.setBack(ms);
    await fleet.shows(/\[WARNING\] \[Supervisor\]: Clock was set back by [\d.]+ s: time stamps go back with it/);
    await fleet.showsLines(1_000);
    // A service that is killed now must continue where it was, too.
    process.kill((await fleet.service('auth')).pid as number, 'SIGKILL');
    await fleet.showsServicesUp(6);
    await updateRatios({ payment: 0 }, { logFile: fleet.logFile });
    await fleet.showsLines(500);
    const world = await fleet.world();
    await fleet.stop();

    const times = world.timeline.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(world.timeline.map(({ ratios }) => ratios.payment)).toEqual(expect.arrayContaining([2, 9, 0]));
    expect(await expectExactlyOnce({ world, files: fleet.files })).toBeGreaterThan(2_000);

    const text = readFileSync(fleet.logFile, 'utf8');
    const lines = linesOf(text);
    const requests = lines.filter((line) => line.includes(' request_id='));
    expect(new Set(requests).size).toBe(requests.length);
    // The time stamps of each service go back once, after the event.
    const firstAfterEvent = lines.length - linesOf(text.split(/^.*Clock was set back.*\n/m)[1] as string).length;
    for (const service of ['Api', 'Auth', 'Inventory', 'Notification', 'Payment']) {
      const indexes = [...lines.keys()].filter((index) => lines[index]?.includes(`[${service}Service]`));
      const stamps = indexes.map((index) => lines[index]?.slice(0, 24) as string);
      const back = stamps.flatMap((stamp, at) => (at > 0 && stamp < (stamps[at - 1] as string) ? [indexes[at]] : []));
      expect(back).toEqual([expect.toSatisfy((index: number) => index >= firstAfterEvent)]);
    }
    expect(world.timeline.at(-1)?.clockOffsetMs).toBeLessThan(1_500 - ms);
  });
});

function linesOf(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => !line.includes('[Supervisor]'));
}
