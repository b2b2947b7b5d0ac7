import { Worker } from 'node:worker_threads';
import type { RenderedSlice, RenderedText, WorkerTask } from './rendered-slice.ts';
import type { Slice } from './slices.ts';

interface Assignment {
  readonly slice: Slice;
  readonly resolve: (rendered: RenderedSlice) => void;
  readonly reject: (reason: unknown) => void;
}

/** V8's young generation per worker, in MB: by default it would be 48, and no faster. */
const YOUNG_GENERATION_MB = 12;

/** Worker threads that render slices, each one at a time. They are started when there is work for them. */
export class WorkerPool {
  readonly #task: WorkerTask;
  readonly #maxWorkers: number;
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Assignment>();
  readonly #waiting: Assignment[] = [];
  #terminated: { readonly reason: unknown } | undefined;

  constructor(task: WorkerTask, maxWorkers: number) {
    this.#task = task;
    this.#maxWorkers = maxWorkers;
  }

  /** Rejects when any worker fails or the pool is terminated before a worker has rendered the slice. */
  render(slice: Slice): Promise<RenderedSlice> {
    return new Promise((resolve, reject) => {
      if (this.#terminated) {
        reject(this.#terminated.reason);
        return;
      }
      this.#waiting.push({ slice, resolve, reject });
      this.#assign();
    });
  }

  /** Ends every worker at once, whatever it is doing, and rejects what is not done. */
  async terminate(reason: unknown): Promise<void> {
    this.#terminated ??= { reason };
    for (const { reject } of [...this.#busy.values(), ...this.#waiting.splice(0)]) reject(reason);
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
    if (this.#workers.size >= this.#maxWorkers) return undefined;
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: this.#task,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    this.#workers.add(worker);
    worker.on('message', (rendered: RenderedText) => this.#onRendered(worker, rendered));
    worker.on('error', (error) => this.terminate(error));
    worker.on('exit', (code) => this.terminate(new Error(`A worker ended with exit code ${code}`)));
    return worker;
  }

  #onRendered(worker: Worker, rendered: RenderedText): void {
    const assignment = this.#busy.get(worker);
    // None when the pool was terminated meanwhile.
    if (!assignment) return;
    this.#busy.delete(worker);
    this.#idle.push(worker);
    assignment.resolve({ ...rendered, slice: assignment.slice });
    this.#assign();
  }
}
