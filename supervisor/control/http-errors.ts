import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorAnswer } from '../../shared/control-api.ts';

/** What Node's parser refuses before there is a request. Anything else is no HTTP. */
const REFUSALS: Readonly<Record<string, { readonly status: number; readonly message: string }>> = {
  HPE_HEADER_OVERFLOW: { status: 431, message: 'the head of the request is too long; shorten its path and headers' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, message: 'the extensions of a chunk are too long; leave them out' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: 'the request did not arrive in time; send it at once' },
};

/** Gives the answers that Node would give by itself the form of all others. */
export function answerHttpErrors(server: Server): void {
  server.on('clientError', answerClientError);
  server.on('checkExpectation', answerExpectation);
}

function answerClientError({ code = '', message }: NodeJS.ErrnoException, socket: Duplex): void {
  const refusal = REFUSALS[code] ?? { status: 400, message: `not a valid HTTP request: ${message}` };
  const body = bodyOf(refusal.message);
  const headers = Object.entries({ ...headersOf(body), connection: 'close' });
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  // What the client still sends is not read.
  socket.destroy();
}

function answerExpectation({ headers }: IncomingMessage, response: ServerResponse): void {
  const message = `expect: ${JSON.stringify(headers.expect)} is not supported; leave the header out`;
  const body = bodyOf(message);
  response.writeHead(417, headersOf(body)).end(body);
}

function bodyOf(message: string): string {
  return JSON.stringify({ code: 'bad-request', message } satisfies ErrorAnswer);
}

function headersOf(body: string): Readonly<Record<string, string | number>> {
  return { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) };
}
