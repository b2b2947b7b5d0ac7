/** Takes the picture of the control page for the README: a fleet of its own, an incident, a minute of waiting. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CLI, command, ROOT } from '../tools/run.ts';
import { launchChromium } from './chromium.ts';

const PICTURE = join(ROOT, '.github', 'page.webp');

/** Of the page, in pixels. */
const SIZE = { width: 1280, height: 1000 };

/** How much of the fleet there is to be seen, in ms. */
const CALM_MS = 60_000;
const INCIDENT_MS = 100_000;

const directory = mkdtempSync(join(tmpdir(), 'demo-logs-picture-'));
const fleet = spawn(process.execPath, [CLI, 'start', '--no-console', '--rate', '100', '--page', '0'], {
  cwd: directory,
  stdio: ['ignore', 'inherit', 'pipe'],
});
const exited = once(fleet, 'exit');
try {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light' });
  await page.goto(await linkOf(fleet.stderr));
  await page.getByRole('button', { name: 'Calm' }).click();
  await page.waitForTimeout(CALM_MS);
  await page.getByRole('button', { name: 'kill auth' }).click();
  await page.getByLabel('Type').selectOption('payment-provider-down');
  await page.getByLabel('Minutes').and(page.getByRole('spinbutton')).fill('2');
  await page.getByLabel('at once, without a precursor').check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByLabel('Service in the chart').selectOption('payment');
  await page.waitForTimeout(INCIDENT_MS);
  await page.evaluate('document.activeElement.blur(), scrollTo(0, 0)');
  // Less than half as large as PNG.
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 85 });
  writeFileSync(PICTURE, Buffer.from(data, 'base64'));
  await browser.close();
  console.log(PICTURE);
} finally {
  await command(directory, 'stop');
  await exited;
  rmSync(directory, { recursive: true });
}

async function linkOf(stderr: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stderr })) {
    const link = /http:\S+#token=\S+/.exec(line)?.[0];
    if (link) return link;
  }
  throw new Error('The fleet has exited before its page was served');
}
