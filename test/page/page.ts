/** The control page of a fleet in a real browser. */

import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest';
import { launch, type RunningFleet } from '../e2e/fleet.ts';
import { CLI } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';
import { CHROMIUM, launchChromium } from './chromium.ts';

export interface FleetWithPage {
  readonly fleet: RunningFleet;
  /** The address of the page with its token. */
  readonly link: string;
}

/** Tests that need a browser; skipped, with the reason, where there is none. */
export function describeInBrowser(what: string, define: (browser: () => Browser) => void): void {
  describe.skipIf(!CHROMIUM)(CHROMIUM ? what : `${what} (skipped: no Chromium is installed)`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser?.close());
    define(() => browser);
  });
}

/** Starts a fleet with its page, in a directory that a test has prepared or one of its own. */
export async function startFleetWithPage(
  args: readonly string[] = [],
  { port = 0, directory = temporaryDirectory() } = {},
): Promise<FleetWithPage> {
  const commandLine = [process.execPath, CLI, 'start', '--no-console', '--page', String(port), ...args];
  const fleet = await launch({ commandLine, directory, up: 0 });
  const findLink = () => /http:\/\/\S+#token=\S+/.exec(fleet.stderr)?.[0];
  await expect.poll(findLink).toBeDefined();
  const states = async () => (await fleet.services()).map(({ state }) => state);
  await expect.poll(async () => new Set(await states())).toEqual(new Set(['up']));
  return { fleet, link: findLink() as string };
}

/** Opens the page in a browser profile of its own and waits until it is live. No error of the page may go unnoticed. */
export async function openPage(browser: Browser, link: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    // The browser itself reports requests that were refused; tests about them look at the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(message.text());
  });
  onTestFinished(async () => {
    await context.close();
    expect(errors).toEqual([]);
  });
  await page.goto(link);
  await shows(page.locator('#connection'), 'live');
  await expect.poll(() => page.locator('.service').count()).toBeGreaterThanOrEqual(5);
  return page;
}

/** Waits until an element has this text in it, or text like it. */
export async function shows(locator: Locator, text: string | RegExp): Promise<void> {
  const poll = expect.poll(() => locator.textContent().catch(() => null));
  await (typeof text === 'string' ? poll.toContain(text) : poll.toMatch(text));
}

/** The parts of the row of a service. */
export function serviceRow(page: Page, name: string) {
  const root = page.locator(`[data-service="${name}"].service`);
  return {
    root,
    state: root.locator('.state'),
    process: root.locator('.process'),
    slider: root.locator('input[type=range]'),
    number: root.locator('input[type=number]'),
    effective: root.locator('.effective'),
    note: root.locator('.ratio-note'),
    act: (action: string) => root.getByRole('button', { name: `${action} ${name}`, exact: true }).click(),
  };
}
