import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';

/** What a client received until its connection was closed. */
export interface Received {
  readonly status: number | undefined;
  readonly answer: string;
  readonly ms: number;
}

/** A path of a socket, or a port. */
type Target = string | TcpNetConnectOpts;

/** Opens a connection and sends these parts. Errors of the connection are ignored. */
export function say(target: Target, ...parts: readonly (string | Buffer)[]): Socket {
  const socket = typeof target === 'string' ? connect(target) : connect(target);
  socket.on('error', () => {});
  for (const part of parts) socket.write(part);
  return socket;
}

/** Sends these parts and waits until the server closes the connection. */
export function sayAndListen(target: Target, ...parts: readonly (string | Buffer)[]): Promise<Received> {
  const start = performance.now();
  const socket = say(target, ...parts);
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  return new Promise((resolve) => {
    socket.once('close', () => {
      const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1];
      resolve({ status: status ? Number(status) : undefined, answer, ms: performance.now() - start });
    });
  });
}

/** The text of an HTTP request. */
export function request(line: string, headers: Readonly<Record<string, string | number>> = {}, body = ''): string {
  const all = { host: 'fleet', connection: 'close', ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${head.join('')}\r\n${body}`;
}
