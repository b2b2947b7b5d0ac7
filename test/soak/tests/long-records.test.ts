import { expect, test } from 'vitest';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import longRecords from '../long-records.ts';

test('the service of the soak writes records of 200 KB, with characters of one to four bytes', async () => {
  const catalog = await loadCatalog([longRecords]);
  const ratios = Object.fromEntries(catalog.services.map(({ name }) => [name, 0]));
  const world = { seed: 1, rate: 1000, timeline: [{ at: 0, ratios, down: [] }] } as const;
  const from = Date.parse('2026-11-22T12:00:00Z');
  const lines = new Simulation(catalog, world).linesBetween('verbose', from, from + 10_000);
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.length).toBeLessThan(50);
  for (const { msg } of lines) expect(Buffer.byteLength(msg)).toBeGreaterThan(200_000);
  expect(lines[0]?.msg).toContain('aü€😀a');
});
