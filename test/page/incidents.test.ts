import { expect, test } from 'vitest';
import type { IncidentsAnswer } from '../../shared/incident-api.ts';
import { describeInBrowser, openPage, serviceRow, shows, startFleetWithPage } from './page.ts';

describeInBrowser('incidents on the page', (browser) => {
  test('one is chosen, started, seen and stopped', async () => {
    const { fleet, link } = await startFleetWithPage(['--rate', '50', '--payment-ratio', '0.3']);
    const page = await openPage(browser(), link);
    await page.getByLabel('Type').selectOption('payment-provider-down');
    await shows(page.locator('#start-about'), 'payment provider adyen answers nothing');
    await page.getByLabel('Target').selectOption('stripe');
    await page.getByLabel('Minutes', { exact: true }).fill('30');
    await page.getByLabel('at once, without a precursor').check();
    await page.getByRole('button', { name: 'Start', exact: true }).click();

    const card = page.locator('.incident');
    await shows(card, 'payment-provider-down-1');
    await shows(card.locator('.incident-state'), /onset|plateau/);
    const [started] = (await fleet.request<IncidentsAnswer>('GET', '/v1/incidents')).incidents;
    expect(started?.root?.component).toBe('provider:stripe');
    // The onset takes a minute, in steps.
    const plateauAt = started?.phases.find(({ name }) => name === 'plateau')?.from;
    expect(plateauAt).toBeGreaterThan(started?.from ?? 0);
    await shows(serviceRow(page, 'payment').effective, /in effect (0\.[4-9]|[1-9])/);

    await card.getByRole('button', { name: 'Stop: payment-provider-down-1', exact: true }).click();
    await shows(card.locator('.incident-state'), 'recovery');
    await card.getByRole('button', { name: 'Stop at once: payment-provider-down-1', exact: true }).click();
    await shows(card.locator('.incident-state'), 'over');
    await shows(page.locator('#marks'), /payment-provider-down-1/);
  });

  test('what is refused is said in the words of the fleet', async () => {
    const { link } = await startFleetWithPage();
    const page = await openPage(browser(), link);
    await shows(page.locator('#start-about'), 'payment provider adyen answers nothing');
    await page.getByLabel('Minutes', { exact: true }).fill('0.1');
    // The browser would not send it.
    await page.locator('#start-form').evaluate((form) => form.setAttribute('novalidate', ''));
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await shows(page.locator('#problem'), /payment-provider-down: .*10 s/);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => page.locator('#problem').textContent()).toBe('');
  });

  test('a scenario shows its timeline, and how to start the others', async () => {
    const { link } = await startFleetWithPage(['--scenario', 'checkout-outage']);
    const page = await openPage(browser(), link);
    const scenarios = page.locator('#scenarios');
    await shows(scenarios, 'checkout-outage');
    await shows(scenarios.locator('.timeline'), 'payment provider adyen answers nothing');
    await shows(scenarios.locator('[data-when=next]'), / in \d+ m/);
    await scenarios.getByText(/^exam/).click();
    await expect.poll(() => scenarios.locator('details[open] code').textContent()).toContain('--scenario exam');
  });
});
