import type { FastifyError, FastifyRequest } from 'fastify';
import { type ErrorAnswer, SERVICE_ACTIONS } from '../../shared/control-api.ts';
import { ERRORS, UserError } from '../../shared/errors.ts';
import { checkRatio, type Ratios } from '../../shared/ratios.ts';

type Asked = Pick<FastifyRequest, 'params' | 'body'>;

const UNSUPPORTED_MEDIA_TYPE = 415;

/** What is answered to a request that came to nothing: the same that the commands and the functions say of it. */
export function toErrorResponse(
  error: FastifyError | UserError,
  asked: Asked,
): { status: number; answer: ErrorAnswer } {
  if (error instanceof UserError) return { status: ERRORS[error.code].httpStatus, answer: answerOf(error) };
  const { statusCode: status = 500, message } = error;
  if (status >= 500) return { status, answer: { code: 'internal', message } };
  return { status, answer: answerOf(mistakeOf(error, asked)) };
}

function answerOf({ code, message }: UserError): ErrorAnswer {
  return { code, message };
}

function mistakeOf({ statusCode, validation, validationContext, message }: FastifyError, asked: Asked): UserError {
  if (statusCode === UNSUPPORTED_MEDIA_TYPE)
    return badRequest('the body does not come as JSON; send it as content-type: application/json');
  if (validationContext === 'params') return noSuchAction((asked.params as { action: string }).action);
  if (validationContext !== 'body') return badRequest(message);
  const isNoObject = validation?.[0]?.instancePath === '';
  if (isNoObject) return badRequest('the body must be an object, for example {"api": 8}');
  return badRatioIn(asked.body as Ratios) ?? badRequest(message);
}

function noSuchAction(action: string): UserError {
  const others = SERVICE_ACTIONS.slice(0, -1).join(', ');
  return badRequest(`${JSON.stringify(action)}: no such action; use ${others} or ${SERVICE_ACTIONS.at(-1)}`);
}

function badRatioIn(ratios: Ratios): UserError | undefined {
  try {
    for (const [name, ratio] of Object.entries(ratios)) checkRatio(name, ratio);
    return undefined;
  } catch (error) {
    return error as UserError;
  }
}

function badRequest(message: string): UserError {
  return new UserError('bad-request', message);
}
