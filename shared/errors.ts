/** The table of errors. Exit status 2: the command is wrong. Exit status 1: it is valid, but not possible now. */
export const ERRORS = {
  'bad-ratio': { exitStatus: 2, httpStatus: 400, meaning: 'a ratio that is not 0 to 10 in whole numbers or tenths' },
  'bad-option': {
    exitStatus: 2,
    httpStatus: 400,
    meaning: 'an option that is unknown, repeated, empty or out of range',
  },
  'unknown-service': { exitStatus: 2, httpStatus: 404, meaning: 'a service that this fleet does not have' },
  'unknown-incident-type': {
    exitStatus: 2,
    httpStatus: 404,
    meaning: 'an incident type that does not exist',
  },
  'unknown-target': { exitStatus: 2, httpStatus: 400, meaning: 'a target that the incident type does not have' },
  'unknown-incident': { exitStatus: 2, httpStatus: 404, meaning: 'an incident that this fleet does not have' },
  'bad-definition': {
    exitStatus: 2,
    httpStatus: 400,
    meaning: 'a module given with --service or --incidents that does not define what it should',
  },
  'bad-scenario': {
    exitStatus: 2,
    httpStatus: 400,
    meaning: 'a scenario that does not exist, or a file with mistakes in it',
  },
  'module-failed': {
    exitStatus: 1,
    httpStatus: 500,
    meaning: 'a module given with --service that ends its process or does not finish loading',
  },
  'bad-request': { exitStatus: 2, httpStatus: 400, meaning: 'a request to the control API with a wrong body or path' },
  'bad-output': {
    exitStatus: 2,
    httpStatus: 400,
    meaning: 'an output of a backfill that cannot be written, or a file that exists already',
  },
  'output-failed': {
    exitStatus: 1,
    httpStatus: 500,
    meaning: 'the output of a backfill could not be written completely, as on a full disk',
  },
  'log-file': { exitStatus: 1, httpStatus: 500, meaning: 'a log file that cannot be opened for writing' },
  'lines-lost': {
    exitStatus: 1,
    httpStatus: 500,
    meaning: 'the fleet has stopped, but its last lines could not be written',
  },
  'no-fleet': { exitStatus: 1, httpStatus: 503, meaning: 'no fleet writes to this log file' },
  'fleet-exists': { exitStatus: 1, httpStatus: 409, meaning: 'another fleet writes to this log file' },
  'socket-directory': {
    exitStatus: 1,
    httpStatus: 500,
    meaning: 'no directory for the control socket can be created',
  },
  'not-permitted': { exitStatus: 1, httpStatus: 403, meaning: 'the fleet belongs to another user' },
  'no-answer': { exitStatus: 1, httpStatus: 504, meaning: 'a service or the fleet did not answer in time' },
  conflict: {
    exitStatus: 1,
    httpStatus: 409,
    meaning: 'the service or incident is not in a state in which this can be done',
  },
} as const satisfies Record<string, { exitStatus: 1 | 2; httpStatus: number; meaning: string }>;

/** The codes of `ERRORS`. */
export type ErrorCode = keyof typeof ERRORS;

/**
 * A mistake or a situation that the user can fix. Its message is one line that names what is wrong, shows the bad value
 * and says what to type instead; it is printed without a stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  get exitStatus(): 1 | 2 {
    return ERRORS[this.code].exitStatus;
  }
}

/** True for a key of `ERRORS`. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERRORS, code);
}
