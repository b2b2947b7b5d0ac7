import type { IncomingMessage } from 'node:http';
import type { ErrorAnswer } from '../../../shared/control-api.ts';
import { hasToken } from './token.ts';

/** Who may ask. */
export interface Access {
  /** What `Host` may be. */
  readonly hosts: ReadonlySet<string>;
  readonly token: string;
}

/** Why a request is refused. */
export interface Refusal extends ErrorAnswer {
  readonly status: 401 | 403 | 405 | 415;
  readonly headers?: Readonly<Record<string, string>>;
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'];

const OWN_SITES: readonly unknown[] = [undefined, 'same-origin', 'none'];

const JSON_TYPE = /^application\/json *(;|$)/i;

/**
 * Why a request is refused; undefined if it is not. A web site that the user's browser visits can send requests here, and
 * so can every user of this machine.
 * @param isPublic whether it is for a file, which everybody may read
 */
export function refusalOf(
  { method = '', headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  isPublic: boolean,
  { hosts, token }: Access,
): Refusal | undefined {
  const host = (headers.host ?? '').toLowerCase();
  if (!hosts.has(host)) {
    const [first] = hosts;
    return forbidden(`the host ${JSON.stringify(host)} is not this page's; use http://${first}/`);
  }
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`) {
    return forbidden(`the origin ${JSON.stringify(origin)} is not this page's; only the page itself may send requests`);
  }
  if (!OWN_SITES.includes(headers['sec-fetch-site'])) {
    return forbidden('the request comes from another web site; type the address of the page, or paste it');
  }
  if (!METHODS.includes(method)) {
    const message = `${method} is not possible; use ${METHODS.join(', ')}`;
    return { status: 405, code: 'bad-request', message, headers: { allow: METHODS.join(', ') } };
  }
  if (isPublic) return undefined;
  if (!hasToken(headers.authorization, token)) {
    const message =
      'the token is missing or wrong; send it as "Authorization: Bearer TOKEN": it is in the link that npm start prints';
    return { status: 401, code: 'not-permitted', message, headers: { 'www-authenticate': 'Bearer' } };
  }
  if (hasBody(headers) && !JSON_TYPE.test(headers['content-type'] ?? '')) {
    const message = 'the body does not come as JSON; send it as content-type: application/json';
    return { status: 415, code: 'bad-request', message };
  }
  return undefined;
}

function forbidden(message: string): Refusal {
  return { status: 403, code: 'not-permitted', message };
}

function hasBody(headers: IncomingMessage['headers']): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
