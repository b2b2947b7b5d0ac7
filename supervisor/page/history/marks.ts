import { HISTORY_SECONDS, type Mark } from '../../../shared/page-api.ts';
import { parseLine } from '../../../shared/record.ts';

/** In a loop of crashes there are several a second; more than this are no help on a chart. */
const MAX_MARKS = 1_000;

/** A crash is told with its stack trace; this much of it is enough on a chart. */
const MAX_TEXT_LENGTH = 2_000;

/** The supervisor's own lines of the last 15 minutes, the last 1,000 of them at most. */
export class Marks {
  #marks: Mark[] = [];
  #new: Mark[] = [];

  /** @param line without its newline */
  add(line: string): void {
    const parsed = parseLine(line);
    if (!parsed) return;
    const mark = { at: parsed.time, level: parsed.level, text: parsed.message.slice(0, MAX_TEXT_LENGTH) };
    this.#marks.push(mark);
    this.#new.push(mark);
    if (this.#marks.length > MAX_MARKS) this.#marks.shift();
    if (this.#new.length > MAX_MARKS) this.#new.shift();
  }

  /** Those since the last call. */
  takeNew(): readonly Mark[] {
    const marks = this.#new;
    this.#new = [];
    return marks;
  }

  /** @param now in ms since the Unix epoch */
  all(now: number): readonly Mark[] {
    const oldest = now - HISTORY_SECONDS * 1000;
    this.#marks = this.#marks.filter(({ at }) => at >= oldest);
    return [...this.#marks].sort((a, b) => a.at - b.at);
  }
}
