import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startFleet } from './fleet.ts';

const SHIPPING = fileURLToPath(new URL('../fixtures/shipping.js', import.meta.url));

test("a user's own service has its process, its flag, and its place in every command", async () => {
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
