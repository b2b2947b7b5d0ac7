import type { ServiceAction, ServiceStatus } from '../../shared/control-api.ts';
import { UserError } from '../../shared/errors.ts';
import {
  COMMAND_ANSWER_TIMEOUT_MS,
  COMMAND_START_TIMEOUT_MS,
  EXIT_TIMEOUT_MS,
  LAST_LINES_TIMEOUT_MS,
  UP_TIMEOUT_MS,
} from '../../shared/timing.ts';
import { SerialQueue } from '../async/serial-queue.ts';
import type { Fleet } from '../fleet.ts';
import type { Log } from '../log/log.ts';
import type { Service } from './service.ts';

const QUEUE_TIMEOUTS = { startTimeoutMs: COMMAND_START_TIMEOUT_MS, answerTimeoutMs: COMMAND_ANSWER_TIMEOUT_MS };

/** An operator's commands to single services: one at a time per service, in the order in which they arrive. */
export class ServiceCommands {
  readonly #fleet: Fleet;
  readonly #log: Log;
  readonly #queues = new Map<string, SerialQueue>();

  constructor(fleet: Fleet, log: Log) {
    this.#fleet = fleet;
    this.#log = log;
  }

  /**
   * Runs a command and returns the status of the service after it. Each is answered within 18 s, however many there are.
   * @throws {UserError} `unknown-service`, `conflict`, `no-answer`
   */
  async run(name: string, action: ServiceAction): Promise<ServiceStatus> {
    const service = this.#fleet.service(name);
    const outcome = await this.#queueOf(name).run(async () => {
      await this.#perform(service, action);
      return this.#fleet.statusOf(service);
    });
    switch (outcome.kind) {
      case 'done':
        return outcome.value;
      case 'not-started':
        throw new UserError(
          'conflict',
          `${name}: ${action} was not done, other commands before it took too long; try again`,
        );
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

  async #perform(service: Service, action: ServiceAction): Promise<void> {
    const { name, process, state } = service;
    switch (action) {
      case 'start':
        if (process)
          throw new UserError('conflict', `${name}: is ${state} already; to start it again: restart ${name}`);
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

  /** The process writes until the instant from which it is down, so that its log ends where the timeline says. */
  async #stop(service: Service): Promise<void> {
    const { name, process, state } = service;
    this.#log.operation(`${name} is stopped on request${process ? `, pid ${process.pid}` : ''}`);
    service.markStopping();
    const version = await this.#fleet.markDown(service);
    const isFlushed = state === 'up' && (await process?.whenApplied(version, LAST_LINES_TIMEOUT_MS)) === 'applied';
    // A paused process has not written everything that was due: the rest is a gap.
    if (isFlushed && !this.#fleet.isPaused) service.markFlushed();
    process?.stop();
    await this.#whenStopped(service);
  }

  async #kill(service: Service): Promise<void> {
    const { name, process } = service;
    this.#log.operation(`${name} is killed on request, pid ${process?.pid}`);
    service.markStopping();
    process?.kill();
    await this.#fleet.markDown(service);
    await this.#whenStopped(service);
  }

  async #whenStopped(service: Service): Promise<void> {
    if (await service.whenState(['stopped'], EXIT_TIMEOUT_MS)) return;
    throw new UserError(
      'no-answer',
      `${service.name}: pid ${service.process?.pid} has not exited, not even after SIGKILL`,
    );
  }

  async #start(service: Service): Promise<void> {
    const { name } = service;
    if (this.#fleet.isStopping) throw new UserError('conflict', `${name}: is not started, the fleet is stopping`);
    if (!this.#fleet.isStarted) throw new UserError('conflict', `${name}: starts once the history is written`);
    service.resetFailures();
    service.spawn({ isAsked: true });
    const hasSettled = await service.whenState(['up', 'backing-off', 'failed', 'stopped'], UP_TIMEOUT_MS);
    if (service.state === 'up') return this.#fleet.whenApplied();
    const why = hasSettled ? (service.lastExit ?? service.state) : `not within ${UP_TIMEOUT_MS / 1000} s`;
    throw new UserError('no-answer', `${name}: did not come up: ${why}; the log says more`);
  }
}
