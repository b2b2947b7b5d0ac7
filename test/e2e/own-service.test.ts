import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { expectOneLine } from '../tools/expect-one-line.ts';
import { ROOT, run } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';
import { startFleet, startFleetIn } from './fleet.ts';

const SHIPPING = fileURLToPath(new URL('../fixtures/shipping.js', import.meta.url));

test('a service of the user has its process, its option, and works in every command', async () => {
  const fleet = await startFleet('--service', SHIPPING, '--shipping-ratio', '10', '--rate', '1000');
  expect(await fleet.service('shipping')).toMatchObject({ logName: 'ShippingService', state: 'up', ratio: 10 });
  await fleet.showsLines(40, 'ShippingService');
  const own = (from = 0) => fleet.lines(from).filter(({ service }) => service === 'ShippingService');
  expect(own().filter(({ level }) => level !== 'WARNING' && level !== 'ERROR')).toEqual([]);

  const changed = await fleet.command('ratios', '--shipping', '0', '--api', '5', '--json');
  expect(changed).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(changed.stdout)).toMatchObject({ shipping: 0, api: 5, auth: 2 });
  const from = fleet.logSize;
  await fleet.showsLines(40, 'ShippingService');
  expect(own(from).filter(({ level }) => level === 'WARNING' || level === 'ERROR')).toEqual([]);

  expect(await fleet.command('ratios', '--shipping', '8')).toMatchObject({ status: 0 });
  expect(await fleet.command('services', 'stop', 'payment')).toMatchObject({ status: 0 });
  await fleet.shows(/\[ShippingService\]: [^\n]*payment unreachable/);
  expect(await fleet.command('services', 'restart', 'shipping')).toMatchObject({ status: 0, stderr: '' });
  await fleet.stop();
});

test('a service with the name of an npm setting works in every command', async () => {
  const directory = temporaryDirectory();
  const own = (name: string, logName: string) => {
    const file = join(directory, `${name}.js`);
    const code = `import shipping from ${JSON.stringify(SHIPPING)};
      const { 'checkout.queue': queue } = shipping.steps;
      const own = { name: '${name}', logName: '${logName}', journeys: {}, steps: { 'checkout.queue': queue } };
      export default { ...shipping, ...own };`;
    writeFileSync(file, code);
    return file;
  };
  const modules = [own('cache', 'CacheService'), own('stock', 'StockService')];
  const fleet = await startFleetIn(directory, ...modules.flatMap((module) => ['--service', module]));
  const ratios = (...args: readonly string[]) => run('npm', ['run', '--silent', 'ratios', ...args], ROOT);
  const ofFleet = ['--log-file', fleet.logFile, '--json'];
  const changed = await ratios('--', '--cache', '5', ...ofFleet);
  expect(changed).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(changed.stdout)).toMatchObject({ cache: 5, stock: 2 });
  expect(await ratios('--', '--stock', '5', ...ofFleet)).toMatchObject({ status: 0, stderr: '' });
  // An option that npm kept is still detected.
  const message = /^--stock: npm kept it for itself; put -- before the options: npm run ratios -- --stock 7$/m;
  expectOneLine(await ratios('--stock=7', '--', ...ofFleet), 2, message);
  await fleet.stop();
});
