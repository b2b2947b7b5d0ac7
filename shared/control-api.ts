import type { ErrorCode } from './errors.ts';
import type { Ratios } from './ratios.ts';

/** Where a service stands, as an operator sees it. */
export type ServiceState = 'starting' | 'up' | 'backing-off' | 'failed' | 'stopping' | 'stopped' | 'unresponsive';

export const SERVICE_ACTIONS = ['restart', 'kill', 'stop', 'start'] as const;

/** What can be done to one service: `kill` is SIGKILL, then the supervised restart. */
export type ServiceAction = (typeof SERVICE_ACTIONS)[number];

export interface ServiceStatus {
  /** Short name: `api`. */
  readonly name: string;
  /** Name in the log: `ApiService`. */
  readonly logName: string;
  readonly state: ServiceState;
  readonly pid: number | null;
  /** How long its present process has been running, in ms. */
  readonly uptimeMs: number | null;
  readonly restarts: number;
  /** Bad lines in ten, as set. */
  readonly ratio: number;
  /** Lines since the fleet started. */
  readonly lines: number;
  /** Lines since its ratio last changed. */
  readonly linesSinceChange: number;
  /** Bad ones among them. */
  readonly badSinceChange: number;
  /** Instant of the next try, in ms since the Unix epoch, while it is backing off. */
  readonly nextTryAt: number | null;
  /** How its last process ended when nobody had asked for it: `exit code 1`, `signal SIGKILL`. */
  readonly lastExit: string | null;
}

/** Answer of `GET` and `PATCH /v1/ratios`. */
export interface RatiosAnswer {
  readonly ratios: Ratios;
}

/** Answer of `GET /v1/services`. */
export interface ServicesAnswer {
  /** Process id of the supervisor. */
  readonly pid: number;
  readonly logFile: string;
  readonly services: readonly ServiceStatus[];
}

/** Answer of `POST /v1/shutdown`, given once every service has ended and every line is written. */
export interface ShutdownAnswer {
  /** Process id of the supervisor, which is about to leave. */
  readonly pid: number;
  /** Lines that could not be written to the log file. */
  readonly missingLines: number;
}

/** Body of every answer that is no 2xx. */
export interface ErrorAnswer {
  readonly code: ErrorCode | 'internal';
  readonly message: string;
}
