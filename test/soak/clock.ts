import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Preloaded into every process of a fleet: see shifted-clock.ts. */
const SHIFTED_CLOCK = fileURLToPath(new URL('./shifted-clock.js', import.meta.url));

/** The clock of one fleet, which can be set back. */
export class FleetClock {
  readonly #file: string;
  #offsetMs = 0;

  /** @param file where its processes read the offset */
  constructor(file: string) {
    this.#file = file;
    this.setBack(0);
  }

  /** What the processes of the fleet need in their environment. */
  get environment(): NodeJS.ProcessEnv {
    return { NODE_OPTIONS: `--import ${SHIFTED_CLOCK}`, CLOCK_OFFSET_FILE: this.#file };
  }

  /** By how much it differs from the clock of the machine, in ms. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  setBack(ms: number): void {
    this.#offsetMs -= ms;
    writeFileSync(this.#file, String(this.#offsetMs));
  }
}
