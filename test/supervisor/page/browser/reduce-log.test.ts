import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../../../supervisor/page/browser/log/log-row.ts';
import { toRow } from '../../../../supervisor/page/browser/log/log-row.ts';
import { showControls } from '../../../../supervisor/page/browser/log/show-controls.ts';
import type { PageEvent } from '../../../../supervisor/page/browser/state/page-event.ts';
import { MOST_ROWS } from '../../../../supervisor/page/browser/state/reduce-tail.ts';
import { stateAfter } from './state.ts';

const LINE =
  '2026-11-01T00:03:01.520Z [ERROR] [PaymentService]: Authorization failed request_id=req_c6ee5626 user=u_1679';

const tail = (lines: readonly string[], skipped = 0): PageEvent => ({ type: 'tail-lines', lines: { lines, skipped } });
const texts = (rows: readonly LogRow[] | null | undefined) => rows?.map(({ message }) => message);
const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => String(from + index));

describe('a row', () => {
  test('has the parts of its line', () => {
    expect(toRow(7, LINE)).toEqual({
      id: 7,
      time: '2026-11-01T00:03:01.520Z',
      level: 'ERROR',
      service: 'PaymentService',
      message: 'Authorization failed request_id=req_c6ee5626 user=u_1679',
      requestId: 'req_c6ee5626',
      skipped: 0,
    });
  });

  test('of another form is its text', () => {
    expect(toRow(0, '<b>not a line</b>')).toMatchObject({ level: null, message: '<b>not a line</b>', requestId: null });
  });

  test.each([
    ['an ANSI sequence', 'a\u001b[31mb', 'a\\u001b[31mb'],
    ['a null', '\u0000', '\\u0000'],
    ['C1 controls', '\u009b31m', '\\u009b31m'],
    ['a right-to-left override', 'exe\u202egnp', 'exe\\u202egnp'],
    ['isolates', '\u2066x\u2069', '\\u2066x\\u2069'],
    ['marks', '\u200e\u200f\u061c', '\\u200e\\u200f\\u061c'],
    ['zero-width spaces', 'a\u200bb\ufeff', 'a\\u200bb\\ufeff'],
    ['tags', '\u{e0041}', '\\u{e0041}'],
    ['line ends', 'a\nb\u2028c', 'a\\u000ab\\u2028c'],
    ['text of any script', 'שלום 🙂 é', 'שלום 🙂 é'],
    ['markup, which stays text', '<script>alert(1)</script>&amp;', '<script>alert(1)</script>&amp;'],
  ])('shows %s harmlessly', (_, text, expected) => {
    expect(showControls(text)).toBe(expected);
  });
});

describe('the live log', () => {
  test('keeps the latest rows, each with an id of its own', () => {
    const { rows } = stateAfter(tail(numbered(0, 400)), tail(numbered(400, 800))).tail;
    expect(texts(rows)).toEqual(numbered(800 - MOST_ROWS, 800));
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: MOST_ROWS }, (_, index) => 800 - MOST_ROWS + index));
  });

  test('shows where lines were left out, and how many', () => {
    const { rows, skipped } = stateAfter(tail(['a']), tail(['b'], 2_310), tail(['c'], 5)).tail;
    expect(rows.map((row) => row.skipped || row.message)).toEqual(['a', 2_310, 'b', 5, 'c']);
    expect(skipped).toBe(2_315);
  });

  test('thins out what is only a sample', () => {
    const { rows, skipped } = stateAfter(tail(numbered(0, 300), 2_000)).tail;
    expect(rows.map((row) => row.skipped || row.message)).toEqual([2_220, ...numbered(220, 300)]);
    expect(skipped).toBe(2_220);
    expect(stateAfter(tail(numbered(0, 300))).tail.rows).toHaveLength(300);
  });

  test('stands still while it is paused, and then goes on with the latest', () => {
    const paused = stateAfter(tail(['a']), { type: 'tail-paused' }, tail(['b']));
    expect(texts(paused.tail.frozen)).toEqual(['a']);
    expect(
      texts(stateAfter(tail(['a']), { type: 'tail-paused' }, { type: 'tail-paused' }, tail(['b'])).tail.frozen),
    ).toEqual(['a']);
    const { frozen, rows } = stateAfter(tail(['a']), { type: 'tail-paused' }, tail(['b']), {
      type: 'tail-resumed',
    }).tail;
    expect(frozen).toBeNull();
    expect(texts(rows)).toEqual(['a', 'b']);
  });

  test('does not lose what is paused to a reconnection', () => {
    const { frozen, rows } = stateAfter(
      tail(['a']),
      { type: 'tail-paused' },
      { type: 'tail-opened' },
      tail(['c']),
    ).tail;
    expect([texts(frozen), texts(rows)]).toEqual([['a'], ['c']]);
  });

  test('begins again with another filter or connection; ids go on', () => {
    for (const event of [{ type: 'tail-opened' }, { type: 'tail-filter', filter: { text: 'x' } }] as const) {
      const { rows, skipped } = stateAfter(tail(['a', 'b'], 3), event, tail(['c'])).tail;
      expect([texts(rows), skipped, rows[0]?.id]).toEqual([['c'], 0, 3]);
    }
  });
});

describe('the story of a request', () => {
  const line = (ms: number, text: string) => `2026-11-01T00:03:01.${ms}Z [INFO] [ApiService]: ${text} request_id=req_1`;
  const opened: PageEvent = { type: 'story-opened', requestId: 'req_1' };
  const lines = (...texts: string[]): PageEvent => ({ type: 'story-lines', lines: texts });

  test('is in order of time', () => {
    const { story } = stateAfter(opened, lines(line(300, 'b'), line(200, 'a')), lines(line(250, 'x')));
    expect(story?.rows.map(({ time }) => time.slice(-4))).toEqual(['200Z', '250Z', '300Z']);
  });

  test('begins again with each connection', () => {
    const events = [opened, lines(line(300, 'b')), { type: 'story-connected' } as const, lines(line(300, 'b'))];
    expect(stateAfter(...events).story?.rows).toHaveLength(1);
  });

  test('is closed', () => {
    expect(stateAfter(opened, { type: 'story-closed' }).story).toBeNull();
    expect(stateAfter(lines(line(300, 'late'))).story).toBeNull();
  });
});
