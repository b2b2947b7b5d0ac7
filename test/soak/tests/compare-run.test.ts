import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import { formatRecord } from '../../../shared/record.ts';
import type { World } from '../../../shared/world.ts';
import { compareUntil, compareWhole } from '../compare-run.ts';

const FROM = Date.parse('2026-11-22T12:00:00Z');
const STOP = FROM + 20_000;

const catalog = await loadCatalog();
const ratios = Object.fromEntries(catalog.services.map(({ name }) => [name, 2]));
const world: World = { seed: 1, rate: 200, timeline: [{ at: FROM, ratios, down: [] }] };
const due = new Simulation(catalog, world).allLinesBetween(FROM, STOP).map(formatRecord);

const stopLine = `${new Date(STOP).toISOString()} [INFO] [Supervisor]: Fleet stops: SIGINT`;
const skipped = (name: string, from: number, to: number) => {
  const [first, last] = [from, to].map((at) => new Date(at).toISOString());
  return `${last} [WARNING] [Supervisor]: ${name} skipped 9 lines due from ${first} to ${last}`;
};
const isAfter = (ms: number, logName: string) => (line: string) =>
  line.includes(`[${logName}]`) && line >= new Date(STOP - ms).toISOString();

function runOf(...lines: readonly string[]) {
  return runOfText([...lines, ''].join('\n'));
}

function runOfText(text: string) {
  const directory = mkdtempSync(join(tmpdir(), 'demo-logs-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'app.log');
  writeFileSync(file, text);
  return { catalog, world, files: [file] };
}

/** How many lines are wrong, by what is wrong with them. */
function faultsOf({ missing, doubled, invented, torn, disordered, cut }: ReturnType<typeof compareWhole>) {
  const counts = { missing, doubled, invented, torn, disordered };
  const found = Object.entries(counts).filter(([, lines]) => lines.length > 0);
  return Object.fromEntries([
    ...found.map(([kind, lines]) => [kind, lines.length]),
    ...(cut > 0 ? [['cut', cut]] : []),
  ]);
}

const tail = due.filter(isAfter(2_000, 'ApiService')).length;

test.each([
  ['whole', due, {}],
  ['without a line', due.toSpliced(100, 1), { missing: 1 }],
  ['with a line twice', due.toSpliced(100, 0, due[99] as string), { doubled: 1 }],
  [
    'with a line of its own',
    [...due, (due.at(-1) as string).replace('Z', 'Z').replace(/: .*/, ': hello')],
    { invented: 1 },
  ],
  ['with half a line', due.toSpliced(100, 0, '2026-11-22T12:00:01.00'), { torn: 1 }],
  ['with a line too late', [...due.toSpliced(100, 1), due[100] as string], { disordered: 1 }],
  ['with a line from before its begin', [(due[0] as string).replace('12:', '11:'), ...due], { invented: 1 }],
  [
    'of a service that was starved at the end',
    due.filter((line) => !isAfter(2_000, 'ApiService')(line)),
    { cut: tail },
  ],
  [
    'that says that lines were skipped',
    [...due.filter((line) => !isAfter(9_000, 'ApiService')(line)), skipped('api', STOP - 9_000, STOP)],
    {},
  ],
])('a run %s', (_what, lines, wrong) => {
  expect(faultsOf(compareWhole(runOf(...lines, stopLine)))).toEqual(wrong);
});

test('a service that fell silent longer before the stop than any starves has lines missing', () => {
  const silent = due.filter((line) => !isAfter(8_000, 'ApiService')(line));
  const { missing, cut } = compareWhole(runOf(...silent, stopLine));
  expect(missing.length).toBeGreaterThan(0);
  expect(missing.length + cut).toBe(due.length - silent.length);
});

test('lines written after the stop was asked for are as they should be, or invented', () => {
  const later = new Simulation(catalog, world).allLinesBetween(STOP, STOP + 300).map(formatRecord);
  expect(later.length).toBeGreaterThan(20);
  const { expected, written, ...rest } = compareWhole(runOf(...due, stopLine, ...later));
  expect({ expected, written }).toEqual({ expected: due.length + later.length, written: due.length + later.length });
  expect(faultsOf({ expected, written, ...rest })).toEqual({});
});

test('a log that does not say when it was stopped is none of a run that ended in order', () => {
  expect(() => compareWhole(runOf(...due))).toThrow('does not say when');
});

test('of a run that was killed nothing may be wrong but its very last line', () => {
  const to = STOP - 1_000;
  expect(faultsOf(compareUntil(to, runOfText(`${due.join('\n')}\n2026-11-22T12:0`)))).toEqual({});
  expect(faultsOf(compareUntil(to, runOfText(`${due.toSpliced(100, 1, '2026').join('\n')}\n2026`)))).toEqual({
    missing: 1,
    torn: 1,
  });
});
