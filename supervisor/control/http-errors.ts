import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorAnswer } from '../../shared/control-api.ts';

/** Errors of Node's parser, before there is a request. Any other means that the bytes are not HTTP. */
const PARSER_ERRORS: Readonly<Record<string, { readonly status: number; readonly message: string }>> = {
  HPE_HEADER_OVERFLOW: { status: 431, message: 'the head of the request is too long; shorten its path and headers' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, message: 'the extensions of a chunk are too long; leave them out' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: 'the request did not arrive in time; send it at once' },
};

type Headers = Readonly<Record<string, string | number>>;

/**
 * Answers what Node would answer by itself in the form of all other answers.
 * @param always headers of every answer
 */
export function answerHttpErrors(server: Server, always: Headers): void {
  server.on('clientError', (error, socket) => answerClientError(error, socket, always));
  server.on('checkExpectation', (request, response) => answerExpectation(request, response, always));
}

function answerClientError({ code = '', message }: NodeJS.ErrnoException, socket: Duplex, always: Headers): void {
  const error = PARSER_ERRORS[code] ?? { status: 400, message: `not a valid HTTP request: ${message}` };
  const body = bodyOf(error.message);
  const headers = Object.entries({ ...always, ...headersOf(body), connection: 'close' });
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  // What the client goes on to send is not read.
  socket.destroy();
}

function answerExpectation({ headers }: IncomingMessage, response: ServerResponse, always: Headers): void {
  const message = `expect: ${JSON.stringify(headers.expect)} is not supported; leave the header out`;
  const body = bodyOf(message);
  response.writeHead(417, { ...always, ...headersOf(body) }).end(body);
}

function bodyOf(message: string): string {
  return JSON.stringify({ code: 'bad-request', message } satisfies ErrorAnswer);
}

function headersOf(body: string): Headers {
  return { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) };
}
