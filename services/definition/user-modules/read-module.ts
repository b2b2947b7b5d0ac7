import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaNode } from 'execa';
import { UserError } from '../../../shared/errors.ts';
import { shellQuote } from '../../../shared/shell-quote.ts';
import { ANSWER_FD, type ModuleAnswer } from './module-answer.ts';

/** How long a module may take to load, in ms: generous, for a machine with much else to do. */
const LOAD_TIMEOUT_MS = 10_000;

/** Node's exit code when a top-level await never settles: https://nodejs.org/api/process.html#exit-codes */
const UNSETTLED_AWAIT = 13;

const CHILD = fileURLToPath(new URL('./import-module.js', import.meta.url));

/**
 * The default export of a user's module. It is imported in a process of its own, so that nothing it does affects this
 * one. What it prints is discarded.
 * @param path relative to the working directory
 * @param option with which it was given, for messages
 * @throws {UserError} `bad-definition` when it throws or its export is not plain data, `module-failed` when it ends its
 * process or is not loaded within ten seconds
 */
export async function readModule(path: string, option = '--service'): Promise<unknown> {
  const { stdio, timedOut, exitCode, signal } = await execaNode(CHILD, [resolve(path)], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    ipc: false,
    reject: false,
    timeout: LOAD_TIMEOUT_MS,
    killSignal: 'SIGKILL',
    stripFinalNewline: false,
  });
  const answer = parseAnswer(stdio[ANSWER_FD]);
  switch (answer?.type) {
    case 'definition':
      return answer.definition;
    case 'fault':
      throw new UserError('bad-definition', `${option} ${path}: ${answer.fault}`);
    case 'error': {
      const advice = 'use the path of an ES module';
      throw new UserError('bad-definition', `${option} ${path}: cannot be loaded (${answer.error}); ${advice}`);
    }
    case undefined:
      throw new UserError('module-failed', `${option} ${path}: ${describeEnd({ timedOut, exitCode, signal }, path)}`);
    default:
      return answer satisfies never;
  }
}

/** Undefined when the process ended before it had written its answer. */
function parseAnswer(text: unknown): ModuleAnswer | undefined {
  try {
    return JSON.parse(String(text)) as ModuleAnswer;
  } catch {
    return undefined;
  }
}

interface ProcessEnd {
  readonly timedOut: boolean;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
}

function describeEnd({ timedOut, exitCode, signal }: ProcessEnd, path: string): string {
  if (timedOut) {
    return `the module was not loaded within ${LOAD_TIMEOUT_MS / 1000} s; remove the endless loop or the await that delays it`;
  }
  if (exitCode === UNSETTLED_AWAIT) return 'a top-level await in the module never settles (exit code 13); remove it';
  const end = signal === undefined ? `exit code ${exitCode}` : `signal ${signal}`;
  return `the module ended its process while it was loaded (${end}); to see why, run: node ${shellQuote(path)}`;
}
