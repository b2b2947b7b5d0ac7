import type { RatiosAnswer, ServiceAction } from '../../../../shared/control-api.ts';
import type { IncidentTypeInfo } from '../../../../shared/incident-api.ts';
import type { FleetEvent, ScenariosAnswer, TailLines } from '../../../../shared/page-api.ts';
import type { Ratios } from '../../../../shared/ratios.ts';
import type { ChartSettings, Connection, TailFilter } from './page-state.ts';

/** All that changes the state of the page. Times are those of the browser, in ms since the Unix epoch. */
export type PageEvent =
  | { readonly type: 'connection'; readonly connection: Connection }
  | { readonly type: 'fleet'; readonly event: FleetEvent; readonly at: number }
  | { readonly type: 'incident-types'; readonly types: readonly IncidentTypeInfo[] }
  | { readonly type: 'scenarios'; readonly scenarios: ScenariosAnswer }
  | { readonly type: 'problem'; readonly message: string | null }
  | ActionEvent
  | RatioEvent
  | { readonly type: 'chart'; readonly settings: Partial<ChartSettings> }
  | TailEvent
  | StoryEvent;

type ActionEvent =
  | { readonly type: 'action-asked'; readonly service: string; readonly action: ServiceAction }
  | { readonly type: 'action-answered'; readonly service: string };

type RatioEvent =
  | { readonly type: 'ratios-asked'; readonly ratios: Ratios; readonly at: number }
  /** The last step is undone: its `before` is asked for. */
  | { readonly type: 'ratios-undone' }
  | { readonly type: 'ratios-answered'; readonly ratios: Ratios; readonly answer: RatiosAnswer; readonly at: number }
  | { readonly type: 'ratios-refused'; readonly ratios: Ratios; readonly message: string };

type TailEvent =
  /** Connected: the past comes first, again. */
  | { readonly type: 'tail-opened' }
  | { readonly type: 'tail-lines'; readonly lines: TailLines }
  | { readonly type: 'tail-filter'; readonly filter: Partial<TailFilter> }
  | { readonly type: 'tail-paused' }
  | { readonly type: 'tail-resumed' };

type StoryEvent =
  | { readonly type: 'story-opened'; readonly requestId: string }
  /** Connected: the past comes first, again. */
  | { readonly type: 'story-connected' }
  | { readonly type: 'story-lines'; readonly lines: readonly string[] }
  | { readonly type: 'story-closed' };
