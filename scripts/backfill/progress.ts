import { isatty } from 'node:tty';
import type { TimeRange } from '../../services/rendering/render-plan.ts';
import { formatCount } from './summary.ts';

/** Shows how far a backfill has got. */
export interface Progress {
  /**
   * @param reached instant before which everything is written, in ms since the epoch
   * @param lines written so far
   */
  show(reached: number, lines: number): void;
  /** Restores the terminal. */
  end(): void;
}

const NONE: Progress = { show() {}, end() {} };

const STDOUT_FD = 1;

/** A bar on stderr if that is a terminal and the lines do not go to one; otherwise nothing. */
export async function startProgress({ from, to }: TimeRange, writesToStdout: boolean): Promise<Progress> {
  if (!process.stderr.isTTY || (writesToStdout && isatty(STDOUT_FD))) return NONE;
  const { default: progress } = await import('cli-progress');
  const bar = new progress.SingleBar({
    format: '{bar} {percentage} % | {lines} lines, {speed}/s | {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: null,
    stream: process.stderr,
  });
  const start = performance.now();
  bar.start(to - from, 0, { lines: '0', speed: '0' });
  return {
    show(reached, lines) {
      const speed = (lines / (performance.now() - start)) * 1_000;
      bar.update(reached - from, { lines: formatCount(lines), speed: formatCount(speed) });
    },
    end: () => bar.stop(),
  };
}
