import { Worker } from 'node:worker_threads';
import type { RenderedSlice, RenderedText, WorkerTask } from './rendered-slice.ts';
import type { Slice } from './slices.ts';

interface Assignment {
  readonly slice: Slice;
  readonly done: (rendered: RenderedSlice) => void;
  readonly failed: (reason: unknown) => void;
}

/** Of the memory for what lives shortly, in MB: by default it would be 48, and no faster. */
const YOUNG_GENERATION_MB = 12;

/** Worker threads that render slices, each one at a time. They are started when there is work for them. */
export class WorkerPool {
  readonly #task: WorkerTask;
  readonly #size: number;
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Assignment>();
  readonly #waiting: Assignment[] = [];
  #closed: { readonly reason: unknown } | undefined;

  /** @param size most workers at a time */
  constructor(task: WorkerTask, size: number) {
    this.#task = task;
    this.#size = size;
  }

  /** Resolves when a worker has rendered the slice; rejects when one has died or the crew is dismissed before. */
  render(slice: Slice): Promise<RenderedSlice> {
    return new Promise((done, failed) => {
      this.#waiting.push({ slice, done, failed });
      if (this.#closed) this.terminate(this.#closed.reason);
      else this.#assign();
    });
  }

  /** Ends every worker at once, whatever it does, and rejects what is not done. */
  async terminate(reason: unknown): Promise<void> {
    this.#closed ??= { reason };
    for (const { failed } of [...this.#busy.values(), ...this.#waiting.splice(0)]) failed(reason);
    this.#busy.clear();
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#idle.pop() ?? this.#spawnWorker();
      if (!worker) return;
      const assignment = this.#waiting.shift() as Assignment;
      this.#busy.set(worker, assignment);
      worker.postMessage(assignment.slice);
    }
  }

  #spawnWorker(): Worker | undefined {
    if (this.#workers.size >= this.#size) return undefined;
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: this.#task,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    this.#workers.add(worker);
    worker.on('message', (rendered: RenderedText) => this.#onResult(worker, rendered));
    worker.on('error', (error) => this.terminate(error));
    worker.on('exit', (code) => this.terminate(new Error(`A worker ended with exit code ${code}`)));
    return worker;
  }

  #onResult(worker: Worker, rendered: RenderedText): void {
    const assignment = this.#busy.get(worker);
    this.#busy.delete(worker);
    if (!assignment) return;
    this.#idle.push(worker);
    assignment.done({ ...rendered, slice: assignment.slice });
    this.#assign();
  }
}
