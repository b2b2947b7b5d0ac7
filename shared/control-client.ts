import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { ErrorAnswer } from './control-api.ts';
import { isErrorCode, UserError } from './errors.ts';
import { withLogFileFlag } from './log-file-flag.ts';
import { controlSocketPath, resolveLogFile } from './paths.ts';
import { findFleet, type RegisteredFleet } from './registry/fleets.ts';
import { CONTROL_TIMEOUT_MS } from './timing.ts';

export interface ControlRequest {
  readonly method: 'GET' | 'PATCH' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  /** How long the whole answer may take, in ms. Default 20,000: longer than any command of the fleet's. */
  readonly timeoutMs?: number;
}

/**
 * Asks the fleet that writes `logFile` (absolute, or from the working directory).
 * @throws {UserError} `no-fleet`, `not-permitted`, `no-answer`, or the code that the fleet answers with
 */
export async function requestFleet<Answer>(logFile: string | undefined, request: ControlRequest): Promise<Answer> {
  const file = resolveLogFile(logFile);
  const fleet = findFleet(file);
  try {
    return await askSocket<Answer>(fleet?.socketPath ?? controlSocketPath(file), request);
  } catch (error) {
    if (fleet && isDenied(error)) throw notPermitted(file, fleet);
    if (isConnectionRefused(error)) throw noFleet(file);
    throw isCutOff(error) ? endedEarly(file, request) : error;
  }
}

/**
 * Asks the fleet behind a control socket.
 * @throws {UserError} `no-answer`, or the code that the fleet answers with; connection errors as they come
 */
export async function askSocket<Answer>(socketPath: string, request: ControlRequest): Promise<Answer> {
  const timeoutMs = request.timeoutMs ?? CONTROL_TIMEOUT_MS;
  // Of one's own, not AbortSignal.timeout: that timer is a weak one, and this must end in any case.
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

function isConnectionRefused(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ECONNREFUSED';
}

function isDenied(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EACCES';
}

function notPermitted(logFile: string, { pid, uid }: RegisteredFleet): UserError {
  const advice = 'run the command as that user or as root';
  return new UserError(
    'not-permitted',
    `the fleet that writes ${logFile} (pid ${pid}) belongs to user ${uid}; ${advice}`,
  );
}

/** The connection ended before the answer did; one of unknown length is then no JSON yet. */
function isCutOff(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNRESET' || code === 'EPIPE' || error instanceof SyntaxError;
}

function endedEarly(logFile: string, { method, path }: ControlRequest): UserError {
  const what = `the fleet that writes ${logFile} ended before it answered ${method} ${path}`;
  return new UserError('no-answer', `${what}; look at the end of its log`);
}

function noFleet(logFile: string): UserError {
  const command = withLogFileFlag('npm start', logFile);
  return new UserError('no-fleet', `no fleet writes to ${logFile}; start one with: ${command}`);
}
