import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startFleet } from './fleet.ts';

const CHATTY = fileURLToPath(new URL('../fixtures/services/prints-often.js', import.meta.url));

test('lines printed by a module are in order of time among the records of its service, across restarts', async () => {
  const fleet = await startFleet('--service', CHATTY, '--rate', '1000');
  await fleet.showsLines(500, 'ChattyService');
  const { pid } = await fleet.service('chatty');
  process.kill(pid as number, 'SIGKILL');
  await fleet.showsServicesUp(7);
  await fleet.showsLines(500, 'ChattyService');
  await fleet.stop();
  const lines = fleet.lines();
  for (const name of new Set(lines.map(({ service }) => service))) {
    if (name === 'Supervisor') continue;
    const times = lines.filter(({ service }) => service === name).map(({ time }) => time);
    expect(times, name).toEqual(times.toSorted((a, b) => a - b));
  }
  const messages = new Set(lines.filter(({ service }) => service === 'ChattyService').map(({ message }) => message));
  const loading = ['loading on stdout', 'loading on stderr'];
  expect(messages).toEqual(
    new Set(['print on stdout', 'print on stderr', 'all is well', 'not all is well', ...loading]),
  );
});
