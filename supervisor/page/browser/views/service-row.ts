import { SERVICE_ACTIONS, type ServiceAction, type ServiceStatus } from '../../../../shared/control-api.ts';
import { currentRate, lastMinute, recentSteps } from '../chart/counts.ts';
import type { Commands } from '../commands.ts';
import type { FleetView, PageState } from '../state/page-state.ts';
import { button, element, setText, setUsable } from './dom.ts';
import { formatDuration, formatRate, formatShare, plural } from './format.ts';
import { RatioField } from './ratio-field.ts';
import { Sparkline } from './sparkline.ts';

const STATES: Readonly<Record<ServiceStatus['state'], string>> = {
  starting: 'starting',
  up: 'up',
  'backing-off': 'waiting to restart',
  failed: 'failed',
  stopping: 'stopping',
  stopped: 'stopped',
  unresponsive: 'not responding',
};

const DOING: Readonly<Record<ServiceAction, string>> = {
  restart: 'restarting …',
  kill: 'killing …',
  stop: 'stopping …',
  start: 'starting …',
};

/** Two minutes in a sparkline. */
const SPARK = { steps: 40, stepMs: 3_000 };

/** The row of a service: what it is, how it does, and what can be done to it. */
export class ServiceRow {
  readonly root: HTMLLIElement;
  readonly #ratio: RatioField;
  readonly #state = element('span', 'state');
  readonly #process = element('span', 'process');
  readonly #spark = new Sparkline();
  readonly #rate = element('span', 'number');
  readonly #bad = element('span', 'number');
  readonly #actions: ReadonlyMap<ServiceAction, HTMLButtonElement>;

  constructor(name: string, commands: Commands) {
    this.#ratio = new RatioField(name, (ratio) => commands.setRatios({ [name]: ratio }));
    this.#actions = new Map(
      SERVICE_ACTIONS.map((action) => [action, button(action, () => commands.act(name, action))] as const),
    );
    for (const [action, control] of this.#actions) control.ariaLabel = `${action} ${name}`;
    const title = element('h3', '', name);
    this.root = element(
      'li',
      'service',
      element('div', 'service-name', title, this.#state),
      this.#process,
      this.#spark.root,
      element('span', 'measure', this.#rate, element('span', 'unit', ' lines/s')),
      element('span', 'measure', this.#bad, element('span', 'unit', ' bad')),
      this.#ratio.root,
      element('div', 'actions', ...this.#actions.values()),
    );
    this.root.dataset.service = name;
  }

  render(status: ServiceStatus, fleet: FleetView, state: PageState): void {
    const { name } = status;
    const { history, state: fleetState } = fleet;
    const { now } = fleetState;
    const doing = state.actions[name];
    setText(this.#state, doing ? DOING[doing] : describeState(status, now));
    this.#state.dataset.state = status.state;
    setText(this.#process, describeProcess(status));
    setText(this.#rate, formatRate(currentRate(history, name, now)));
    setText(this.#bad, describeBad(status, lastMinute(history, name, now)));
    this.#spark.render(recentSteps(history, name, now, SPARK));
    this.#ratio.render(state.ratios, fleetState);
    for (const [action, control] of this.#actions) setUsable(control, !doing && isPossible(action, status));
  }
}

function describeState({ state, nextTryAt }: ServiceStatus, now: number): string {
  return nextTryAt === null ? STATES[state] : `restarts in ${formatDuration(nextTryAt - now)}`;
}

function describeProcess({ pid, uptimeMs, restarts, lastExit }: ServiceStatus): string {
  const parts = [pid === null ? 'no process' : `pid ${pid}`];
  if (uptimeMs !== null) parts.push(formatDuration(uptimeMs));
  if (restarts > 0) parts.push(plural(restarts, 'restart'));
  if (pid === null && lastExit !== null) parts.push(lastExit);
  return parts.join(' · ');
}

/** The share since the ratio changed, if that is less than a minute ago; else of the last minute. */
function describeBad(
  { linesSinceChange, badSinceChange }: ServiceStatus,
  minute: { readonly lines: number; readonly bad: number },
): string {
  return linesSinceChange < minute.lines
    ? formatShare(badSinceChange, linesSinceChange)
    : formatShare(minute.bad, minute.lines);
}

function isPossible(action: ServiceAction, { state, pid }: ServiceStatus): boolean {
  switch (action) {
    case 'start':
      return state === 'stopped' || state === 'failed';
    case 'kill':
      return pid !== null;
    case 'stop':
      return state !== 'stopped' && state !== 'stopping';
    case 'restart':
      return state !== 'stopping';
  }
}
