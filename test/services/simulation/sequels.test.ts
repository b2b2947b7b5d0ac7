import { beforeAll, describe, expect, test } from 'vitest';
import { serviceNames } from '../../../services/index.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import type { World } from '../../../shared/world.ts';
import { Refusals } from '../../realism/contradictions/refusals.ts';
import { type LogLine, readLine } from '../../realism/lines/log-line.ts';
import { BASKET, CHECKOUT_ROUTE, ORDER_ROUTE, SESSION, SIGN_IN_ROUTE } from '../../realism/words.ts';
import { NOON, steadyWorld, withEntry } from '../worlds.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const catalog = await loadCatalog();

/** Three hours of log. */
function linesOf(world: World): readonly LogLine[] {
  const { bytes } = new Simulation(catalog, world).textBetween(NOON, NOON + 3 * HOUR);
  return new TextDecoder()
    .decode(bytes)
    .trimEnd()
    .split('\n')
    .map((text) => readLine(text) as LogLine);
}

const ratio = (value: number): World => steadyWorld(serviceNames, value, { traffic: 'bursty' });
const changing = (): World => {
  const ratios = Object.fromEntries(serviceNames.map((name) => [name, 6]));
  const worse = withEntry(ratio(2), NOON + HOUR, { ratios });
  const down = withEntry(worse, NOON + HOUR + 20 * MINUTE, { down: ['auth'] });
  return withEntry(withEntry(down, NOON + 2 * HOUR, { down: ['api', 'payment'] }), NOON + 2.3 * HOUR, { down: [] });
};

/** What a request tells of itself, with its answer. */
interface Request {
  readonly answer: LogLine;
  readonly status: number;
  readonly session: string | undefined;
  readonly basket: string | undefined;
  readonly order: string | undefined;
  readonly sku: string | undefined;
  /** Of its first line, in ms since the epoch. */
  readonly start: number;
}

/** All requests with an answer, in order of their answers. */
function requestsIn(lines: readonly LogLine[]): readonly Request[] {
  const first = new Map<string, { start: number; order?: string; basket?: string; sku?: string }>();
  return lines.flatMap((answer): Request[] => {
    const { requestId, time, order, message, http } = answer;
    if (requestId === undefined) return [];
    const known = first.get(requestId) ?? { start: time };
    const [basket, sku] = [BASKET, /\bSKU-\d+/].map((id) => id.exec(message)?.[0]);
    first.set(requestId, { ...known, ...(order && { order }), ...(basket && { basket }), ...(sku && { sku }) });
    if (http?.status === undefined) return [];
    const { start, order: about = order, basket: own = basket, sku: goods = sku } = first.get(requestId) ?? known;
    const session = SESSION.exec(message)?.[0];
    return [{ answer, status: http.status, session, basket: own, order: about, sku: goods, start }];
  });
}

const isAt = (method: string, route: RegExp, { answer: { http } }: Request): boolean =>
  http?.method === method && route.test(http.route);

describe.each([
  ['at ratio 0', ratio(0), 20],
  ['at ratio 2', ratio(2), 100],
  ['at ratio 5', ratio(5), 100],
  ['at ratio 10', ratio(10), 0],
  ['while ratios change and services are down', changing(), 50],
] as const)('%s', (_what, world, least) => {
  let lines: readonly LogLine[];
  let requests: readonly Request[];
  beforeAll(() => {
    lines = linesOf(world);
    requests = requestsIn(lines);
  });

  test('nobody has what was refused: an order, a session, a basket', () => {
    const measure = new Refusals();
    for (const line of lines) measure.observe(line);
    for (const { id, cases, figures, examples } of measure.findings()) {
      expect(figures, `${id}: ${examples?.join()}`).toEqual([0]);
      expect(cases, id).toBeGreaterThanOrEqual(least);
    }
  });

  test('an order that is looked up after it was placed is that of the same customer in the same session', () => {
    const placed = new Map<string, Request>();
    for (const request of requests) {
      if (isAt('POST', CHECKOUT_ROUTE, request) && request.order) placed.set(request.order, request);
      const checkout = isAt('GET', ORDER_ROUTE, request) && placed.get(request.order as string);
      if (!checkout) continue;
      expect(request.answer.user).toBe(checkout.answer.user);
      expect(request.session).toBe(checkout.session);
      expect(request.start - checkout.answer.time).toBeGreaterThan(0);
      expect(request.start - checkout.answer.time).toBeLessThan(2 * MINUTE);
    }
  });

  test('a second checkout in a session follows a refused one, with the same basket and goods, and another order', () => {
    const last = new Map<string, Request>();
    let again = 0;
    for (const request of requests.filter((each) => isAt('POST', CHECKOUT_ROUTE, each))) {
      const session = request.session as string;
      const before = last.get(session);
      last.set(session, request);
      if (!before) continue;
      again++;
      expect(before.status).toBeGreaterThanOrEqual(400);
      expect(request.answer.user).toBe(before.answer.user);
      expect(request.basket ?? before.basket).toBe(before.basket ?? request.basket);
      expect(request.sku ?? before.sku).toBe(before.sku ?? request.sku);
      expect(request.order).not.toBe(before.order);
      expect([403, 404, 409, 422]).not.toContain(before.status);
    }
    expect(again).toBeGreaterThan(5);
  });

  test('no session is created twice, and each belongs to one customer', () => {
    const created = lines.flatMap(({ message }) => /Session (ses_\w+) created/.exec(message)?.[1] ?? []);
    expect(new Set(created).size).toBe(created.length);
    const owners = new Map<string, string>();
    for (const { session, answer } of requests) {
      if (session === undefined) continue;
      expect(owners.get(session) ?? answer.user).toBe(answer.user);
      owners.set(session, answer.user as string);
    }
  });
});

test('a failed sign-in is often tried again, and then the session begins', () => {
  const requests = requestsIn(linesOf(ratio(2)));
  const signIns = requests.filter((request) => isAt('POST', SIGN_IN_ROUTE, request));
  const failed = signIns.filter(({ status }) => status >= 400);
  const again = failed.filter(({ answer }) =>
    signIns.some((other) => {
      const wait = other.start - answer.time;
      return other.answer.user === answer.user && wait > 0 && wait < MINUTE;
    }),
  );
  expect(again.length / failed.length).toBeGreaterThan(0.25);
  expect(again.length / failed.length).toBeLessThan(0.9);
});
