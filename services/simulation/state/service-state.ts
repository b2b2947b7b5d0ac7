import type { PlannedDeploy, PlannedFault } from '../../../shared/incident.ts';
import type { FaultEdge } from '../../definition/definition.ts';
import { drawAlone } from '../compile-value.ts';
import { userNumber } from '../customers.ts';
import { pick, productNumber } from '../entities.ts';
import { deriveKey, mix, seedKey, unit } from '../hash.ts';
import type { Subject } from '../subjects.ts';
import type { Value } from '../value.ts';
import type { CompiledState } from './compile-state.ts';
import { type Deploy, Deploys, podsOf, versionOf } from './deploys.ts';
import { FaultTimes } from './fault-times.ts';
import { Curve } from './gauge-curve.ts';
import { Gauges } from './gauges.ts';
import { CALM, type Spell, Spells, spellOf } from './spells.ts';
import { EVEN_TRAFFIC, type TrafficLevel } from './traffic-level.ts';

/** Least and most load, as a factor of what a step takes. */
const LOAD = { low: 0.7, high: 2.6 };

/** The instance of several that has a fault. */
export interface FaultyTarget {
  /** Index of the target. */
  readonly index: number;
  readonly name: string;
}

/** Something that happens to a service once. */
export interface ServiceEvent {
  /** Index of a lasting fault; undefined for a deploy. */
  readonly fault: number | undefined;
  readonly edge: FaultEdge;
}

/** What incidents have planned for a service. */
export interface ServicePlan {
  readonly faults: readonly PlannedFault[];
  readonly deploys: readonly PlannedDeploy[];
  /** No lasting fault is on at any time. */
  readonly isCalm: boolean;
  /** The share of the lasting faults that come by themselves which are on, 0 to 1. Default: all. */
  readonly share?: number;
}

const NOTHING_PLANNED: ServicePlan = { faults: [], deploys: [], isCalm: false };

/** The state of one service as a function of time, for one seed. What it keeps is a cache and never changes an answer. */
export class ServiceState {
  /** Values of the constants, by index. */
  readonly constants: readonly Value[];
  /** Whether a lasting fault is told only while it is on. */
  readonly isExclusive: boolean;
  readonly #name: string;
  readonly #compiled: CompiledState;
  readonly #key: number;
  readonly #faults: FaultTimes;
  readonly #gauges: Gauges;
  readonly #load: Curve;
  readonly #deploys: Deploys;
  #lastSpell: Spell | undefined;
  #lastFaultyTarget: FaultyTarget | undefined;
  #lastDeploy: Deploy | undefined;
  #pods: readonly string[] = [];

  /**
   * @param name short name of the service
   * @param seed whole number, 0 to 4294967295
   * @param plan what incidents have planned for this service
   * @param traffic that its gauges follow
   */
  constructor(
    name: string,
    compiled: CompiledState,
    seed: number,
    { faults, deploys, isCalm, share }: ServicePlan = NOTHING_PLANNED,
    traffic: TrafficLevel = EVEN_TRAFFIC,
  ) {
    const key = seedKey(seed, `state of ${name}`);
    this.isExclusive = compiled.isExclusive;
    this.#name = name;
    this.#compiled = compiled;
    this.#key = key;
    const weights = compiled.lasting.map(({ weight }) => weight);
    this.#faults = new FaultTimes(
      isCalm ? CALM : new Spells(deriveKey(key, 1), weights, share),
      isCalm ? [] : faults,
      (cause) => compiled.lasting.findIndex((fault) => fault.cause === cause),
    );
    this.#load = new Curve(deriveKey(key, 2));
    this.#deploys = new Deploys(deriveKey(key, 3), deploys);
    this.constants = compiled.constants.map((value, index) => drawAlone(value, deriveKey(key, 100 + index)));
    const numberOf = (name: string): number => Number(this.constants[compiled.constantNames.indexOf(name)]);
    this.#gauges = new Gauges(compiled, key, numberOf, traffic);
  }

  /** The spell at an instant (ms since the epoch, as all times here). */
  spellAt(time: number): Spell {
    return this.#faults.at(time);
  }

  /** The reading of a gauge. */
  gauge(index: number, time: number): number {
    return this.#gauges.at(index, time, this.#faults.at(time));
  }

  /** By how much longer than usual the steps of the service take. */
  loadAt(time: number): number {
    const x = this.#load.at(time);
    return (LOAD.low + (LOAD.high - LOAD.low) * x * x * x) * this.slowdownAt(time);
  }

  /** The part of the load that is due to a fault, 1 to 8. */
  slowdownAt(time: number): number {
    let slowdown = 1;
    for (let spell: Spell | undefined = this.#faults.at(time); spell; spell = spell.earlier) {
      slowdown = Math.max(slowdown, this.#compiled.lasting[spell.fault]?.slowdown ?? 1);
    }
    return slowdown;
  }

  /** Whether the fault of a spell concerns what uses the instances with that key. */
  concerns(spell: Spell, targetKey: number): boolean {
    const faulty = this.faultyTarget(spell);
    return !faulty || this.target(faulty.index, targetKey) === faulty.name;
  }

  /** One of several instances, by a key of what keeps to it; the first is used most. */
  target(index: number, key: number): string {
    const instances = this.#compiled.targets[index] as readonly string[];
    const x = unit(deriveKey(key, 300 + index));
    return instances[Math.floor(instances.length * x * x)] as string;
  }

  /** The instance that has the fault of a spell; undefined when the fault has no such target. */
  faultyTarget(spell: Spell): FaultyTarget | undefined {
    if (spell === this.#lastSpell) return this.#lastFaultyTarget;
    const { fault, targetKey, target } = spell;
    const index = this.#compiled.lasting[fault]?.target ?? -1;
    this.#lastSpell = spell;
    this.#lastFaultyTarget = index < 0 ? undefined : { index, name: target ?? this.#anyTarget(index, targetKey) };
    return this.#lastFaultyTarget;
  }

  /** Any of them, also one that is little used. */
  #anyTarget(index: number, key: number): string {
    const instances = this.#compiled.targets[index] as readonly string[];
    return instances[Math.floor(unit(deriveKey(key, index)) * instances.length)] as string;
  }

  /** True while a personal fault is true of the customer of a subject, or of the product. */
  isAffected(index: number, { subject, goods }: Pick<Subject, 'subject' | 'goods'>, time: number): boolean {
    const { of, share, hours } = this.#compiled.personal[index] as CompiledState['personal'][number];
    const who = of === 'user' ? userNumber(subject) : productNumber(goods);
    const key = deriveKey(mix(this.#key ^ who), 400 + index);
    const stretch = Math.floor(time / (hours * 3_600_000) + unit(key));
    return unit(deriveKey(key, stretch)) < share;
  }

  /**
   * The event if it happened after `from` and at `to` at the latest, unless the fault is over, or back, by then.
   * @returns the spell that it belongs to, or true for a deploy
   */
  happened({ fault, edge }: ServiceEvent, from: number, to: number): Spell | boolean {
    if (fault === undefined) {
      const at = this.#deploys.at(to)[edge === 'began' ? 'from' : 'to'];
      return at > from && at <= to;
    }
    const spell = edge === 'ended' ? this.#faults.endedBetween(fault, from, to) : spellOf(this.#faults.at(to), fault);
    if (!spell?.isAnnounced) return false;
    if (edge === 'ended') return spell;
    const at = edge === 'began' ? spell.noticedAt : spell.recoversAt;
    return at > from && at <= to && spell;
  }

  /** The version that is in use once a release is rolled out. */
  version(time: number): string {
    return versionOf(this.#deploys.at(time));
  }

  /** Name of the pod that serves a journey. */
  pod(key: number, time: number): string {
    const deploy = this.#deploys.at(time);
    if (deploy !== this.#lastDeploy) {
      this.#lastDeploy = deploy;
      this.#pods = podsOf(this.#name, deploy);
    }
    return pick(deriveKey(key, 8), this.#pods);
  }
}
