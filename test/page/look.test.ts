import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser, openPage, serviceRow, shows, startFleetWithPage } from './page.ts';

/** All that the page may transfer to show itself, in bytes. */
const MOST_BYTES = 150_000;

interface AxeResult {
  readonly passes: readonly unknown[];
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { passes, violations } = await page.evaluate<AxeResult>('axe.run()');
  expect(passes.length).toBeGreaterThan(10);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Brings everything that the page can show onto it. */
async function showEverything(page: Page): Promise<void> {
  await shows(page.locator('#start-about'), 'payment provider adyen answers nothing');
  await page.getByLabel('at once, without a precursor').check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await shows(page.locator('#incidents'), 'payment-provider-down-1');
  await serviceRow(page, 'inventory').act('stop');
  await shows(serviceRow(page, 'inventory').state, 'stopped');
  await serviceRow(page, 'auth').number.fill('11');
  await serviceRow(page, 'auth').number.press('Enter');
  await shows(serviceRow(page, 'auth').note, 'is not a ratio');
  await page.evaluate('document.querySelector(".request").click()');
  await shows(page.locator('#story-rows'), 'request_id=');
}

describeInBrowser('the look of the page', (browser) => {
  test.each([
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 1280 },
    { colorScheme: 'light', width: 320 },
    { colorScheme: 'dark', width: 320 },
  ] as const)('is accessible and fits: $colorScheme, $width pixels wide', async ({ colorScheme, width }) => {
    const { link } = await startFleetWithPage(['--rate', '50', '--scenario', 'game-day']);
    const viewport = { width, height: 800 };
    const page = await openPage(browser(), link, { colorScheme, viewport, bypassCSP: true });
    const scrollWidth = () => page.evaluate('document.documentElement.scrollWidth');
    expect(await violationsOf(page)).toEqual([]);
    expect(await scrollWidth()).toBe(width);
    await showEverything(page);
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await violationsOf(page)).toEqual([]);
    expect(await scrollWidth()).toBe(width);
  });

  test('the keyboard reaches every control once, in order, and sees where it is', async () => {
    const { link } = await startFleetWithPage();
    const page = await openPage(browser(), link);
    await page.locator('#scenarios summary').first().waitFor();
    const all = await page.evaluate<number>(`
      globalThis.reached = [];
      document.addEventListener('focusin', ({ target }) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(target);
        reached.push({ target, isVisible: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 });
      });
      [...document.querySelectorAll('button, select, input, summary, [tabindex]')]
        .filter((control) => control.tabIndex >= 0 && control.checkVisibility()).length`);
    const isBack = () => page.evaluate<boolean>('document.activeElement === document.body');
    for (let presses = 0; presses < all + 5; presses++) {
      await page.keyboard.press('Tab');
      if (presses > 0 && (await isBack())) break;
    }
    const { reached, invisible, disorder } = await page.evaluate<{
      reached: number;
      invisible: string[];
      disorder: number;
    }>(`({
      reached: new Set(reached.map(({ target }) => target)).size,
      invisible: reached.filter(({ isVisible }) => !isVisible).map(({ target }) => target.outerHTML),
      disorder: reached.filter(({ target }, index) => index > 0 && index < ${all} &&
        !(reached[index - 1].target.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING)).length,
    })`);
    expect(invisible).toEqual([]);
    expect(reached).toBe(all);
    expect(disorder).toBe(0);
  });

  test('the keyboard alone stops a service, reads a story and starts an incident', async () => {
    const { link } = await startFleetWithPage(['--rate', '50']);
    const page = await openPage(browser(), link);
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 100; presses++) {
        await page.keyboard.press('Tab');
        const found = await page.evaluate<string>(
          'document.activeElement.ariaLabel ?? document.activeElement.textContent ?? ""',
        );
        if (found === name) return;
      }
      throw new Error(`Tab does not reach ${name}`);
    };
    await tabTo('stop payment');
    await page.keyboard.press('Enter');
    await shows(serviceRow(page, 'payment').state, 'stopped');
    // The button cannot be used any more, and keeps the focus.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await shows(serviceRow(page, 'payment').state, 'up');

    await tabTo('Lines of the log');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await shows(page.locator('#story-rows'), 'request_id=');
    await page.keyboard.press('Escape');
    await tabTo('Start');
    await page.keyboard.press('Enter');
    await shows(page.locator('#incidents'), 'payment-provider-down-1');
  });

  test('animations respect the wish for less motion', async () => {
    const { link } = await startFleetWithPage();
    const page = await openPage(browser(), link, { reducedMotion: 'reduce' });
    const moving = await page.evaluate<string[]>(`[...document.querySelectorAll('*')]
      .filter((found) => parseFloat(getComputedStyle(found).transitionDuration) > 0).map((found) => found.outerHTML)`);
    expect(moving).toEqual([]);
  });

  test('it weighs less than 150 KB, comes from one origin, and is there at once', async () => {
    const { link } = await startFleetWithPage();
    const context = await browser().newContext();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    const urls = new Set<string>();
    page.on('request', (request) => urls.add(request.url()));
    const begin = performance.now();
    await page.goto(link);
    await page.locator('.service').first().waitFor();
    const took = performance.now() - begin;
    // The streams do not end.
    await page.locator('#start-type option').first().waitFor({ state: 'attached' });
    console.log(`${(bytes / 1000).toFixed(1)} KB in ${urls.size} requests, live after ${took.toFixed(0)} ms`);
    expect([...urls].filter((url) => !url.startsWith(new URL(link).origin))).toEqual([]);
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThan(MOST_BYTES);
    await context.close();
  });
});
