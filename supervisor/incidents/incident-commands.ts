import { UserError } from '../../shared/errors.ts';
import type { Incident } from '../../shared/incident.ts';
import type { IncidentRequest, IncidentStatus, IncidentTypeInfo } from '../../shared/incident-api.ts';
import type { Fleet } from '../fleet.ts';
import type { Log } from '../log/log.ts';
import type { IncidentCatalogue } from './incident-catalogue.ts';
import { IncidentIds } from './incident-ids.ts';
import { stateOf, statusOf } from './incident-status.ts';

/**
 * Of those that operators started and that are going on or over since less than an hour. Each is part of every timeline entry
 * that is sent to every process. What a scenario has planned takes none of them away.
 */
const MAX_STARTED = 50;

/** An operator's commands about incidents. Each returns once every line that is written follows it. */
export class IncidentCommands {
  readonly #fleet: Fleet;
  readonly #log: Log;
  readonly #catalogue: IncidentCatalogue;
  readonly #ids: IncidentIds;
  #starting = 0;

  constructor(fleet: Fleet, log: Log, catalogue: IncidentCatalogue) {
    this.#fleet = fleet;
    this.#log = log;
    this.#catalogue = catalogue;
    this.#ids = new IncidentIds(this.#all.map(({ id }) => id));
  }

  types(): Promise<readonly IncidentTypeInfo[]> {
    return this.#catalogue.list();
  }

  /** Those that are planned, going on or were until lately, by when they were started. */
  statuses(): readonly IncidentStatus[] {
    return this.#all.map((incident) => this.#statusOf(incident));
  }

  /** @throws {UserError} `unknown-incident-type`, `unknown-target`, `conflict`, `no-answer` */
  async start(request: IncidentRequest): Promise<IncidentStatus> {
    const started = this.#all.filter(({ startedBy }) => startedBy === 'operator').length;
    if (started + this.#starting >= MAX_STARTED) {
      const problem = `${MAX_STARTED} started incidents are going on or were within the last hour, which is the most`;
      throw new UserError('conflict', `${request.type}: ${problem}; start it later`);
    }
    const id = this.#ids.take(request.type, request.id);
    this.#starting++;
    try {
      const plan = await this.#catalogue.plan({ ...request, id, startedBy: 'operator' });
      const { version } = await this.#fleet.sharedWorld.startIncident(plan);
      this.#log.operation(`Incident ${id} starts (${request.type})`);
      await this.#fleet.whenApplied(version);
    } catch (error) {
      if (!this.#find(id)) this.#ids.giveBack(id);
      throw error;
    } finally {
      this.#starting--;
    }
    return this.#statusOf(this.#known(id));
  }

  /**
   * @param isAtOnce without a recovery
   * @throws {UserError} `unknown-incident`, `conflict`, `no-answer`
   */
  async stop(id: string, isAtOnce: boolean): Promise<IncidentStatus> {
    const { type } = this.#checkStoppable(this.#known(id), isAtOnce);
    const { version } = await this.#fleet.sharedWorld.stopIncident(id, isAtOnce);
    this.#log.operation(`Incident ${id} is stopped${isAtOnce ? ' at once' : ''} (${type})`);
    await this.#fleet.whenApplied(version);
    return this.#statusOf(this.#known(id));
  }

  get #all(): readonly Incident[] {
    return this.#fleet.sharedWorld.latest.incidents ?? [];
  }

  /** The present, or when the last change takes effect. */
  get #now(): number {
    const { now, latest } = this.#fleet.sharedWorld;
    return Math.max(now, latest.at);
  }

  #find(id: string): Incident | undefined {
    return this.#all.find((incident) => incident.id === id);
  }

  #known(id: string): Incident {
    const incident = this.#find(id);
    if (incident) return incident;
    const known = this.#all.map((other) => other.id);
    const those = known.length === 0 ? 'this fleet has none' : `this fleet has ${known.join(', ')}`;
    throw new UserError('unknown-incident', `${id}: no such incident; ${those}`);
  }

  #checkStoppable(incident: Incident, isAtOnce: boolean): Incident {
    const { sharedWorld } = this.#fleet;
    const state = stateOf(incident, this.#now);
    const until = new Date(sharedWorld.toTimeStamp(incident.to)).toISOString();
    if (state === 'over') throw new UserError('conflict', `${incident.id}: is over since ${until}`);
    if (state !== 'recovery' || isAtOnce) return incident;
    const command = `npm run incident -- stop ${incident.id} --at-once`;
    throw new UserError('conflict', `${incident.id}: recovers already, until ${until}; to end it now: ${command}`);
  }

  #statusOf(incident: Incident): IncidentStatus {
    const { sharedWorld } = this.#fleet;
    const entry = sharedWorld.latest;
    return statusOf(incident, { now: this.#now, entry, toTimeStamp: (time) => sharedWorld.toTimeStamp(time) });
  }
}
