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

export const catalog = await loadCatalog();

export const world = steadyWorld(serviceNames, 2, { rate: 40 });
export const dueLines = (from: number, to: number, of: World = world) =>
  new Simulation(catalog, of).linesBetween('api', from, to);

/**
 * @param costMs how long it takes to write a line
 * @param answerMs how long the supervisor takes to answer
 */
export function liveApi(costMs = 0, answerMs = 1) {
  const written: LogRecord[] = [];
  const at: number[] = [];
  const sent: FromService[] = [];
  /** Offsets of the clock, each with how many lines were written before. */
  const marks: { ms: number; lines: number }[] = [];
  let flushed = 0;
  const output = {
    get lines() {
      return written.length;
    },
    add: (time: number, { level, service, fields, message }: RenderedLine) => {
      at.push(Date.now() - time);
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
  return { service, written, sent, marks, lateness: at };
}

/** Has it leave, and returns when it has. */
export function leave(service: LiveService): void {
  const left = vi.fn();
  service.stop(left);
  vi.advanceTimersByTime(2);
  expect(left).toHaveBeenCalledOnce();
}
