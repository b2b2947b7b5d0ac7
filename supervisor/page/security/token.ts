import { randomBytes, timingSafeEqual } from 'node:crypto';

/** 192 bits cannot be guessed. */
const TOKEN_BYTES = 24;

const SCHEME = /^Bearer +(\S+)$/i;

/** A new token, safe in a URL. */
export function createToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Whether the header `Authorization` has the token. Takes the same time for every wrong one of its length. */
export function hasToken(authorization: string | undefined, token: string): boolean {
  const given = Buffer.from(SCHEME.exec(authorization ?? '')?.[1] ?? '');
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
