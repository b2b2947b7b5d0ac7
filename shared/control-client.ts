import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { ErrorAnswer, RatiosAnswer } from './control-api.ts';
import { isErrorCode, UserError } from './errors.ts';
import { withLogFileFlag } from './log-file-flag.ts';
import { controlSocketPath } from './paths.ts';
import type { ValidRatios } from './ratios.ts';
import { findFleet, type RegisteredFleet } from './registry/fleets.ts';
import { CONTROL_TIMEOUT_MS } from './timing.ts';

/** A request to the control API. */
export interface ControlRequest {
  readonly method: 'DELETE' | 'GET' | 'PATCH' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  /** How long the whole answer may take, in ms. Default 20,000: longer than any command of the fleet. */
  readonly timeoutMs?: number;
}

/**
 * The ratios of the fleet that writes `logFile`, an absolute path.
 * @throws {UserError} as `requestFleet`
 */
export function fetchRatios(logFile: string): Promise<RatiosAnswer> {
  return requestFleet<RatiosAnswer>(logFile, { method: 'GET', path: '/v1/ratios' });
}

/**
 * Changes the ratios of the named services in the fleet that writes `logFile`, an absolute path.
 * @returns the ratios of every service, once they are in effect
 * @throws {UserError} `unknown-service`, and as `requestFleet`
 */
export function changeRatios(logFile: string, ratios: ValidRatios): Promise<RatiosAnswer> {
  return requestFleet<RatiosAnswer>(logFile, { method: 'PATCH', path: '/v1/ratios', body: ratios });
}

/**
 * Sends a request to the fleet that writes `logFile`, an absolute path.
 * @throws {UserError} `no-fleet`, `not-permitted`, `no-answer`, or the code that the fleet answers with
 */
export async function requestFleet<Answer>(logFile: string, request: ControlRequest): Promise<Answer> {
  const fleet = findFleet(logFile);
  try {
    return await requestSocket<Answer>(fleet?.socketPath ?? controlSocketPath(logFile), request);
  } catch (error) {
    throw explain(error, logFile, fleet, request);
  }
}

/**
 * Sends a request to the fleet behind a control socket.
 * @throws {UserError} `no-answer`, or the code that the fleet answers with; connection errors as they come
 */
export async function requestSocket<Answer>(socketPath: string, request: ControlRequest): Promise<Answer> {
  const timeoutMs = request.timeoutMs ?? CONTROL_TIMEOUT_MS;
  // Not AbortSignal.timeout: its timer is unreferenced, so the process could exit before it fires.
  const abort = new AbortController();
  const { signal } = abort;
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    const { status, text } = await exchange(socketPath, request, signal);
    if (status >= 200 && status < 300) return JSON.parse(text) as Answer;
    throw errorFrom(status, text);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new UserError(
      'no-answer',
      `the fleet did not answer ${request.path} within ${timeoutMs / 1000} s; try again`,
    );
  } finally {
    clearTimeout(timer);
  }
}

async function exchange(
  socketPath: string,
  request: ControlRequest,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const { method, path } = request;
    httpRequest({ socketPath, method, path, headers, signal, agent: false }, resolve).on('error', reject).end(body);
  });
  response.setEncoding('utf8');
  let text = '';
  for await (const part of response) text += part;
  return { status: response.statusCode ?? 0, text };
}

function errorFrom(status: number, text: string): Error {
  const answer = readAnswer(text);
  if (answer && isErrorCode(answer.code)) return new UserError(answer.code, answer.message);
  return new Error(`the fleet answered with status ${status}: ${answer?.message ?? text.slice(0, 200)}`);
}

function readAnswer(text: string): ErrorAnswer | undefined {
  try {
    return JSON.parse(text) as ErrorAnswer;
  } catch {
    return undefined;
  }
}

/** The error for the user if the connection failed; any other error as it is. */
function explain(error: unknown, logFile: string, fleet: RegisteredFleet | undefined, request: ControlRequest) {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' && fleet) {
    const owner = `the fleet that writes ${logFile} (pid ${fleet.pid}) belongs to user ${fleet.uid}`;
    return new UserError('not-permitted', `${owner}; run the command as that user or as root`);
  }
  if (code === 'ENOENT' || code === 'ECONNREFUSED') {
    const command = withLogFileFlag('npm start', logFile);
    return new UserError('no-fleet', `no fleet writes to ${logFile}; start one with: ${command}`);
  }
  // The connection closed before the answer was complete; without a content length, its JSON is then truncated.
  if (code === 'ECONNRESET' || code === 'EPIPE' || error instanceof SyntaxError) {
    const problem = `the fleet that writes ${logFile} exited before it answered ${request.method} ${request.path}`;
    return new UserError('no-answer', `${problem}; look at the end of its log`);
  }
  return error;
}
