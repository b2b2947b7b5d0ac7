import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { RotatingFile, type RotatingFileOptions } from '../../supervisor/log/file/rotating-file.ts';
import { FaultyRotationFs } from './faulty-rotation-fs.ts';
import { recordedEvents } from './recorded-events.ts';
import { temporaryDirectory } from './temporary.ts';

/** A rotating file in a directory of its own, where the files of `before` exist already. */
export async function openRotating(
  { before = {}, ...options }: Partial<RotatingFileOptions> & { readonly before?: Readonly<Record<string, string>> },
  directory = temporaryDirectory(),
) {
  for (const [name, text] of Object.entries(before)) writeFileSync(path.join(directory, name), text);
  const { events, logEvent } = recordedEvents();
  const fs = new FaultyRotationFs();
  const clock = { ms: 0 };
  const file = options.path ?? path.join(directory, 'app.log');
  const log = await RotatingFile.open({
    path: file,
    open: () => fs.open(file),
    maxSize: 10,
    keep: 3,
    logEvent,
    fs,
    now: () => clock.ms,
    ...options,
  });
  onTestFinished(() => log.close());
  return { log, fs, events, clock, directory, files: () => filesIn(directory) };
}

/** The texts of the files in the directory, by name. */
export function filesIn(directory: string): Record<string, string> {
  const names = readdirSync(directory).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(directory, name), 'utf8')]));
}

/** Writes all of the text, as the sink does. */
export async function write(log: RotatingFile, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length; ) offset = await log.append(bytes, offset);
}
