import { expect, test } from 'vitest';
import type { Ratios } from '../../../../shared/ratios.ts';
import { LatestSender } from '../../../../supervisor/page/browser/net/latest-sender.ts';

/** Requests that are answered one by one. */
function createRequests() {
  const sent: Ratios[] = [];
  const answers: (() => void)[] = [];
  const sender = new LatestSender((ratios) => {
    sent.push(ratios);
    return new Promise((resolve) => answers.push(resolve));
  });
  const answer = async () => {
    answers.shift()?.();
    await new Promise(setImmediate);
  };
  return { sender, sent, answer };
}

test('has one request in flight, and sends the last value', async () => {
  const { sender, sent, answer } = createRequests();
  for (let tenths = 20; tenths <= 80; tenths++) sender.push({ api: tenths / 10 });
  expect(sent).toEqual([{ api: 2 }]);
  await answer();
  expect(sent).toEqual([{ api: 2 }, { api: 8 }]);
  await answer();
  expect(sent).toHaveLength(2);
});

test('merges what was set of several services', async () => {
  const { sender, sent, answer } = createRequests();
  sender.push({ api: 1 });
  sender.push({ auth: 2, payment: 2 });
  sender.push({ auth: 3 });
  await answer();
  expect(sent).toEqual([{ api: 1 }, { auth: 3, payment: 2 }]);
});

test('goes on after a pause', async () => {
  const { sender, sent, answer } = createRequests();
  sender.push({ api: 1 });
  await answer();
  sender.push({ api: 2 });
  expect(sent).toEqual([{ api: 1 }, { api: 2 }]);
});
