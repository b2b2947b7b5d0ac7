import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** The usual address that only this machine can reach. */
export const LOOPBACK = '127.0.0.1';

const LOOPBACK_NAMES = [LOOPBACK, 'localhost', '::1'];

const HTTP_PORT = 80;

/**
 * What a browser may send as `Host` to a page at that address. A name that is not on the list may belong to somebody who
 * makes it lead here for the sake of a page of theirs (DNS rebinding).
 */
export function allowedHosts(address: string, port: number): ReadonlySet<string> {
  const addresses = isAllAddresses(address) ? ownAddresses() : [address];
  const hosts = [...addresses, ...LOOPBACK_NAMES].map(inUrl);
  return new Set(hosts.flatMap((host) => [`${host}:${port}`, ...(port === HTTP_PORT ? [host] : [])]));
}

/** Whether only this machine can reach the address. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** Whether the address stands for all of this machine's. */
export function isAllAddresses(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/** The address as it is written in a URL. */
export function inUrl(address: string): string {
  return isIPv6(address) ? `[${address.toLowerCase()}]` : address;
}

function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((entries = []) => entries.map((entry) => entry.address));
}
