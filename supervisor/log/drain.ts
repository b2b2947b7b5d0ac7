import { performance } from 'node:perf_hooks';
import { Deferred } from '../async/deferred.ts';

/** What is going on still, and how far it has come. */
export interface Work {
  readonly running: Promise<void> | undefined;
  readonly done: number;
}

/** Waits for the end of the work for as long as it advances: no longer than `idleMs` while it does not, nor `inAllMs`. */
export async function drainWithTimeout(work: () => Work, idleMs: number, totalMs: number): Promise<void> {
  const end = performance.now() + totalMs;
  let before: number;
  do {
    before = work().done;
    const late = new Deferred<void>().withTimeout(idleMs, undefined);
    void Promise.resolve(work().running).then(() => late.resolve());
    await late.promise;
  } while (work().running && work().done > before && performance.now() < end);
}
