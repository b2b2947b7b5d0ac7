import type { LogLine } from '../lines/log-line.ts';
import type { Finding, Measure } from '../measure.ts';
import { PROVIDER, REROUTED, says, WAREHOUSE } from '../words.ts';
import { Tally } from './tally.ts';

/** An order is paid through one provider and shipped from one warehouse. */
export class Targets implements Measure {
  readonly #providers = new Tally('providers');
  readonly #warehouses = new Tally('warehouses');
  readonly #providerOf = new Map<string, Target>();
  readonly #warehouseOf = new Map<string, Target>();

  observe({ order, message }: LogLine): void {
    if (order === undefined) return;
    compare(this.#providers, this.#providerOf, order, PROVIDER.exec(message)?.[0].toLowerCase(), message);
    compare(this.#warehouses, this.#warehouseOf, order, WAREHOUSE.exec(message)?.[0], message);
  }

  findings(): readonly Finding[] {
    return [this.#providers.finding(), this.#warehouses.finding()];
  }
}

interface Target {
  name: string;
  /** Whether more than one line of the order names one. */
  isRepeated: boolean;
  isContradicted: boolean;
}

/** A case is an order for which a second line names a target. */
function compare(
  tally: Tally,
  targets: Map<string, Target>,
  order: string,
  name: string | undefined,
  message: string,
): void {
  if (name === undefined) return;
  const known = targets.get(order);
  if (!known) {
    targets.set(order, { name, isRepeated: false, isContradicted: false });
    return;
  }
  if (!known.isRepeated) tally.case();
  known.isRepeated = true;
  if (known.name === name) return;
  if (says(REROUTED, message)) known.name = name;
  else if (!known.isContradicted) {
    tally.contradiction(`${message} (before: ${known.name})`);
    known.isContradicted = true;
  }
}
