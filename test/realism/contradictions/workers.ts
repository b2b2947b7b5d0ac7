import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';
import { WORKER_KILLED, WORKER_REPLACED } from '../words.ts';
import { Tally } from './tally.ts';

/** A worker that was killed is replaced within this time, and no other of its pod is killed before that; in ms. */
const REPLACED_WITHIN_MS = 30_000;

/** A pod whose worker was killed gets another. */
export class Workers implements Measure {
  readonly #tally = new Tally('killedWorkers');
  /** Of pods that lack a worker, when it was killed. */
  readonly #killed = new Map<string, number>();

  observe({ time, message }: LogLine): void {
    for (const [pod, at] of this.#killed) if (time - at > REPLACED_WITHIN_MS) this.#contradict(pod, 'not replaced');
    const killed = WORKER_KILLED.exec(message)?.[1];
    const replaced = WORKER_REPLACED.exec(message)?.[1];
    if (replaced !== undefined && !this.#killed.delete(replaced))
      this.#tally.contradiction(`${message} (none was killed)`);
    if (killed === undefined) return;
    this.#tally.case();
    if (this.#killed.has(killed)) this.#contradict(killed, 'killed again');
    this.#killed.set(killed, time);
  }

  findings(): readonly Finding[] {
    return [this.#tally.finding()];
  }

  #contradict(pod: string, how: string): void {
    this.#killed.delete(pod);
    this.#tally.contradiction(`worker of ${pod} killed, ${how}`);
  }
}
