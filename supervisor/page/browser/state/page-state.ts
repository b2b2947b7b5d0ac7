import type { ServiceAction } from '../../../../shared/control-api.ts';
import type { IncidentTypeInfo } from '../../../../shared/incident-api.ts';
import type { FleetInfo, FleetState, Mark, ScenariosAnswer, SecondOfCounts } from '../../../../shared/page-api.ts';
import type { Ratios } from '../../../../shared/ratios.ts';
import type { Range } from '../chart/series.ts';
import type { LogRow } from '../log/log-row.ts';

/** Everything that the page shows. Views read it and never change it. */
export interface PageState {
  readonly connection: Connection;
  readonly fleet: FleetView | null;
  readonly ratios: RatioControl;
  /** Actions on services that were asked for and not answered yet, by the service's name. */
  readonly actions: Readonly<Record<string, ServiceAction>>;
  readonly chart: ChartSettings;
  readonly tail: TailView;
  readonly story: Story | null;
  /** Empty until it is loaded. */
  readonly incidentTypes: readonly IncidentTypeInfo[];
  readonly scenarios: ScenariosAnswer | null;
  /** What went wrong last, in one line. */
  readonly problem: string | null;
}

export type Connection =
  /** The page was opened without a token. */
  | { readonly status: 'no-link' }
  | { readonly status: 'connecting' }
  | { readonly status: 'live' }
  /** `retryAt` in ms since the Unix epoch. */
  | { readonly status: 'lost'; readonly retryAt: number }
  | { readonly status: 'ended'; readonly reason: string }
  /** The fleet at this address does not take the token: it is another one. */
  | { readonly status: 'new-link' };

export interface FleetView {
  readonly info: FleetInfo;
  readonly state: FleetState;
  /** Ascending, one entry a second at most. */
  readonly history: readonly SecondOfCounts[];
  /** In order of time. */
  readonly marks: readonly Mark[];
}

export interface RatioControl {
  /** The last change from here of each service, while it is of interest. */
  readonly changes: Readonly<Record<string, RatioChange>>;
  /** What can be undone, the last at the end. */
  readonly undo: readonly UndoStep[];
}

export type RatioChange =
  | { readonly status: 'pending'; readonly ratio: number }
  /** `at` in ms since the Unix epoch. */
  | { readonly status: 'in-effect'; readonly ratio: number; readonly at: number }
  | { readonly status: 'refused'; readonly ratio: number; readonly message: string };

export interface UndoStep {
  readonly before: Ratios;
  readonly after: Ratios;
  /** In ms since the Unix epoch. */
  readonly at: number;
}

export interface ChartSettings {
  /** Short name; null for the whole fleet. */
  readonly service: string | null;
  readonly style: 'stacked' | 'lines';
  readonly minutes: number;
  /** What was zoomed to; null for the latest minutes. */
  readonly zoom: Range | null;
}

export interface TailView {
  readonly filter: TailFilter;
  /** The latest, in the order of the log. */
  readonly rows: readonly LogRow[];
  /** Those that are shown while it is paused. */
  readonly frozen: readonly LogRow[] | null;
  /** Lines that passed the filter and were not sent. */
  readonly skipped: number;
  /** Id of the next row; never set back, so that a row keeps its id. */
  readonly nextId: number;
}

export interface TailFilter {
  /** Short name; empty for all. */
  readonly service: string;
  /** Levels, separated by commas; empty for all. */
  readonly levels: string;
  readonly text: string;
}

/** All lines of one request. */
export interface Story {
  readonly requestId: string;
  /** In order of time. */
  readonly rows: readonly LogRow[];
}

export const INITIAL_STATE: PageState = {
  connection: { status: 'connecting' },
  fleet: null,
  ratios: { changes: {}, undo: [] },
  actions: {},
  chart: { service: null, style: 'stacked', minutes: 15, zoom: null },
  tail: { filter: { service: '', levels: '', text: '' }, rows: [], frozen: null, skipped: 0, nextId: 0 },
  story: null,
  incidentTypes: [],
  scenarios: null,
  problem: null,
};
