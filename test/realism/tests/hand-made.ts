import { expect } from 'vitest';
import type { Level } from '../../../shared/record.ts';
import type { MeasureId } from '../bands.ts';
import { type LogLine, readLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';

const START = Date.parse('2026-11-03T00:00:00Z');

interface Fields {
  /** In s since midnight. Default: 0. */
  readonly at?: number;
  /** Default: INFO. */
  readonly level?: Level;
  /** Default: PaymentService. */
  readonly service?: string;
  readonly request?: string;
  readonly user?: string;
}

/** A line of the log. */
export function line(
  message: string,
  { at = 0, level = 'INFO', service = 'PaymentService', request, user }: Fields = {},
): LogLine {
  const stamp = new Date(START + at * 1000).toISOString();
  const fields = request === undefined ? '' : ` request_id=req_${request}${user === undefined ? '' : ` user=${user}`}`;
  const parsed = readLine(`${stamp} [${level}] [${service}]: ${message}${fields}`);
  if (!parsed) throw new Error(`no record: ${message}`);
  return parsed;
}

/** What a measure finds in a log of these lines. */
export function findingIn(id: MeasureId, measure: Measure, lines: Iterable<LogLine>): Finding {
  for (const next of lines) measure.observe(next);
  const finding = measure.findings().find((candidate) => candidate.id === id);
  expect(finding, id).toBeDefined();
  return finding as Finding;
}

/** Its figures. */
export function figuresIn(id: MeasureId, measure: Measure, lines: Iterable<LogLine>): readonly number[] {
  return findingIn(id, measure, lines).figures;
}
