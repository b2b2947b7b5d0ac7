const FIRST_MS = 500;
const LONGEST_MS = 8_000;

/**
 * How long to wait before a connection is tried again, in ms: doubles with each attempt up to 8 s, of which the half is
 * random so that browsers do not come back all at once ("equal jitter").
 * @param attempt failed attempts so far, from 0
 * @param random 0 to 1
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function retryDelay(attempt: number, random: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.round((longest * (1 + random)) / 2);
}
