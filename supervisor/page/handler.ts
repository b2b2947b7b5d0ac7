import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ErrorAnswer } from '../../shared/control-api.ts';
import type { PageFile } from './files.ts';
import { type Access, type Refusal, refusalOf } from './security/check-request.ts';
import { SECURITY_HEADERS } from './security/security-headers.ts';

/**
 * Answers requests for files, refuses those that are not allowed, and passes the others on. What is not exactly the path
 * of a file needs the token, however it is written.
 */
export function createPageHandler(
  files: ReadonlyMap<string, PageFile>,
  access: Access,
  app: RequestListener,
): RequestListener {
  return (request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const [path = ''] = (request.url ?? '').split('?', 1);
    const file = files.get(path);
    const refusal = refusalOf(request, file !== undefined, access);
    if (refusal) refuse(refusal, response);
    else if (file) sendFile(file, request, response);
    else app(request, response);
  };
}

function refuse({ status, headers = {}, code, message }: Refusal, response: ServerResponse): void {
  // What it may have as a body is not read.
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close', ...headers });
  response.end(JSON.stringify({ code, message } satisfies ErrorAnswer));
}

function sendFile(
  { type, body, gzipped }: PageFile,
  { method, headers }: IncomingMessage,
  response: ServerResponse,
): void {
  if (method !== 'GET' && method !== 'HEAD') {
    const message = `${method} is not possible for a file; use GET`;
    refuse({ status: 405, code: 'bad-request', message, headers: { allow: 'GET, HEAD' } }, response);
    return;
  }
  const isGzipped = /\bgzip\b/.test(String(headers['accept-encoding']));
  const content = isGzipped ? gzipped : body;
  response.writeHead(200, {
    'content-type': type,
    'content-length': content.length,
    vary: 'accept-encoding',
    ...(isGzipped ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(content);
}
