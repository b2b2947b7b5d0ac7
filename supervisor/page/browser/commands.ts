import type { RatiosAnswer, ServiceAction } from '../../../shared/control-api.ts';
import type { IncidentRequest } from '../../../shared/incident-api.ts';
import type { Ratios } from '../../../shared/ratios.ts';
import { type ApiClient, ApiError } from './net/api-client.ts';
import { LatestSender } from './net/latest-sender.ts';
import type { PageEvent } from './state/page-event.ts';
import type { PageState } from './state/page-state.ts';

/** What a user can do to the fleet. The outcome comes back as events. */
export interface Commands {
  readonly setRatios: (ratios: Ratios) => void;
  readonly undo: () => void;
  readonly act: (service: string, action: ServiceAction) => void;
  /** True when it has started. */
  readonly startIncident: (request: IncidentRequest) => Promise<boolean>;
  readonly stopIncident: (id: string, atOnce: boolean) => void;
}

/** @param client the one that is in use now */
export function createCommands(
  client: () => ApiClient,
  state: () => PageState,
  dispatch: (event: PageEvent) => void,
): Commands {
  const sender = new LatestSender(async (ratios) => {
    try {
      const answer = await client().call<RatiosAnswer>('PATCH', '/v1/ratios', ratios);
      dispatch({ type: 'ratios-answered', ratios, answer, at: Date.now() });
    } catch (error) {
      dispatch({ type: 'ratios-refused', ratios, message: messageOf(error) });
    }
  });

  /** Shows what went wrong; true when nothing did. */
  async function attempt(what: string, call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      dispatch({ type: 'problem', message: `${what}: ${messageOf(error)}` });
      return false;
    }
  }

  return {
    setRatios(ratios) {
      dispatch({ type: 'ratios-asked', ratios, at: Date.now() });
      sender.push(ratios);
    },
    undo() {
      const step = state().ratios.undo.at(-1);
      if (!step) return;
      dispatch({ type: 'ratios-undone' });
      sender.push(step.before);
    },
    async act(service, action) {
      dispatch({ type: 'action-asked', service, action });
      await attempt(`${action} ${service}`, () => client().call('POST', `/v1/services/${service}/${action}`));
      dispatch({ type: 'action-answered', service });
    },
    startIncident: (request) => attempt(request.type, () => client().call('POST', '/v1/incidents', request)),
    async stopIncident(id, atOnce) {
      const path = `/v1/incidents/${encodeURIComponent(id)}?at-once=${atOnce}`;
      await attempt(`stop ${id}`, () => client().call('DELETE', path));
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : String(error);
}
