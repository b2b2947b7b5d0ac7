import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import { formatRecord } from '../../../shared/record.ts';
import type { World } from '../../../shared/world.ts';
import { temporaryDirectory } from '../../tools/temporary.ts';
import { compareKilledRun, compareStoppedRun } from '../compare-run.ts';

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
  const file = join(temporaryDirectory(), 'app.log');
  writeFileSync(file, text);
  return { catalog, world, files: [file] };
}

/** Number of lines of each kind of defect that there is. */
function defectsOf({
  missing,
  duplicated,
  unexpected,
  torn,
  outOfOrder,
  tailLoss,
}: ReturnType<typeof compareStoppedRun>) {
  const counts = { missing, duplicated, unexpected, torn, outOfOrder };
  const defects = Object.entries(counts).filter(([, lines]) => lines.length > 0);
  return Object.fromEntries([
    ...defects.map(([kind, lines]) => [kind, lines.length]),
    ...(tailLoss > 0 ? [['tailLoss', tailLoss]] : []),
  ]);
}

const tail = due.filter(isAfter(2_000, 'ApiService')).length;

test.each([
  ['that is complete', due, {}],
  ['with a line missing', due.toSpliced(100, 1), { missing: 1 }],
  ['with a line twice', due.toSpliced(100, 0, due[99] as string), { duplicated: 1 }],
  ['with a line that was never due', [...due, (due.at(-1) as string).replace(/: .*/, ': hello')], { unexpected: 1 }],
  ['with half a line', due.toSpliced(100, 0, '2026-11-22T12:00:01.00'), { torn: 1 }],
  ['with a line after later ones', [...due.toSpliced(100, 1), due[100] as string], { outOfOrder: 1 }],
  ['with a line from before its start', [(due[0] as string).replace('12:', '11:'), ...due], { unexpected: 1 }],
  [
    'with a service that stalled at the end',
    due.filter((line) => !isAfter(2_000, 'ApiService')(line)),
    { tailLoss: tail },
  ],
  [
    'with a reported gap',
    [...due.filter((line) => !isAfter(9_000, 'ApiService')(line)), skipped('api', STOP - 9_000, STOP)],
    {},
  ],
])('a run %s', (_what, lines, defects) => {
  expect(defectsOf(compareStoppedRun(runOf(...lines, stopLine)))).toEqual(defects);
});

test('lines of a service that stopped writing longer before the request to stop than any stall are missing', () => {
  const silent = due.filter((line) => !isAfter(8_000, 'ApiService')(line));
  const { missing, tailLoss } = compareStoppedRun(runOf(...silent, stopLine));
  expect(missing.length).toBeGreaterThan(0);
  expect(missing.length + tailLoss).toBe(due.length - silent.length);
});

test('lines written after the request to stop are compared, too', () => {
  const later = new Simulation(catalog, world).allLinesBetween(STOP, STOP + 300).map(formatRecord);
  expect(later.length).toBeGreaterThan(20);
  const { expected, written, ...rest } = compareStoppedRun(runOf(...due, stopLine, ...later));
  expect({ expected, written }).toEqual({ expected: due.length + later.length, written: due.length + later.length });
  expect(defectsOf({ expected, written, ...rest })).toEqual({});
});

test('a log without a request to stop is rejected', () => {
  expect(() => compareStoppedRun(runOf(...due))).toThrow('does not contain when');
});

test('after the clock was set back, a line may have the text of one due after the request to stop', () => {
  const message = (line: string) => line.slice('2026-11-22T12:00:00.000Z'.length);
  const later = new Simulation(catalog, world).allLinesBetween(STOP + 1_000, STOP + 9_000).map(formatRecord);
  const early = due.filter((line) => line < new Date(STOP - 6_000).toISOString());
  const twin = early.find((line) => later.some((other) => message(other) === message(line))) as string;
  const twinOfIt = later.find((other) => message(other) === message(twin)) as string;
  const clockOffsetMs = Date.parse(twin.slice(0, 24)) - Date.parse(twinOfIt.slice(0, 24));
  const timeline = [...world.timeline, { at: STOP - 5_000, ratios, down: [], clockOffsetMs }] as const;
  const setBack: World = { ...world, timeline };
  const lines = new Simulation(catalog, setBack).allLinesBetween(FROM, STOP).map(formatRecord);
  const stop = `${new Date(STOP + clockOffsetMs).toISOString()} [INFO] [Supervisor]: Fleet stops: SIGINT`;
  expect(defectsOf(compareStoppedRun({ ...runOf(...lines, stop), world: setBack }))).toEqual({});
});

test('in a run that was killed only the very last line may be torn', () => {
  const to = STOP - 1_000;
  expect(defectsOf(compareKilledRun(runOfText(`${due.join('\n')}\n2026-11-22T12:0`), to))).toEqual({});
  expect(defectsOf(compareKilledRun(runOfText(`${due.toSpliced(100, 1, '2026').join('\n')}\n2026`), to))).toEqual({
    missing: 1,
    torn: 1,
  });
});
