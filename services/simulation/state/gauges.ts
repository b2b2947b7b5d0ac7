import type { Gauge, GaugeRange } from '../../definition/definition.ts';
import { deriveKey } from '../hash.ts';
import type { CompiledState } from './compile-state.ts';
import { Curve, countdown, LoadCurve } from './gauge-curve.ts';
import type { Spell } from './spells.ts';
import type { TrafficLevel } from './traffic-level.ts';

type Range = readonly [low: number, high: number];

interface CompiledGauge {
  readonly key: number;
  readonly curve: Pick<Curve, 'at'>;
  readonly usual: Range;
  /** By index of the fault. */
  readonly during: readonly (Range | undefined)[];
  readonly isCountdown: boolean;
  /** Index of the gauge that has to be at its limit first; -1 for none. */
  readonly waitsFor: number;
}

/** The gauges of one service as functions of time, for one seed. */
export class Gauges {
  readonly #gauges: readonly CompiledGauge[];

  /**
   * @param numberOf value of a constant, by name
   * @param traffic that some of them follow
   */
  constructor(
    { gauges, gaugeNames, lasting }: CompiledState,
    key: number,
    numberOf: (constant: string) => number,
    traffic: TrafficLevel,
  ) {
    const boundsOf = ([low, high]: GaugeRange): Range => [boundOf(low), boundOf(high)];
    const boundOf = (bound: number | string): number => (typeof bound === 'number' ? bound : numberOf(bound));
    this.#gauges = gauges.map(({ usual, during = {}, load, countdown: falls, waitsFor }: Gauge, index) => {
      const gaugeKey = deriveKey(key, 200 + index);
      return {
        key: gaugeKey,
        curve: load ? new LoadCurve(gaugeKey, traffic) : new Curve(gaugeKey),
        usual: boundsOf(usual),
        during: lasting.map(({ cause }) => {
          const range = Object.hasOwn(during, cause) ? during[cause] : undefined;
          return range && boundsOf(range);
        }),
        isCountdown: falls === true,
        waitsFor: waitsFor === undefined ? -1 : gaugeNames.indexOf(waitsFor),
      };
    });
  }

  /**
   * The reading of a gauge, a whole number.
   * @param on the spell at that time
   */
  at(index: number, time: number, on: Spell): number {
    const { key, curve, usual, during, isCountdown, waitsFor } = this.#gauges[index] as CompiledGauge;
    if (isCountdown) return countdown(key, usual[0], usual[1], time);
    const x = curve.at(time);
    let reading = within(usual, x);
    for (let spell: Spell | undefined = on; spell; spell = spell.earlier) {
      const range = during[spell.fault];
      if (!range || (waitsFor >= 0 && !this.#isAtLimit(waitsFor, time, on, spell.fault))) continue;
      reading += (within(range, x) - reading) * strengthOf(spell, time);
    }
    return Math.floor(reading);
  }

  /** Whether a gauge is where a fault takes it. */
  #isAtLimit(index: number, time: number, on: Spell, fault: number): boolean {
    const limit = (this.#gauges[index] as CompiledGauge).during[fault];
    return limit === undefined || this.at(index, time, on) >= limit[0];
  }
}

/** How far a fault has its gauges where it takes them, 0 to 1. */
function strengthOf({ from, fullFrom, fullTo, to }: Spell, time: number): number {
  const risen = fullFrom > from ? (time - from) / (fullFrom - from) : 1;
  const left = to > fullTo ? (to - time) / (to - fullTo) : 1;
  return Math.min(1, risen, left);
}

function within([low, high]: Range, x: number): number {
  return low + (high + 1 - low) * x;
}
