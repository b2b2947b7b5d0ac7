import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PrintTimes } from '../../../../supervisor/log/input/print-times.ts';

const NOW = 1_763_817_493_438;

interface Origin {
  readonly last?: number | undefined;
  readonly from?: number | undefined;
}

function setUp({ last, from }: Origin = {}) {
  const clock = { now: NOW, from };
  return { clock, times: new PrintTimes({ last, from: () => clock.from, now: () => clock.now }) };
}

describe('before the first record of its process a print is dated', () => {
  test.each([
    { what: 'now when nothing else is known', last: undefined, from: undefined, expected: NOW },
    { what: 'at the start of the process', last: undefined, from: NOW - 300, expected: NOW - 300 },
    { what: 'now when the process starts later', last: undefined, from: NOW + 5, expected: NOW },
    { what: 'now after earlier processes', last: NOW - 60_000, from: undefined, expected: NOW },
    {
      what: 'at the start of the process, after earlier ones',
      last: NOW - 60_000,
      from: NOW - 300,
      expected: NOW - 300,
    },
    { what: 'no earlier than the last line', last: NOW + 20, from: NOW, expected: NOW + 20 },
  ])('$what', ({ last, from, expected }) => {
    expect(setUp({ last, from }).times.print()).toBe(expected);
  });
});

describe('after a record a print is dated', () => {
  test('like the record', () => {
    const { clock, times } = setUp({ last: 0, from: NOW - 10_000 });
    times.record(NOW - 20);
    clock.now += 60_000;
    expect(times.print()).toBe(NOW - 20);
  });

  test.each([
    { what: 'up to when the process reports to have written', records: 1, until: NOW + 900, expected: NOW + 900 },
    {
      what: 'like the record while others that it has written have not arrived',
      records: 2,
      until: NOW,
      expected: NOW - 20,
    },
    { what: 'like the record when the report is from before it', records: 0, until: NOW - 500, expected: NOW - 20 },
  ])('$what', ({ records, until, expected }) => {
    const { times } = setUp({ from: NOW - 10_000 });
    times.record(NOW - 20);
    times.reached(records, until);
    expect(times.print()).toBe(expected);
    expect(times.last).toBe(expected);
  });
});

test('before the first record, up to when the process reports to have written', () => {
  const { times } = setUp({ from: NOW - 10_000 });
  times.reached(0, NOW - 200);
  expect(times.print()).toBe(NOW - 200);
});

test('the last time is that of the latest record or print', () => {
  const { times } = setUp({ last: 7 });
  expect(times.last).toBe(7);
  times.record(NOW);
  expect(times.last).toBe(NOW);
  times.reached(1, NOW + 2_000);
  times.print();
  expect(times.last).toBe(NOW + 2_000);
  // The clock was set back.
  times.record(NOW + 1_000);
  expect(times.last).toBe(NOW + 1_000);
});

test('records and prints are in order, however late the process, its reports and its output are', () => {
  const step = fc.record({
    sleepMs: fc.integer({ min: 0, max: 5_000 }),
    dues: fc.array(fc.nat({ max: 5_000 }), { maxLength: 4 }),
    answers: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step), fc.array(fc.constantFrom('record', 'report', 'print')), (steps, arrivals) => {
      const { clock, times } = setUp({ from: NOW });
      // What the process writes: records in order, and reports of how far it has written.
      const records: number[] = [];
      const reports: { readonly records: number; readonly until: number }[] = [];
      let until = NOW;
      for (const { sleepMs, dues, answers } of steps) {
        const due = dues.filter((offset) => offset < sleepMs).map((offset) => until + offset);
        records.push(...due.toSorted((a, b) => a - b));
        until += sleepMs;
        if (answers) reports.push({ records: records.length, until });
      }
      // Arrivals: any interleaving of records, reports and prints.
      clock.now = until;
      const written: number[] = [];
      const arrive = { record: 0, report: 0 };
      for (const what of [...arrivals, ...records.map(() => 'record' as const)]) {
        const record = records[arrive.record];
        const report = reports[arrive.report];
        if (what === 'print') written.push(times.print());
        else if (what === 'report' && report) {
          times.reached(report.records, report.until);
          arrive.report++;
        } else if (what === 'record' && record !== undefined) {
          times.record(record);
          written.push(record);
          arrive.record++;
        }
      }
      expect(written).toEqual(written.toSorted((a, b) => a - b));
    }),
    { numRuns: 2_000 },
  );
});
