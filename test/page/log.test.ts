import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeInBrowser, openPage, shows, startFleetWithPage } from './page.ts';

const HOSTILE = fileURLToPath(new URL('../fixtures/services/prints-markup.js', import.meta.url));

describeInBrowser('the log on the page', (browser) => {
  test('shows the lines of the file, and those that a filter wants', async () => {
    const { fleet, link } = await startFleetWithPage(['--rate', '50']);
    const page = await openPage(browser(), link);
    const rows = page.locator('#tail .row');
    await expect.poll(() => rows.count()).toBeGreaterThan(20);
    const first = (await rows.first().textContent()) as string;
    expect(readFileSync(fleet.logFile, 'utf8')).toContain(`${first}\n`);

    await page.getByLabel('Service', { exact: true }).selectOption('inventory');
    await page.getByLabel('Level', { exact: true }).selectOption('WARNING,ERROR');
    const others = page.locator('#tail .row:not(:has-text("[InventoryService]"))');
    await expect.poll(() => others.count()).toBe(0);
    await expect.poll(() => rows.count()).toBeGreaterThan(3);
    for (const text of await rows.allTextContents()) {
      expect(text).toMatch(/^\S{24} \[(WARNING|ERROR)\] \[InventoryService\]: /);
    }

    await page.getByLabel('Text or request id').fill('no line has this');
    await expect.poll(() => rows.count()).toBe(0);
  });

  test('stands still while it is paused', async () => {
    const { link } = await startFleetWithPage(['--rate', '50']);
    const page = await openPage(browser(), link);
    const last = page.locator('#tail .row').last();
    await expect.poll(() => page.locator('#tail .row').count()).toBeGreaterThan(5);
    await page.getByRole('button', { name: 'Pause' }).click();
    await shows(page.locator('#tail-note'), 'Paused');
    const before = await last.textContent();
    await shows(page.locator('#tail-note'), /[1-9]\d* newer lines/);
    expect(await last.textContent()).toBe(before);
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => last.textContent()).not.toBe(before);
  });

  test('shows the story of a request that is clicked', async () => {
    const { fleet, link } = await startFleetWithPage(['--rate', '50']);
    const page = await openPage(browser(), link);
    // Its last line is that of the front door, so the story is complete.
    const request = page.locator('#tail .row:has-text("/api/v1/orders HTTP") .request').first();
    await request.click();
    const id = (await page.locator('#story-title').textContent())?.replace('Request ', '') ?? '';
    expect(id).toMatch(/^req_/);
    const story = page.locator('#story-rows .row');
    await expect.poll(() => story.count()).toBeGreaterThan(3);
    const told = await story.allTextContents();
    const lines = readFileSync(fleet.logFile, 'utf8')
      .split('\n')
      .filter((line) => line.includes(id));
    expect(lines).toEqual(expect.arrayContaining(told));
    expect(told).toEqual([...told].sort((a, b) => (a.slice(0, 24) < b.slice(0, 24) ? -1 : 1)));
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('#story').isVisible()).toBe(false);
  });

  test('shows markup, escape sequences and bidirectional marks of a service as text', async () => {
    const { link } = await startFleetWithPage(['--service', HOSTILE]);
    const page = await openPage(browser(), link);
    await page.getByLabel('Service', { exact: true }).selectOption('hostile');
    const row = page.locator('#tail .row:has-text("cod.exe")').first();
    await shows(row, '<img src=x onerror="globalThis.isHacked=true"><script>globalThis.isHacked=true</script>');
    const text = (await row.textContent()) as string;
    expect(text).toContain('\\u001b[31mred\\u001b[0m \\u202ecod.exe');
    expect(await page.locator('#tail img, #tail script').count()).toBe(0);
    expect(await page.evaluate('globalThis.isHacked')).toBeUndefined();
  });
});
