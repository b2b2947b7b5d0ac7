import type { ServiceStatus } from './control-api.ts';
import type { IncidentStatus } from './incident-api.ts';
import type { Ratios } from './ratios.ts';
import type { Level } from './record.ts';

/**
 * What the page of a fleet is told: two streams of server-sent events (`text/event-stream`), each event with its name and
 * one line of JSON as its data. Comments keep a stream alive: one at least every `HEARTBEAT_MS`.
 *
 *     GET /v1/events    first `snapshot`, then `state`, `counts`, `mark`; `end` when the fleet stops
 *     GET /v1/tail      `lines`: those of the log that pass the filter of its query, first those just past
 *
 * A client that does not read loses events, never delays the fleet; `snapshot` is sent again after a loss.
 */
export type FleetEvent =
  | { readonly type: 'snapshot'; readonly data: Snapshot }
  | { readonly type: 'state'; readonly data: FleetState }
  | { readonly type: 'counts'; readonly data: SecondOfCounts }
  | { readonly type: 'mark'; readonly data: Mark }
  | { readonly type: 'end'; readonly data: { readonly reason: string } };

/** How far back the history reaches, in seconds. */
export const HISTORY_SECONDS = 900;

/** A stream is silent for no longer than this, in ms. */
export const HEARTBEAT_MS = 5_000;

/** Everything that a page needs to begin with. All times are those of time stamps, in ms since the Unix epoch. */
export interface Snapshot {
  readonly fleet: FleetInfo;
  readonly state: FleetState;
  readonly history: History;
  /** Within the history, in order of time. */
  readonly marks: readonly Mark[];
}

export interface FleetInfo {
  /** Process id of the supervisor. */
  readonly pid: number;
  readonly startedAt: number;
  readonly logFile: string;
  readonly seed: number;
  /** Lines a second of the whole fleet. */
  readonly rate: number;
  readonly traffic: string;
  /** Whether the log leaves out what operators do; the page shows it all the same. */
  readonly isBlind: boolean;
  /** Name of the scenario that the fleet was started with. */
  readonly scenario: string | null;
}

/** Sent when something of it changed, and at least once a second. */
export interface FleetState {
  readonly now: number;
  readonly services: readonly ServiceStatus[];
  /** As they were set. */
  readonly ratios: Ratios;
  /** What incidents make of them now, in hundredths. */
  readonly inEffect: Ratios;
  readonly incidents: readonly IncidentStatus[];
}

/** Numbers of lines of one service: good, warning, error. */
export type Counts = readonly [good: number, warning: number, error: number];

/** The lines of each service, by its short name, whose time stamps are within one second. */
export interface SecondOfCounts {
  /** Begin of the second, in ms; a multiple of 1000. */
  readonly at: number;
  readonly counts: Readonly<Record<string, Counts>>;
}

/** Seconds without a line may be missing; a second that was sent before may be sent again with later counts. */
export type History = readonly SecondOfCounts[];

/** Something that an operator, a scenario or the supervisor did: its own line, also of a blind log. */
export interface Mark {
  readonly at: number;
  readonly level: Level;
  /** `Ratios changed from … on: auth 2 -> 8`. */
  readonly text: string;
}

/** Query of `GET /v1/tail`; a line passes if it meets every part that is given. */
export interface TailQuery {
  /** Short names, separated by commas; `supervisor` too. */
  readonly services?: string;
  /** Levels, separated by commas. */
  readonly levels?: string;
  /** Part of the line, such as a request id; upper and lower case are the same. */
  readonly text?: string;
  /** How many lines of the past come first, 0 to 1000; 200 if it is not given. */
  readonly past?: number;
}

/** Some lines that passed the filter, as they are in the log file, in its order. */
export interface TailLines {
  readonly lines: readonly string[];
  /** Further lines that passed since the last event and were left out: there were too many to be read. */
  readonly skipped: number;
}

/** Answer of `GET /v1/scenarios`. */
export interface ScenariosAnswer {
  /** That of the fleet. */
  readonly running: ScenarioTimeline | null;
  /** Those of the package. */
  readonly available: readonly ScenarioInfo[];
}

export interface ScenarioInfo {
  readonly name: string;
  readonly title: string;
  /** How to start a fleet with it. */
  readonly command: string;
}

export interface ScenarioTimeline {
  readonly name: string;
  readonly title: string;
  readonly steps: readonly { readonly at: number; readonly what: string }[];
}
