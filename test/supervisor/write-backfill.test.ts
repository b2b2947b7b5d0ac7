import { expect, test } from 'vitest';
import type { World } from '../../shared/world.ts';
import { Log } from '../../supervisor/log/log.ts';
import { type BackfillSource, writeBackfill } from '../../supervisor/write-backfill.ts';
import { CollectingSink } from '../tools/collecting-sink.ts';

const HOUR = 3_600_000;

const worldFrom = (at: number): World => ({ seed: 1, rate: 1, timeline: [{ at, ratios: {}, down: [] }] });

/** A backfill of one line per hour, interrupted after that many lines. */
function hourly(interruptAfter: number) {
  const interruption = new AbortController();
  const source: BackfillSource = {
    ms: 10 * HOUR,
    async *text(_, from, to, signal) {
      for (let at = from; at < to && !signal.aborted; at += HOUR) {
        const text = `${new Date(at).toISOString()} [INFO] [ApiService]: an hour\n`;
        yield { lines: 1, bytes: Buffer.from(text), until: Math.min(at + HOUR, to) };
        if (at + HOUR - from >= interruptAfter * HOUR) interruption.abort();
      }
    },
  };
  return { source, signal: interruption.signal };
}

async function write(interruptAfter: number, from: number, before: AbortSignal[] = []) {
  const sink = new CollectingSink();
  const { source, signal } = hourly(interruptAfter);
  const written = await writeBackfill(
    source,
    () => worldFrom(from),
    new Log([sink]),
    AbortSignal.any([signal, ...before]),
  );
  return { written, sink };
}

test('a complete backfill reaches to now', async () => {
  const from = Date.now() - 10 * HOUR;
  const { written, sink } = await write(Number.POSITIVE_INFINITY, from);
  expect(written).toMatchObject({ isComplete: true, lines: sink.lines.length, bytes: sink.text.length });
  expect(written.lines).toBeGreaterThanOrEqual(10);
  expect(Date.now() - written.until).toBeLessThan(HOUR);
});

test.each([1, 4])('a backfill that is interrupted after %i hours reports how far it got', async (hours) => {
  const from = Date.now() - 10 * HOUR;
  const { written, sink } = await write(hours, from);
  expect(written).toEqual({ isComplete: false, lines: hours, bytes: sink.text.length, until: from + hours * HOUR });
  expect(sink.lines).toHaveLength(hours);
});

test('a backfill that is interrupted before its first line writes nothing', async () => {
  const from = Date.now() - 10 * HOUR;
  const { written } = await write(1, from, [AbortSignal.abort()]);
  expect(written).toEqual({ isComplete: false, lines: 0, bytes: 0, until: from });
});
