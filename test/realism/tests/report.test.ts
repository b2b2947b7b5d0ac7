import { describe, expect, test } from 'vitest';
import { BANDS, isWithin, type MeasureId } from '../bands.ts';
import type { Finding } from '../measure.ts';
import { dayMeasures } from '../measure-seed.ts';
import { ClockWork, compareClockWork } from '../measures/clock-work.ts';
import { Rejections } from '../measures/rejections.ts';
import { examples, isInside, isRealistic, report } from '../report.ts';

const ids = Object.keys(BANDS) as MeasureId[];
const seeds = (...findings: readonly Finding[][]) =>
  findings.map((found, index) => ({ seed: index + 1, findings: found }));

/** A figure within the band of each measure. */
const realistic = ids.map((id): Finding => {
  const { min, max, above } = { min: undefined, max: undefined, above: undefined, ...BANDS[id] };
  return { id, figures: [min ?? max ?? (above ?? 0) + 1] };
});

const rowOf = (id: MeasureId, table: string) =>
  table.split('\n').find((row) => row.startsWith(BANDS[id].what)) as string;

test('each measure has a band, and each band a measure', () => {
  const measures = [...dayMeasures(10), new Rejections()];
  const findings = [
    ...measures.flatMap((measure) => measure.findings()),
    ...compareClockWork(new ClockWork(), new ClockWork()),
  ];
  expect(['unreadable', ...findings.map(({ id }) => id)].sort()).toEqual([...ids].sort());
});

test.each([
  [{ min: 2, max: 4 }, [2, 4], [1.9, 4.1, Number.NaN]],
  [{ max: 0 }, [0], [1]],
  [{ above: 0.4 }, [0.5], [0.4]],
  [{}, [-7], [Number.NaN]],
] as const)('the band %j', (limits, inside, outside) => {
  const band = { what: '', source: '', ...limits };
  for (const figure of inside) expect(isWithin(band, figure), String(figure)).toBe(true);
  for (const figure of outside) expect(isWithin(band, figure), String(figure)).toBe(false);
});

describe('the table', () => {
  test('has figures, bands and verdicts', () => {
    const table = report(
      seeds(
        [
          { id: 'hours', figures: [0.0123] },
          { id: 'minuteExtremes', figures: [0.25, 3] },
        ],
        [
          { id: 'hours', figures: [0.031] },
          { id: 'minuteExtremes', figures: [0.5, 3.12345] },
        ],
      ),
    );
    expect(table).toMatch(/^MEASURE +SEED 1 +SEED 2 +BAND +SOURCE OF THE BAND\n/);
    expect(rowOf('hours', table)).toMatch(/ 1\.23 % +3\.1 % +<= 3 % +own promise +OUTSIDE$/);
    expect(rowOf('minuteExtremes', table)).toMatch(/ 0\.25 \/ 3 +0\.5 \/ 3\.12 +0\.333 to 4 +own promise +OUTSIDE$/);
  });

  test('tells counts with their cases, and what is only shown without a verdict', () => {
    const table = report(
      seeds([
        { id: 'fullMailbox', figures: [2], cases: 88 },
        { id: 'templatesInAll', figures: [464] },
      ]),
    );
    expect(rowOf('fullMailbox', table)).toMatch(/ 2 of 88 +0 +no contradictions +OUTSIDE$/);
    expect(rowOf('templatesInAll', table)).toMatch(/ 464$/);
  });
});

describe('a measure that finds nothing to measure', () => {
  const none: Finding = { id: 'fullMailbox', figures: [0], cases: 0 };
  const fine: Finding = { id: 'fullMailbox', figures: [0], cases: 5 };

  test('in any log is outside', () => {
    expect(isInside('fullMailbox', seeds([none], [none]))).toBe(false);
    expect(isInside('gauges', seeds([{ id: 'gauges', figures: [] }]))).toBe(false);
    expect(isInside('timeouts', seeds([{ id: 'timeouts', figures: [Number.NaN] }]))).toBe(false);
    expect(rowOf('fullMailbox', report(seeds([none])))).toMatch(/ none +0 +no contradictions +OUTSIDE$/);
  });

  test('in one of them is inside', () => {
    expect(isInside('fullMailbox', seeds([none], [fine]))).toBe(true);
  });

  test('may be inside', () => {
    expect(isInside('unpaidRefund', seeds([{ id: 'unpaidRefund', figures: [0], cases: 0 }]))).toBe(true);
  });
});

test('one measure of one seed decides', () => {
  expect(isRealistic(seeds(realistic, realistic))).toBe(true);
  const worse = realistic.map((finding) => (finding.id === 'causes' ? { ...finding, figures: [20.1] } : finding));
  expect(isRealistic(seeds(realistic, worse))).toBe(false);
});

test('examples of what is outside', () => {
  const found = seeds(
    [
      { id: 'causes', figures: [56], examples: [] },
      { id: 'hours', figures: [0], examples: ['an hour'] },
    ],
    [{ id: 'causes', figures: [57], examples: ['a cause'] }],
  );
  expect(examples(found)).toBe(`\n${BANDS.causes.what}\n    a cause\n`);
});
