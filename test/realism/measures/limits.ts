import type { LogLine } from '../lines/log-line.ts';
import { type Finding, MAX_EXAMPLES, type Measure } from '../measure.ts';
import { CONSTANTS, TIMEOUTS } from '../words.ts';

const OPERATION = / op=\S+/;

/** How much later than its limit something may be stopped, in ms. */
const STOPPED_WITHIN_MS = 25;

/** Whether what timed out took its limit, and whether limits and sizes are constants. */
export class Limits implements Measure {
  readonly #limits = new Settings();
  readonly #constants = new Settings();
  readonly #examples: string[] = [];
  #timeouts = 0;
  #credible = 0;

  observe(line: LogLine): void {
    const { message } = line;
    const timeout = TIMEOUTS.map((pattern) => pattern.exec(message)).find((match) => match !== null);
    if (timeout) {
      const { took, limit } = timeout.groups as { took: string; limit: string };
      this.#timeouts++;
      const late = Number(took) - Number(limit);
      if (late >= 0 && late <= STOPPED_WITHIN_MS) this.#credible++;
      else if (this.#examples.length < MAX_EXAMPLES) this.#examples.push(message);
      this.#limits.add(line, 0, limit);
      return;
    }
    for (const [kind, pattern] of CONSTANTS.entries()) {
      let position = 0;
      for (const match of message.matchAll(pattern))
        this.#constants.add(line, kind * 10 + position++, match[1] as string);
    }
  }

  findings(): readonly Finding[] {
    const share = this.#credible / this.#timeouts;
    return [
      { id: 'timeouts', figures: [share], examples: this.#examples },
      { id: 'timeoutLimits', ...this.#limits.disagreements() },
      { id: 'constants', ...this.#constants.disagreements() },
    ];
  }
}

/** The values that each text of a service gives for a constant. */
class Settings {
  readonly #values = new Map<string, Set<string>>();

  add({ service, message, template, http }: LogLine, position: number, value: string): void {
    // Each route, and each operation of a logfmt line, may have its own limit.
    const route = http ? ` ${http.method} ${http.route}` : '';
    const key = `${position} ${service}${route}${OPERATION.exec(message)?.[0] ?? ''}: ${template}`;
    const values = this.#values.get(key);
    if (values) values.add(value);
    else this.#values.set(key, new Set([value]));
  }

  disagreements(): Required<Omit<Finding, 'id'>> {
    const all = [...this.#values].filter(([, values]) => values.size > 1).sort((a, b) => b[1].size - a[1].size);
    const examples = all.map(
      ([key, values]) => `${key.slice(key.indexOf(' ') + 1)} (${[...values].slice(0, 8).join(', ')})`,
    );
    return { figures: [all.length], cases: this.#values.size, examples: examples.slice(0, MAX_EXAMPLES) };
  }
}
