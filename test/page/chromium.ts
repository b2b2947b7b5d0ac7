import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** An installed Chromium or Chrome: the one that `CHROMIUM` names, or one where packages install it. */
export const CHROMIUM: string | undefined = [process.env.CHROMIUM ?? '', ...PLACES].find(existsSync);

/** Starts it without a window. */
export function launchChromium(): Promise<Browser> {
  if (!CHROMIUM) throw new Error('No Chromium is installed: apt-get install chromium, or set CHROMIUM to its path');
  // The superuser, as whom tests run in a container, cannot have a sandbox.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: CHROMIUM, args });
}
