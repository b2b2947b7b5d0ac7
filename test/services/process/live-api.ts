import { expect, vi } from 'vitest';
import { serviceNames } from '../../../services/index.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { LiveService } from '../../../services/process/live-service.ts';
import type { RenderedLine } from '../../../services/simulation/line-renderer.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import type { FromService } from '../../../shared/ipc.ts';
import type { LogRecord } from '../../../shared/record.ts';
import type { World } from '../../../shared/world.ts';
import { steadyWorld } from '../worlds.ts';

/** The catalog of the five built-in services. */
export const catalog = await loadCatalog();

/** A world with a ratio of 2 and 40 lines a second. */
export const world = steadyWorld(serviceNames, 2, { rate: 40 });
/** The lines of the api service that are due from one instant until before another. */
export const dueLines = (from: number, to: number, inWorld: World = world) =>
  new Simulation(catalog, inWorld).linesBetween('api', from, to);

/**
 * A live api service whose output and messages are recorded. `lateness` is how long after its time each line was written,
 * in ms.
 * @param costMs how long it takes to write a line
 * @param answerMs how long the supervisor takes to answer `resync`
 */
export function liveApi(costMs = 0, answerMs = 1) {
  const written: LogRecord[] = [];
  const lateness: number[] = [];
  const sent: FromService[] = [];
  /** Clock offsets, each with the number of lines written before. */
  const marks: { ms: number; lines: number }[] = [];
  let flushed = 0;
  const output = {
    get lines() {
      return written.length;
    },
    add: (time: number, { level, service, fields, message }: RenderedLine) => {
      lateness.push(Date.now() - time);
      written.push({ level, time, service, ...fields, msg: message } as unknown as LogRecord);
    },
    setClockOffset: (ms: number) => {
      marks.push({ ms, lines: written.length });
    },
    flush: () => {
      vi.setSystemTime(Date.now() + costMs * (written.length - flushed));
      flushed = written.length;
    },
  };
  const service: LiveService = new LiveService('api', catalog, output, (message) => {
    sent.push(message);
    if (message.type === 'resync') setTimeout(() => service.onResynced(), answerMs);
  });
  return { service, written, sent, marks, lateness };
}

/** Stops the service, and returns when it has stopped. */
export function stop(service: LiveService): void {
  const onStopped = vi.fn();
  service.stop(onStopped);
  vi.advanceTimersByTime(2);
  expect(onStopped).toHaveBeenCalledOnce();
}
