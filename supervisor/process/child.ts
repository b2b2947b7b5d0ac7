import { performance } from 'node:perf_hooks';
import { execaNode } from 'execa';
import type { ToService } from '../../shared/ipc.ts';
import type { ServiceProgram } from '../../shared/service-program.ts';
import { PIPE_CLOSE_TIMEOUT_MS, SIGKILL_DELAY_MS } from '../../shared/timing.ts';
import { StallTolerantTimeout } from '../async/stall-tolerant-timeout.ts';
import type { Exit } from './exit.ts';

/** A forked process with its pipes and its IPC channel. */
export class Child {
  /** Resolves once the process has exited and its pipes are closed; never rejects. */
  readonly closed: Promise<Pick<Exit, 'code' | 'signal' | 'error'>>;
  readonly #subprocess: ReturnType<typeof fork>;
  readonly #startedAt = performance.now();
  #sigkill: StallTolerantTimeout | undefined;

  constructor(program: ServiceProgram) {
    this.#subprocess = fork(program);
    this.closed = this.#waitUntilClosed();
  }

  get pid(): number | undefined {
    return this.#subprocess.pid;
  }

  get uptimeMs(): number {
    return performance.now() - this.#startedAt;
  }

  get stdout(): NodeJS.ReadableStream {
    return this.#subprocess.stdout;
  }

  get stderr(): NodeJS.ReadableStream {
    return this.#subprocess.stderr;
  }

  onMessage(callback: (message: unknown) => void): void {
    this.#subprocess.on('message', callback);
  }

  /** The process has exited; its pipes may still hold output. */
  onExit(callback: () => void): void {
    this.#subprocess.once('exit', callback);
  }

  /**
   * A channel that is broken means that the process is exiting, which is noticed anyway.
   * @param onSent called once the message is in the pipe, or cannot be sent
   */
  send(message: ToService, onSent: () => void = () => {}): void {
    if (this.#subprocess.connected) this.#subprocess.send(message, onSent);
    else onSent();
  }

  /** Sends SIGTERM, and SIGKILL if the process has not exited five seconds later. */
  terminate(): void {
    this.#subprocess.kill('SIGTERM');
    // A stopped process receives its SIGTERM only when it continues.
    this.#subprocess.kill('SIGCONT');
    this.#sigkill ??= new StallTolerantTimeout(SIGKILL_DELAY_MS, () => this.kill());
  }

  kill(): void {
    this.#subprocess.kill('SIGKILL');
  }

  async #waitUntilClosed(): Promise<Pick<Exit, 'code' | 'signal' | 'error'>> {
    const { stdout, stderr } = this.#subprocess;
    let pipes: StallTolerantTimeout | undefined;
    // The pipes stay open as long as another process has inherited them.
    this.onExit(() => {
      pipes = new StallTolerantTimeout(PIPE_CLOSE_TIMEOUT_MS, () => {
        stdout.destroy();
        stderr.destroy();
      });
    });
    const { exitCode, signal, originalMessage } = await this.#subprocess;
    this.#sigkill?.cancel();
    pipes?.cancel();
    return { code: exitCode, signal, error: originalMessage };
  }
}

function fork({ file, args, input }: ServiceProgram) {
  return execaNode(file, args, {
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    buffer: false,
    reject: false,
    cleanup: false,
    forceKillAfterDelay: false,
    encoding: 'buffer',
  });
}
