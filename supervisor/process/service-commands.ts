import type { ServiceAction, ServiceStatus } from '../../shared/control-api.ts';
import { UserError } from '../../shared/errors.ts';
import { SerialQueue } from '../async/serial-queue.ts';
import type { Fleet } from '../fleet.ts';
import type { Log } from '../log/log.ts';
import type { Service } from './service.ts';

/** How long a process has to write its last lines before it is asked to leave, in ms. */
const LAST_LINES_TIMEOUT_MS = 1_000;

/** How long a process may take to end, and to come up, in ms. */
const END_TIMEOUT_MS = 7_000;
const UP_TIMEOUT_MS = 10_000;

/** How long a command may wait for those before it, and until it is answered, in ms: sooner than a client gives up. */
const QUEUE_TIMEOUTS = { startTimeoutMs: 8_000, answerTimeoutMs: 18_000 } as const;

/** What an operator does to single services: one command a service at a time, in the order given. */
export class ServiceCommands {
  readonly #fleet: Fleet;
  readonly #log: Log;
  readonly #queues = new Map<string, SerialQueue>();

  constructor(fleet: Fleet, log: Log) {
    this.#fleet = fleet;
    this.#log = log;
  }

  /**
   * Does it, and returns how the service then stands. However many commands come, each has its answer in 18 s.
   * @throws {UserError} `unknown-service`, `conflict`, `no-answer`
   */
  async run(name: string, action: ServiceAction): Promise<ServiceStatus> {
    const service = this.#fleet.service(name);
    const outcome = await this.#queueOf(name).run(async () => {
      await this.#do(service, action);
      return this.#fleet.statusOf(service);
    });
    switch (outcome.kind) {
      case 'done':
        return outcome.value;
      case 'not-begun':
        throw new UserError('conflict', `${name}: not done, for other commands came before this ${action}; try again`);
      case 'unfinished':
        throw new UserError('no-answer', `${name}: ${action} is still going on; look at: npm run services`);
      default:
        return outcome satisfies never;
    }
  }

  #queueOf(name: string): SerialQueue {
    const queue = this.#queues.get(name) ?? new SerialQueue(QUEUE_TIMEOUTS);
    this.#queues.set(name, queue);
    return queue;
  }

  async #do(service: Service, action: ServiceAction): Promise<void> {
    const { name, process, state } = service;
    switch (action) {
      case 'start':
        if (process) throw new UserError('conflict', `${name}: is ${state} already; to start it anew: restart ${name}`);
        return this.#start(service);
      case 'stop':
        if (state === 'stopped') throw new UserError('conflict', `${name}: is stopped already`);
        return this.#stop(service);
      case 'restart':
        if (state !== 'stopped') await this.#stop(service);
        return this.#start(service);
      case 'kill':
        if (!process) throw new UserError('conflict', `${name}: is ${state}, there is no process to kill`);
        await this.#kill(service);
        return this.#start(service);
      default:
        return action satisfies never;
    }
  }

  /** It writes until the instant from which it is down, so that its log ends where the timeline says. */
  async #stop(service: Service): Promise<void> {
    const { name, process, state } = service;
    this.#log.event('INFO', `${name} is stopped on request${process ? `, pid ${process.pid}` : ''}`);
    service.markStopping();
    const version = await this.#fleet.markDown(service);
    const isComplete = state === 'up' && (await process?.whenApplied(version, LAST_LINES_TIMEOUT_MS)) === 'applied';
    // One that is paused has not written all that was due: what it owes is a gap.
    if (isComplete && !this.#fleet.isPaused) service.markFlushed();
    process?.stop();
    await this.#ended(service);
  }

  async #kill(service: Service): Promise<void> {
    const { name, process } = service;
    this.#log.event('INFO', `${name} is killed on request, pid ${process?.pid}`);
    service.markStopping();
    process?.kill();
    await this.#fleet.markDown(service);
    await this.#ended(service);
  }

  async #ended(service: Service): Promise<void> {
    if (await service.observableState.waitFor(['stopped'], END_TIMEOUT_MS)) return;
    throw new UserError('no-answer', `${service.name}: pid ${service.process?.pid} has not ended, not even by SIGKILL`);
  }

  async #start(service: Service): Promise<void> {
    const { name, observableState } = service;
    if (this.#fleet.isStopping) throw new UserError('conflict', `${name}: is not started, the fleet is stopping`);
    if (!this.#fleet.isStarted) throw new UserError('conflict', `${name}: starts once the history is written`);
    service.resetFailures();
    service.spawn();
    const settled = await observableState.waitFor(['up', 'backing-off', 'failed', 'stopped'], UP_TIMEOUT_MS);
    if (service.state === 'up') return this.#fleet.confirm();
    const why = settled ? (service.lastExit ?? service.state) : `not within ${UP_TIMEOUT_MS / 1000} s`;
    throw new UserError('no-answer', `${name}: did not come up: ${why}; the log says more`);
  }
}
