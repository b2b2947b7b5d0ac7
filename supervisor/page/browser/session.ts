import type { IncidentTypesAnswer } from '../../../shared/incident-api.ts';
import type { FleetEvent, ScenariosAnswer, TailLines } from '../../../shared/page-api.ts';
import { ApiClient } from './net/api-client.ts';
import { LiveStream } from './net/live-stream.ts';
import type { ServerSentEvent } from './net/sse-parser.ts';
import type { PageEvent } from './state/page-event.ts';
import type { PageState, TailFilter } from './state/page-state.ts';

/** Lines of the past that the story of a request is looked for in. */
const STORY_PAST = 1_000;

/** What the page reads with one token: the events of the fleet, the log, and the story of a request while it is shown. */
export class Session {
  readonly client: ApiClient;
  readonly #dispatch: (event: PageEvent) => void;
  #events: LiveStream | null = null;
  #tail: LiveStream | null = null;
  #story: LiveStream | null = null;
  #filter: TailFilter | null = null;
  #requestId: string | null = null;

  constructor(token: string, dispatch: (event: PageEvent) => void) {
    this.client = new ApiClient(token);
    this.#dispatch = dispatch;
  }

  open(): void {
    const dispatch = this.#dispatch;
    this.#events ??= new LiveStream(this.client, '/v1/events', {
      onOpen: () => void this.#loadCatalogues(),
      onEvent: (event) => dispatch({ type: 'fleet', event: readFleetEvent(event), at: Date.now() }),
      onLost: (retryAt) => dispatch({ type: 'connection', connection: { status: 'lost', retryAt } }),
      onRefused: () => {
        dispatch({ type: 'connection', connection: { status: 'new-link' } });
        this.close();
      },
    });
  }

  /** A browser has six connections for all its tabs: one that nobody sees gives its own back. */
  close(): void {
    for (const stream of [this.#events, this.#tail, this.#story]) stream?.close();
    this.#events = this.#tail = this.#story = null;
    this.#filter = this.#requestId = null;
  }

  wake(): void {
    for (const stream of [this.#events, this.#tail, this.#story]) stream?.wake();
  }

  /** Reads what the state asks for. */
  follow({ tail: { filter }, story }: PageState): void {
    if (!this.#events) return;
    if (filter !== this.#filter) {
      this.#filter = filter;
      this.#tail?.close();
      this.#tail = this.#read(tailPath(filter), 'tail-opened', (lines) => ({ type: 'tail-lines', lines }));
    }
    const requestId = story?.requestId ?? null;
    if (requestId !== this.#requestId) {
      this.#requestId = requestId;
      this.#story?.close();
      this.#story =
        requestId === null
          ? null
          : this.#read(`/v1/tail?text=${requestId}&past=${STORY_PAST}`, 'story-connected', ({ lines }) => ({
              type: 'story-lines',
              lines,
            }));
    }
  }

  #read(path: string, opened: 'tail-opened' | 'story-connected', toEvent: (lines: TailLines) => PageEvent): LiveStream {
    return new LiveStream(this.client, path, {
      onOpen: () => this.#dispatch({ type: opened }),
      onEvent: ({ type, data }) => {
        if (type === 'lines') this.#dispatch(toEvent(JSON.parse(data) as TailLines));
      },
      // The stream of events says so.
      onLost: () => {},
      onRefused: () => {},
    });
  }

  async #loadCatalogues(): Promise<void> {
    try {
      const [{ types }, scenarios] = await Promise.all([
        this.client.call<IncidentTypesAnswer>('GET', '/v1/incident-types'),
        this.client.call<ScenariosAnswer>('GET', '/v1/scenarios'),
      ]);
      this.#dispatch({ type: 'incident-types', types });
      this.#dispatch({ type: 'scenarios', scenarios });
    } catch (error) {
      this.#dispatch({ type: 'problem', message: String(error) });
    }
  }
}

function readFleetEvent({ type, data }: ServerSentEvent): FleetEvent {
  return { type, data: JSON.parse(data) } as FleetEvent;
}

function tailPath({ service, levels, text }: TailFilter): string {
  const query = new URLSearchParams();
  if (service) query.set('services', service);
  if (levels) query.set('levels', levels);
  if (text) query.set('text', text);
  return `/v1/tail?${query}`;
}
