import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { RotatingFile, type RotatingFileOptions } from '../../supervisor/log/file/rotating-file.ts';
import { FaultyRotation } from './faulty-rotation.ts';
import { temporaryDirectory } from './temporary.ts';

/** A rotating file in a directory of its own, in which `before` is there already. */
export async function openRotating(
  { before = {}, ...options }: Partial<RotatingFileOptions> & { readonly before?: Readonly<Record<string, string>> },
  directory = temporaryDirectory(),
) {
  for (const [name, text] of Object.entries(before)) writeFileSync(path.join(directory, name), text);
  const told: string[] = [];
  const disk = new FaultyRotation();
  const clock = { ms: 0 };
  const log = await RotatingFile.open({
    path: path.join(directory, 'app.log'),
    maxSize: 10,
    keep: 3,
    notify: (level, message) => told.push(`${level} ${message}`),
    disk,
    now: () => clock.ms,
    ...options,
  });
  onTestFinished(() => log.close());
  return { log, disk, told, clock, directory, files: () => filesIn(directory) };
}

/** What is in the directory, by name. */
export function filesIn(directory: string): Record<string, string> {
  const names = readdirSync(directory).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(directory, name), 'utf8')]));
}

/** As the sink does it. */
export async function write(log: RotatingFile, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length; ) offset = await log.append(bytes, offset);
}
