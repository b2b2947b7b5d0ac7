import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ErrorAnswer } from '../../shared/control-api.ts';
import type { ScenariosAnswer } from '../../shared/page-api.ts';
import type { Fleet } from '../fleet.ts';
import type { ScenarioCatalogue } from '../scenario/scenario-catalogue.ts';
import { EventClient } from './events/event-client.ts';
import type { FleetEvents } from './events/fleet-events.ts';
import type { NamedService } from './history/second-counts.ts';
import { EventStream } from './stream/event-stream.ts';
import type { StreamClient, Streams } from './stream/streams.ts';
import { readTailQuery } from './tail/line-filter.ts';
import type { LineRing } from './tail/line-ring.ts';
import { TailClient } from './tail/tail-client.ts';

/** What the routes of the page read. */
export interface PageContext {
  readonly streams: Streams;
  readonly events: FleetEvents;
  readonly lines: LineRing;
  readonly services: readonly NamedService[];
  readonly scenarios: ScenarioCatalogue;
  readonly world: Fleet['sharedWorld'];
}

/** Without `HEAD`, which would open a stream. */
const STREAM = { exposeHeadRoute: false } as const;

/** Adds the routes that only the page has. */
export function addPageRoutes(app: FastifyInstance, context: PageContext): void {
  const { streams, events, lines, services, scenarios, world } = context;

  app.get('/v1/events', STREAM, (_request, reply) => {
    return answerStream(reply, streams, (stream) => new EventClient(stream, events));
  });

  app.get<{ Querystring: Readonly<Record<string, unknown>> }>('/v1/tail', STREAM, ({ query }, reply) => {
    const request = readTailQuery(query, services);
    return answerStream(reply, streams, (stream) => new TailClient(stream, lines, request));
  });

  app.get('/v1/scenarios', async (): Promise<ScenariosAnswer> => {
    const answer = await scenarios.list(world.recorded.timeline[0].at, world.now);
    const steps = answer.running?.steps.map(({ at, what }) => ({ at: world.toTimeStamp(at), what })) ?? [];
    return { ...answer, running: answer.running && { ...answer.running, steps } };
  });
}

/** Answers with a stream of events, unless there are too many. */
function answerStream(reply: FastifyReply, streams: Streams, createClient: (stream: EventStream) => StreamClient) {
  const { refusal } = streams;
  if (refusal !== undefined) {
    return reply
      .code(503)
      .header('retry-after', '5')
      .send({ code: 'conflict', message: refusal } satisfies ErrorAnswer);
  }
  reply.hijack();
  const client = createClient(new EventStream(reply.raw));
  reply.raw.once('close', streams.add(client));
  return reply;
}
