import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run.ts';

/** The clock of one fleet, which can be set back. */
export class FleetClock {
  readonly #file: string;
  #offsetMs = 0;

  /** @param file where the processes of the fleet read the offset */
  constructor(file: string) {
    this.#file = file;
    this.setBack(0);
  }

  /** Environment variables for the processes of the fleet. */
  get environment(): { readonly NODE_OPTIONS: string; readonly CLOCK_OFFSET_FILE: string } {
    return {
      NODE_OPTIONS: `--import ${join(ROOT, 'test/fixtures/shifted-clock.js')}`,
      CLOCK_OFFSET_FILE: this.#file,
    };
  }

  /** Difference from the clock of the machine, in ms. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  setBack(ms: number): void {
    this.#offsetMs -= ms;
    // Renamed, since an empty file would be read as no offset.
    writeFileSync(`${this.#file}.new`, String(this.#offsetMs));
    renameSync(`${this.#file}.new`, this.#file);
  }
}
