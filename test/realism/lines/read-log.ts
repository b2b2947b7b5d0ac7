import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { serviceNames } from '../../../services/index.ts';
import { CLI } from '../../tools/run.ts';

/** A log to be written by `npm run backfill`. What is left out has the default of that command. */
export interface LogSettings {
  readonly seed: number;
  /** First instant, in ms since the epoch. */
  readonly from: number;
  readonly hours: number;
  /** Lines per second of all services. */
  readonly rate: number;
  /** Bad lines in ten, of every service. */
  readonly ratio?: number;
}

/**
 * Calls `visit` with each line of a log, which is written by the command that a user would type, and read from a pipe.
 * @throws {Error} when the command fails
 */
export async function readLog(settings: LogSettings, visit: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, [CLI, ...argsOf(settings)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let messages = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (messages += text));
  const closed = once(child, 'close') as Promise<[number | null]>;
  try {
    await visitLines(child.stdout.setEncoding('utf8'), visit);
  } catch (error) {
    child.kill();
    await closed;
    throw error;
  }
  const [status] = await closed;
  if (status !== 0) throw new Error(`npm run backfill ended with ${status}: ${messages.trim()}`);
}

async function visitLines(texts: AsyncIterable<string>, visit: (line: string) => void): Promise<void> {
  let rest = '';
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) visit(line);
  }
  if (rest !== '') visit(rest);
}

function argsOf({ seed, from, hours, rate, ratio }: LogSettings): readonly string[] {
  const times = [from, from + hours * 3_600_000].map((time) => new Date(time).toISOString());
  const ratios = ratio === undefined ? [] : serviceNames.flatMap((name) => [`--${name}-ratio`, String(ratio)]);
  const world = ['--seed', String(seed), '--rate', String(rate), ...ratios];
  return ['backfill', '--from', times[0] as string, '--to', times[1] as string, ...world, '--output', '-'];
}
