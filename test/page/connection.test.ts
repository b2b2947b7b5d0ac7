import { expect, test } from 'vitest';
import { temporaryDirectory } from '../tools/temporary.ts';
import { describeInBrowser, openPage, serviceRow, shows, startFleetWithPage } from './page.ts';

describeInBrowser('the connection of the page', (browser) => {
  test('the token leaves the address bar and survives a reload of the tab', async () => {
    const { link } = await startFleetWithPage();
    const page = await openPage(browser(), link);
    expect(page.url()).toBe(link.replace(/#.*/, ''));
    await page.reload();
    await shows(page.locator('#connection'), 'live');
  });

  test('without a token the page says where the link is', async () => {
    const { link } = await startFleetWithPage();
    const context = await browser().newContext();
    const page = await context.newPage();
    await page.goto(link.replace(/#.*/, ''));
    await shows(page.locator('#banner'), 'needs the link that npm start -- --page prints');
    await context.close();
  });

  test('a fleet that has ended, and another one at its place, are told', async () => {
    const directory = temporaryDirectory();
    const first = await startFleetWithPage([], { directory });
    const page = await openPage(browser(), first.link);
    await first.fleet.stop();
    await shows(page.locator('#connection'), 'ended');
    await shows(page.locator('#banner'), 'The fleet has ended');

    const port = Number(new URL(first.link).port);
    const second = await startFleetWithPage([], { directory, port });
    await shows(page.locator('#banner'), 'with a new link');
    await page.goto(second.link);
    await shows(page.locator('#connection'), 'live');
    await shows(serviceRow(page, 'api').process, `pid ${(await second.fleet.service('api')).pid}`);
    expect(await page.locator('#banner').isVisible()).toBe(false);
  });

  test('a connection that is lost is told, and comes back by itself with what was missed', async () => {
    const { fleet, link } = await startFleetWithPage(['--rate', '50']);
    const page = await openPage(browser(), link);
    fleet.process.kill('SIGSTOP');
    try {
      await shows(page.locator('#banner'), 'No connection to the fleet');
    } finally {
      fleet.process.kill('SIGCONT');
    }
    await shows(page.locator('#connection'), 'live');
    await expect.poll(() => page.locator('#banner').isVisible()).toBe(false);
    await fleet.command('ratios', '--api', '7');
    await expect.poll(() => serviceRow(page, 'api').number.inputValue()).toBe('7');
  });
});
