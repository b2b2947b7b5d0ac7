import { UserError } from '../../shared/errors.ts';

/** The ids of the incidents of a run. Each is given once, so that it never means another one in the log or a record. */
export class IncidentIds {
  readonly #given: Set<string>;

  /** @param given before, by a scenario */
  constructor(given: readonly string[] = []) {
    this.#given = new Set(given);
  }

  /**
   * @param wanted by default the type and the next free number
   * @throws {UserError} `conflict` when it was given before
   */
  take(type: string, wanted?: string): string {
    const id = wanted ?? this.#next(type);
    if (this.#given.has(id)) {
      throw new UserError(
        'conflict',
        `${id}: is the id of another incident of this run; use a new one, or leave it out`,
      );
    }
    this.#given.add(id);
    return id;
  }

  /** Nothing came of the incident: its id may be given again. */
  giveBack(id: string): void {
    this.#given.delete(id);
  }

  #next(type: string): string {
    let number = 1;
    while (this.#given.has(`${type}-${number}`)) number++;
    return `${type}-${number}`;
  }
}
