/** The access log: a line for each response, in one form for all routes. */

import { type AccessLines, faultsOfResponse } from './api-lasting-faults.ts';
import { debug, error, info, warn } from './api-state.ts';
import type { Step, Variant } from './definition/index.ts';

/** Who calls a route: what an access line says before the status and after the time. */
interface Client {
  readonly request: string;
  readonly agent: string;
  readonly isBehindEdge: boolean;
  /** What an access line says before the status when the request has failed; by default the same. */
  readonly failedRequest?: string;
}

const REQUEST = '"{method} {path} HTTP/1.1"';
const CUSTOMER: Client = { request: `{ip} {session} ${REQUEST}`, agent: '{agent}', isBehindEdge: true };
/** Somebody who gets a session with the answer. */
export const NEWCOMER: Client = { ...CUSTOMER, failedRequest: `{ip} - ${REQUEST}` };
/** The gateway of the warehouses. */
export const WAREHOUSE: Client = {
  request: `192.0.2.21 - ${REQUEST}`,
  agent: 'warehouse-gateway/4.2',
  isBehindEdge: false,
};
const PROBE: Client = { request: `192.0.2.5 - ${REQUEST}`, agent: 'kube-probe/1.31', isBehindEdge: false };

/** @param bytes size of the body: a number or a placeholder */
const linesOf = ({ request, agent, failedRequest = request }: Client, bytes: string): AccessLines => {
  const line = (who: string, size: string) => (note: string) => `${who} {status} ${size} {elapsed}ms "${agent}"${note}`;
  return {
    served: line(request, bytes),
    failed: line(failedRequest, '{bytes:142~218}'),
    aborted: line(failedRequest, '0'),
  };
};

const clientClosed = ({ aborted }: AccessLines): Variant =>
  warn('client_closed', aborted(' reason=client_closed'), { status: 499, weight: 10 });

/** How a route answers although a service that it needs is broken. */
interface Fallback {
  readonly failedIn: string;
  /** Only when it broke at this stage. */
  readonly failedAt?: string;
  readonly status: number;
  /** What the access line says about it. */
  readonly note: string;
}

interface Route {
  /** Status of a good response. */
  readonly status: number;
  /** Size of its body in bytes: a number or a placeholder. */
  readonly bytes: string;
  /** How often the client has the response already, next to 10 times that it has not; never by default. */
  readonly notModified?: number;
  /** The function that a bug calls on a wrong value. */
  readonly bug: string;
  /** Whether the body is so large that writing it may take long. */
  readonly isLarge?: boolean;
  /** A customer by default. */
  readonly client?: Client;
  /** For every service that the route needs. */
  readonly fallbacks: readonly Fallback[];
}

/** The response of a route. The services have done their work by then, so none of its own faults ends the journey. */
export function response({ client = CUSTOMER, status, bytes, notModified, bug, isLarge, fallbacks }: Route): Step {
  const lines = linesOf(client, bytes);
  const { served, failed, aborted } = lines;
  const fromUpstream = faultsOfUpstream(lines);
  return {
    good: [
      info(served(''), { status, weight: 10 }),
      ...(notModified ? [debug(aborted(''), { status: 304, weight: notModified })] : []),
    ],
    bad: [
      clientClosed(lines),
      error('unhandled_exception', failed(` err="TypeError: ${bug} is not a function" reason=unhandled_exception`), {
        status: 500,
      }),
      ...(isLarge
        ? [warn('slow_response', served(' write={took}ms budget={limit}ms reason=slow_response'), { status })]
        : []),
      ...faultsOfResponse(lines, status, client.isBehindEdge),
    ],
    afterFailure: {
      good: [
        info(failed(''), { when: { status: 4 } }),
        ...fallbacks.map(({ status: instead, note, ...where }) => {
          const text = (instead === status ? served : failed)(` ${note} upstream={failed}`);
          return info(text, { status: instead, when: { ...where, status: 5 } });
        }),
      ],
      // A service that a user adds is no dependency of the gateway, but can end its journeys too.
      bad: fromUpstream,
      dependency: fromUpstream,
    },
  };
}

/** The failure of another service, passed on to the client. */
function faultsOfUpstream({ failed }: AccessLines): readonly Variant[] {
  return [
    // What the client may do about it: the services pass a code to it in the body.
    warn('request_refused', failed(' upstream={failed} code={failed.cause}'), { when: { status: 4 } }),
    error('upstream_failed', failed(' upstream={failed} upstream_status={failed.status} reason=upstream_error'), {
      when: { down: false, status: 5 },
    }),
    error(
      'upstream_unreachable',
      failed(' upstream={failed} err="connect ECONNREFUSED {failed.address}" reason=upstream_unreachable'),
      { when: { down: true } },
    ),
  ];
}

/** The answer to the probe of the cluster, after all services have been asked. */
export function probed(): Step {
  const lines = linesOf(PROBE, '58');
  return {
    good: [debug(lines.served(''), { status: 200 })],
    bad: [clientClosed(lines), ...faultsOfResponse(lines, 200, false)],
    afterFailure: {
      good: [info(lines.served(' degraded={failed}'), { status: 200 })],
      dependency: [
        warn(
          'upstream_unhealthy',
          lines.served(' degraded={failed} upstream_status={failed.status} reason=upstream_unhealthy'),
          {
            status: 200,
            when: { down: false },
          },
        ),
        error(
          'upstream_unreachable',
          lines.failed(' degraded={failed} err="connect ECONNREFUSED {failed.address}" reason=upstream_unreachable'),
          { status: 503, when: { down: true } },
        ),
      ],
    },
  };
}
