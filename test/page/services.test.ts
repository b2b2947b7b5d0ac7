import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { RatiosAnswer } from '../../shared/control-api.ts';
import type { RunningFleet } from '../e2e/fleet.ts';
import { describeInBrowser, openPage, serviceRow, shows, startFleetWithPage } from './page.ts';

/** A page of the log takes 0.3 seconds. */
const FAST = ['--rate', '2000', '--traffic', 'steady'];

/** Lines of Payment in a page of 626. */
const LINES_IN_PAGE = 79;

/** The share of bad lines of Payment from a byte of the log on, once there are so many. */
async function badShare(fleet: RunningFleet, from: number, lines: number): Promise<number> {
  let levels: readonly string[] = [];
  const count = () => {
    const text = readFileSync(fleet.logFile).subarray(from).toString();
    levels = [...text.matchAll(/^\S+ \[(\w+)\] \[PaymentService\]/gm)].map(([, level = '']) => level);
    return levels.length;
  };
  await expect.poll(count, { interval: 250 }).toBeGreaterThanOrEqual(lines);
  return levels.filter((level) => level === 'WARNING' || level === 'ERROR').length / levels.length;
}

const ratiosOf = async (fleet: RunningFleet) => (await fleet.request<RatiosAnswer>('GET', '/v1/ratios')).ratios;

describeInBrowser('services on the page', (browser) => {
  test('a slider that is moved with the keyboard sets the exact share of bad lines', async () => {
    const { fleet, link } = await startFleetWithPage(FAST);
    const page = await openPage(browser(), link);
    const payment = serviceRow(page, 'payment');

    await payment.slider.focus();
    await page.keyboard.press('End');
    await shows(payment.note, '✓ 10 is set');
    expect(await badShare(fleet, fleet.logSize, 200)).toBe(1);

    await page.keyboard.press('Home');
    await shows(payment.note, '✓ 0 is set');
    expect(await badShare(fleet, fleet.logSize, 200)).toBe(0);

    for (let step = 0; step < 25; step++) await page.keyboard.press('ArrowRight');
    await shows(payment.note, '✓ 2.5 is set');
    expect(await ratiosOf(fleet)).toMatchObject({ payment: 2.5, api: 2 });
    // Only the first page and the last are counted in part.
    const lines = 20 * LINES_IN_PAGE;
    expect(Math.abs((await badShare(fleet, fleet.logSize, lines)) - 0.25)).toBeLessThan(
      (2 * LINES_IN_PAGE) / lines / 2,
    );
  });

  test('a drag sends one request at a time, and its last value', async () => {
    const { fleet, link } = await startFleetWithPage();
    const page = await openPage(browser(), link);
    const { slider, note } = serviceRow(page, 'api');
    let inFlight = 0;
    let most = 0;
    let sent = 0;
    page.on('request', (request) => {
      if (request.method() !== 'PATCH') return;
      sent++;
      most = Math.max(most, ++inFlight);
    });
    page.on('requestfinished', (request) => {
      if (request.method() === 'PATCH') inFlight--;
    });
    const box = (await slider.boundingBox()) as { x: number; y: number; width: number; height: number };
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + 10, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 12, y, { steps: 80 });
    await page.mouse.move(box.x + box.width + 40, y);
    await page.mouse.up();
    await shows(note, '✓ 10 is set');
    expect(await ratiosOf(fleet)).toMatchObject({ api: 10 });
    expect(most).toBe(1);
    expect(sent).toBeLessThan(80);
    expect(await page.getByRole('button', { name: 'Undo' }).textContent()).toBe('Undo api 2 → 10');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => ratiosOf(fleet)).toMatchObject({ api: 2 });
  });

  test('a ratio that is refused returns, with the message of the fleet', async () => {
    const { fleet, link } = await startFleetWithPage();
    const page = await openPage(browser(), link);
    const { number, note } = serviceRow(page, 'auth');
    await number.fill('11');
    await number.press('Enter');
    await shows(note, 'auth: 11 is not a ratio; use 0 to 10 in whole numbers or tenths');
    await expect.poll(() => number.inputValue()).toBe('2');
    expect(await ratiosOf(fleet)).toMatchObject({ auth: 2 });
    await number.fill('7.5');
    await number.press('Enter');
    await shows(note, '✓ 7.5 is set');
    expect(await ratiosOf(fleet)).toMatchObject({ auth: 7.5 });
  });

  test('all ratios are set and undone at once', async () => {
    const { fleet, link } = await startFleetWithPage(['--api-ratio', '5']);
    const page = await openPage(browser(), link);
    await page.getByRole('button', { name: 'Calm 0.3' }).click();
    await expect.poll(async () => [...new Set(Object.values(await ratiosOf(fleet)))]).toEqual([0.3]);
    await page.getByRole('button', { name: 'Undo all → 0.3' }).click();
    await expect.poll(() => ratiosOf(fleet)).toMatchObject({ api: 5, auth: 2, payment: 2 });
  });

  test('a service is killed and comes back, is stopped and started', async () => {
    const { fleet, link } = await startFleetWithPage();
    const page = await openPage(browser(), link);
    const { state, process, act } = serviceRow(page, 'auth');
    const { pid } = await fleet.service('auth');
    await shows(process, `pid ${pid}`);

    await act('kill');
    await shows(process, '1 restart');
    await shows(state, 'up');
    const { pid: newPid } = await fleet.service('auth');
    expect(newPid).not.toBe(pid);
    await shows(process, `pid ${newPid}`);
    await shows(page.locator('#marks'), 'auth is killed on request');

    await act('stop');
    await shows(state, 'stopped');
    await shows(process, 'no process');
    await act('start');
    await shows(state, 'up');
  });

  test('what one browser does appears in another, as does what a command does', async () => {
    const { fleet, link } = await startFleetWithPage();
    const [one, other] = await Promise.all([openPage(browser(), link), openPage(browser(), link)]);
    await serviceRow(one, 'inventory').number.fill('6.4');
    await serviceRow(one, 'inventory').number.press('Enter');
    await expect.poll(() => serviceRow(other, 'inventory').slider.inputValue()).toBe('6.4');
    await serviceRow(other, 'inventory').act('stop');
    await shows(serviceRow(one, 'inventory').state, 'stopped');

    await fleet.command('ratios', '--payment', '9');
    for (const page of [one, other]) {
      await expect.poll(() => serviceRow(page, 'payment').number.inputValue()).toBe('9');
      await shows(page.locator('#marks'), 'payment 2 -> 9');
    }
  });
});
