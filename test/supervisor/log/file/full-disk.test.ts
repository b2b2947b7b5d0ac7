import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FileSink } from '../../../../supervisor/log/file/file-sink.ts';
import { openLogFile } from '../../../../supervisor/log/file/log-file.ts';
import { RotatingFile } from '../../../../supervisor/log/file/rotating-file.ts';
import { recordedEvents } from '../../../tools/recorded-events.ts';
import { smallDisk } from '../../../tools/small-disk.ts';

const MAX_QUEUED_BYTES = 64 * 1024;

test.for([
  { how: 'without rotation', maxSize: 0 },
  { how: 'with rotation', maxSize: 20_000 },
])('a full disk $how: as many lines are missing as are logged, and no line is torn', async ({ maxSize }, { skip }) => {
  const disk = smallDisk(512);
  skip(disk === undefined, 'only root may mount a small disk');
  const directory = disk as string;
  const path = join(directory, 'app.log');
  const { events, logEvent, recovered } = recordedEvents();
  const open = () => RotatingFile.open({ path, open: () => openLogFile(path), maxSize, keep: 1000, logEvent });
  const sink = await FileSink.open({ open, logEvent, maxBytes: MAX_QUEUED_BYTES, retryMs: 10 });

  let count = 0;
  const writeLine = () => {
    const bytes = Buffer.from(`line ${count++} ${'€'.repeat(count % 40)}\n`);
    sink.write({ lines: 1, bytes, records: [] });
  };
  writeFileSync(join(directory, 'ballast'), Buffer.alloc(300 * 1024));
  while (events.length === 0) {
    for (let line = 0; line < 50; line++) writeLine();
    await sink.flushed();
  }
  for (let line = 0; line < 5_000; line++) writeLine();
  rmSync(join(directory, 'ballast'));
  await recovered;
  writeLine();
  expect(await sink.close()).toBe(0);

  const written = linesIn(directory);
  expect(written.every((line) => /^line \d+ €*$/.test(line))).toBe(true);
  const numbers = written.map((line) => Number(line.split(' ')[1]));
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  const lost = count - written.length;
  expect(lost).toBeGreaterThan(1_000);
  expect(events).toEqual([
    expect.stringMatching(/^WARNING Log file cannot be written, keeping lines and trying again: ENOSPC/),
    `ERROR Log file is written again, ${lost} lines were lost`,
  ]);
});

/** The lines of all files in the directory, the oldest first. */
function linesIn(directory: string): readonly string[] {
  const number = (name: string) => Number(name.slice('app.log.'.length)) || Number.POSITIVE_INFINITY;
  const names = readdirSync(directory).sort((a, b) => number(a) - number(b));
  const text = names.map((name) => readFileSync(join(directory, name), 'utf8')).join('');
  return text.split('\n').slice(0, -1);
}
