import { expect, test } from 'vitest';
import type { World } from '../../shared/world.ts';
import { type BackfillSource, writeBackfill } from '../../supervisor/backfill.ts';
import { Log } from '../../supervisor/log/log.ts';
import { CollectingSink } from '../tools/collecting-sink.ts';

const HOUR = 3_600_000;

const worldFrom = (at: number): World => ({ seed: 1, rate: 1, timeline: [{ at, ratios: {}, down: [] }] });

/** A past of one line an hour, which is interrupted once so many of them are taken. */
function hourly(interruptAfter: number) {
  const interruption = new AbortController();
  const past: BackfillSource = {
    ms: 10 * HOUR,
    async *text(_, from, to, signal) {
      for (let at = from; at < to && !signal.aborted; at += HOUR) {
        const text = `${new Date(at).toISOString()} [INFO] [ApiService]: an hour\n`;
        yield { lines: 1, bytes: Buffer.from(text), until: Math.min(at + HOUR, to) };
        if (at + HOUR - from >= interruptAfter * HOUR) interruption.abort();
      }
    },
  };
  return { past, signal: interruption.signal };
}

async function write(interruptAfter: number, begin: number, before: AbortSignal[] = []) {
  const sink = new CollectingSink();
  const { past, signal } = hourly(interruptAfter);
  const written = await writeBackfill(
    past,
    () => worldFrom(begin),
    new Log([sink]),
    AbortSignal.any([signal, ...before]),
  );
  return { written, sink };
}

test('the whole past reaches to now', async () => {
  const begin = Date.now() - 10 * HOUR;
  const { written, sink } = await write(Number.POSITIVE_INFINITY, begin);
  expect(written).toMatchObject({ isWhole: true, lines: sink.lines.length, bytes: sink.text.length });
  expect(written.lines).toBeGreaterThanOrEqual(10);
  expect(Date.now() - written.until).toBeLessThan(HOUR);
});

test.each([1, 4])('a past that is cut short after %i hours says so, and reaches so far', async (hours) => {
  const begin = Date.now() - 10 * HOUR;
  const { written, sink } = await write(hours, begin);
  expect(written).toEqual({ isWhole: false, lines: hours, bytes: sink.text.length, until: begin + hours * HOUR });
  expect(sink.lines).toHaveLength(hours);
});

test('a past that is cut short before its first line reaches nowhere', async () => {
  const begin = Date.now() - 10 * HOUR;
  const { written } = await write(1, begin, [AbortSignal.abort()]);
  expect(written).toEqual({ isWhole: false, lines: 0, bytes: 0, until: begin });
});
