import { type IncomingMessage, request } from 'node:http';
import path from 'node:path';
import type { ErrorAnswer } from './control-api.ts';
import { isErrorCode, UserError } from './errors.ts';
import { forFleet } from './for-fleet.ts';
import { checkSocketDirectory, controlSocketPath, resolveLogFile } from './paths.ts';

export interface ControlRequest {
  readonly method: 'GET' | 'PATCH' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  /** How long the whole answer may take, in ms. Default 20,000: longer than any command of the fleet's. */
  readonly timeoutMs?: number;
}

/**
 * Asks the fleet that writes `logFile` (absolute, or from the working directory).
 * @throws {UserError} `no-fleet`, `no-answer`, or the code that the fleet answers with
 */
export async function askFleet<Answer>(logFile: string | undefined, asked: ControlRequest): Promise<Answer> {
  const file = resolveLogFile(logFile);
  const socketPath = controlSocketPath(file);
  try {
    checkSocketDirectory(path.dirname(socketPath));
    return await askSocket<Answer>(socketPath, asked);
  } catch (error) {
    if (isNobodyThere(error)) throw noFleet(file);
    throw isCutOff(error) ? endedEarly(file, asked) : error;
  }
}

/**
 * Asks the fleet behind a control socket.
 * @throws {UserError} `no-answer`, or the code that the fleet answers with; connection errors as they come
 */
export async function askSocket<Answer>(socketPath: string, asked: ControlRequest): Promise<Answer> {
  const timeoutMs = asked.timeoutMs ?? 20_000;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const { status, text } = await exchange(socketPath, asked, signal);
    if (status >= 200 && status < 300) return JSON.parse(text) as Answer;
    throw errorFrom(status, text);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new UserError('no-answer', `the fleet did not answer ${asked.path} within ${timeoutMs / 1000} s; try again`);
  }
}

async function exchange(
  socketPath: string,
  asked: ControlRequest,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const { method, path } = asked;
    request({ socketPath, method, path, headers, signal, agent: false }, resolve).on('error', reject).end(body);
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

function isNobodyThere(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ECONNREFUSED';
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
  const command = forFleet('npm start', logFile);
  return new UserError('no-fleet', `no fleet writes to ${logFile}; start one with: ${command}`);
}
