import type { ErrorCode } from './errors.ts';
import type { Ratios } from './ratios.ts';

/** State of a service, as an operator sees it. */
export type ServiceState = 'starting' | 'up' | 'backing-off' | 'failed' | 'stopping' | 'stopped' | 'unresponsive';

/** The actions on one service, as in `POST /v1/services/NAME/ACTION`. */
export const SERVICE_ACTIONS = ['restart', 'kill', 'stop', 'start'] as const;

/** An action on one service: `kill` is SIGKILL, followed by the supervised restart. */
export type ServiceAction = (typeof SERVICE_ACTIONS)[number];

/** Answer of `POST /v1/services/NAME/ACTION`, and one entry of `GET /v1/services`. */
export interface ServiceStatus {
  /** Short name: `api`. */
  readonly name: string;
  /** Name in the log: `ApiService`. */
  readonly logName: string;
  readonly state: ServiceState;
  readonly pid: number | null;
  /** How long its current process has been running, in ms. */
  readonly uptimeMs: number | null;
  readonly restarts: number;
  /** Bad lines in ten, in effect now: what incidents make of the ratio that was set. */
  readonly ratio: number;
  /** Lines since the fleet started. */
  readonly lines: number;
  /** Lines since its ratio last changed. */
  readonly linesSinceChange: number;
  /** Bad lines since its ratio last changed. */
  readonly badSinceChange: number;
  /** Time of the next start, in ms since the Unix epoch, while it is backing off. */
  readonly nextTryAt: number | null;
  /** How its last process exited, if unexpectedly: `exit code 1`, `signal SIGKILL`. */
  readonly lastExit: string | null;
}

/** Answer of `GET` and `PATCH /v1/ratios`. */
export interface RatiosAnswer {
  /** As they were set. */
  readonly ratios: Ratios;
  /** What incidents make of them now, in hundredths. */
  readonly inEffect: Ratios;
}

/** Answer of `GET /v1/services`. */
export interface ServicesAnswer {
  /** Process id of the supervisor. */
  readonly pid: number;
  readonly logFile: string;
  readonly services: readonly ServiceStatus[];
  /** Link of the control page, with its token; missing without a page. */
  readonly page?: string;
}

/** Answer of `POST /v1/shutdown`, sent once every service has exited and every line is written. */
export interface ShutdownAnswer {
  /** Process id of the supervisor, which is about to exit. */
  readonly pid: number;
  /** Lines that could not be written to the log file. */
  readonly missingLines: number;
}

/** Body of every answer with a status other than 2xx. */
export interface ErrorAnswer {
  readonly code: ErrorCode | 'internal';
  readonly message: string;
}
