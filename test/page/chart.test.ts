import { expect, test } from 'vitest';
import { describeInBrowser, openPage, shows, startFleetWithPage } from './page.ts';

describeInBrowser('the chart on the page', (browser) => {
  test('opens with what was before, zooms by dragging and tells what was done', async () => {
    const { fleet, link } = await startFleetWithPage(['--rate', '200', '--traffic', 'steady']);
    await fleet.command('ratios', '--auth', '9');
    const page = await openPage(browser(), link);
    const chart = page.locator('#chart');
    const values = page.locator('#chart-values');
    const plot = page.locator('#chart .u-over');
    await shows(values, /good 1\d\d warning|good 1\d\d/);

    // What was done before the page was opened is a mark near the right end: the chart begins two minutes ago.
    const box = (await plot.boundingBox()) as { x: number; y: number; width: number; height: number };
    const y = box.y + box.height / 2;
    const tip = page.locator('.chart-tip');
    let x = box.x + box.width;
    await expect
      .poll(
        async () => {
          x -= 3;
          await page.mouse.move(x, y);
          return tip.textContent();
        },
        { interval: 1 },
      )
      .toContain('auth 2 -> 9');
    await shows(values, / UTC.*good/);

    const whole = page.getByRole('button', { name: 'Whole time' });
    expect(await whole.isVisible()).toBe(false);
    await page.mouse.move(box.x + box.width * 0.3, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, y, { steps: 5 });
    await page.mouse.up();
    await whole.click();
    await expect.poll(() => whole.isVisible()).toBe(false);

    await page.mouse.move(0, 0);
    await page.getByLabel('Service in the chart').selectOption('auth');
    await shows(values, /(8|9)\d\.\d % bad/);
    await page.getByLabel('Style of the chart').selectOption('lines');
    await page.getByLabel('Time in the chart').selectOption('2');
    await expect.poll(() => chart.getAttribute('aria-label')).toMatch(/^Lines a second, now: good/);
    expect(await chart.locator('canvas').count()).toBe(1);
  });
});
