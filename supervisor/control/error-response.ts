import type { FastifyError, FastifyRequest } from 'fastify';
import { type ErrorAnswer, SERVICE_ACTIONS } from '../../shared/control-api.ts';
import { ERRORS, UserError } from '../../shared/errors.ts';

const UNSUPPORTED_MEDIA_TYPE = 415;

/** Status and body of the answer to a request that failed: the same message as from commands and functions. */
export function toErrorResponse(
  error: FastifyError | UserError,
  request: Pick<FastifyRequest, 'params'>,
): { readonly status: number; readonly answer: ErrorAnswer } {
  if (error instanceof UserError) return { status: ERRORS[error.code].httpStatus, answer: toAnswer(error) };
  const { statusCode: status = 500, message } = error;
  if (status >= 500) return { status, answer: { code: 'internal', message } };
  return { status, answer: { code: 'bad-request', message: describeBadRequest(error, request) } };
}

function toAnswer({ code, message }: UserError): ErrorAnswer {
  return { code, message };
}

function describeBadRequest(
  { statusCode, validationContext, message }: FastifyError,
  { params }: Pick<FastifyRequest, 'params'>,
): string {
  if (statusCode === UNSUPPORTED_MEDIA_TYPE)
    return 'the body does not come as JSON; send it as content-type: application/json';
  if (validationContext === 'params') return describeNoSuchAction((params as { action: string }).action);
  if (validationContext === 'body') return 'the body must be an object, for example {"api": 8}';
  return message;
}

function describeNoSuchAction(action: string): string {
  const others = SERVICE_ACTIONS.slice(0, -1).join(', ');
  return `${JSON.stringify(action)}: no such action; use ${others} or ${SERVICE_ACTIONS.at(-1)}`;
}
