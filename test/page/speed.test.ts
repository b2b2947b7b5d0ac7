import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MOST_ROWS } from '../../supervisor/page/browser/state/reduce-tail.ts';
import { describeInBrowser, openPage, shows, startFleetWithPage } from './page.ts';

const MEASURED_MS = 60_000;

/** More would be lines that are kept without bound: a minute has 100 MB of them. In KB. */
const MOST_GROWTH_KB = 50_000;

/** Resident memory in KB. */
function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

describeInBrowser('a fleet of 10,000 lines a second', (browser) => {
  test('is shown as a sample, in frames, and not kept in memory', async () => {
    const { fleet, link } = await startFleetWithPage(['--rate', '10000', '--traffic', 'steady']);
    const page = await openPage(browser(), link);
    await shows(page.locator('#tail-note'), /Showing a sample: [\d,]+ lines skipped/);
    await measureFrames(5_000);
    const before = memoryOf(fleet.pid);
    const frames = await measureFrames(MEASURED_MS);
    const after = memoryOf(fleet.pid);

    const at = (share: number) => `${frames[Math.floor((frames.length - 1) * share)]?.toFixed(0)} ms`;
    console.log(`frames: half within ${at(0.5)}, 99 % within ${at(0.99)}, the longest ${at(1)}`);
    console.log(`supervisor: ${(before / 1024).toFixed(0)} MB before, ${(after / 1024).toFixed(0)} MB after`);
    expect(await page.locator('#tail .row').count()).toBeLessThanOrEqual(MOST_ROWS);
    expect(after - before).toBeLessThan(MOST_GROWTH_KB);
    expect(await page.locator('#total-rate').textContent()).toMatch(/^(9,|10,)\d{3}$/);

    /** Times between the frames of so many ms, ascending. */
    function measureFrames(ms: number): Promise<readonly number[]> {
      return page.evaluate<number[]>(`new Promise((resolve) => {
        const times = [];
        const begin = performance.now();
        let last = begin;
        const measure = (now) => {
          times.push(now - last);
          last = now;
          if (now - begin < ${ms}) requestAnimationFrame(measure);
          else resolve(times.sort((a, b) => a - b));
        };
        requestAnimationFrame(measure);
      })`);
    }
  });
});
