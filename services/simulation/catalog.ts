import {
  type Condition,
  type Journey,
  type ServiceDefinition,
  type Step,
  statusOf,
  type Variant,
} from '../definition/definition.ts';
import { type CompiledFailure, CompiledVariant } from './compiled-variant.ts';
import { type LimitIndex, Limits } from './limits.ts';
import { type OwnGetter, ownGetters } from './own-placeholders.ts';
import type { ChoiceContext, Failure, RenderContext } from './render-context.ts';
import { type CompiledState, compileState } from './state/compile-state.ts';
import { compileText } from './template.ts';
import type { Value } from './value.ts';

/** Variants, one of which is chosen by weight. */
export interface Choices {
  readonly variants: readonly CompiledVariant[];
  /** Sum over the variants. */
  readonly weight: number;
  /** Whether some apply only under a condition. */
  readonly isConditional: boolean;
}

/** A step ready to be rendered; a list that the definition leaves out is empty. */
export interface CompiledStep {
  readonly service: number;
  /** Index of the stage at whose end its line is written. */
  readonly stage: number;
  readonly good: Choices;
  readonly bad: Choices;
  readonly afterFailure: { readonly good: Choices; readonly bad: Choices; readonly dependency: Choices };
  /** Whether a good line can end the journey. */
  readonly mayRefuse: boolean;
  /** How the journey fails here while the service is down. */
  readonly unreachable: CompiledFailure;
  /** What of its bad variants makes them likely. */
  readonly symptoms: Symptoms;
  /** Good variants that tell an event. */
  readonly goodEvents: readonly CompiledVariant[];
  /** Whether its lines are those of the service itself, which belong to no journey. */
  readonly isOwnLine: boolean;
  /** Of a scheduled line: time from one to the next, in ms; otherwise 0. */
  readonly periodMs: number;
}

/** When a step's line is bad rather than another one of its service. */
interface Symptoms {
  /** For each lasting fault of the service whether the step can tell it. */
  readonly lasting: readonly boolean[];
  /** Indexes of the personal faults that it can tell, while the journey goes well and after it has failed. */
  readonly personal: readonly number[];
  readonly personalAfterFailure: readonly number[];
  /** Of its timeouts. */
  readonly timeouts: readonly LimitIndex[];
  /** Variants that tell an event. */
  readonly events: readonly CompiledVariant[];
}

/** A kind of journey with its steps over all services, in causal order. */
export interface CompiledJourney {
  readonly name: string;
  readonly journey: Journey;
  readonly stages: readonly (readonly [number, number])[];
  readonly steps: readonly CompiledStep[];
  /** Whether it is a background line, which belongs to no request. */
  readonly background: boolean;
  readonly http: RenderContext['http'];
}

/** What others say about a service. */
interface ServiceRef {
  /** Index in the catalog. */
  readonly index: number;
  readonly name: string;
  readonly logName: string;
  /** Host and port. */
  readonly address: string;
}

export interface CompiledService {
  readonly name: string;
  readonly logName: string;
  /** Indexes of the services that it depends on. */
  readonly dependsOn: ReadonlySet<number>;
  readonly background: CompiledStep;
  readonly state: CompiledState;
}

/** All services and journeys, compiled; what they write depends on these and the world alone. */
export interface Catalog {
  readonly services: readonly CompiledService[];
  /** Service indexes, each after all that it depends on. */
  readonly dependencyOrder: readonly number[];
  /** Those of requests, then background and scheduled lines. */
  readonly journeys: readonly CompiledJourney[];
  readonly limits: Limits;
}

/**
 * Compiles valid definitions; `journeys` are those of the shop. The log depends on the order of the services.
 */
export function compileCatalog(
  definitions: readonly ServiceDefinition[],
  journeys: Readonly<Record<string, Journey>>,
): Catalog {
  const limits = new Limits();
  const compilers = definitions.map((definition, index) => new ServiceCompiler(definition, index, limits));
  const indexOf = new Map(definitions.map(({ name }, index) => [name, index]));
  const services = compilers.map((compiler) => compiler.service(indexOf));
  const all = { ...journeys, ...Object.assign({}, ...definitions.map((definition) => definition.journeys ?? {})) };
  const ofRequests = Object.entries<Journey>(all).map(([name, journey]) => compileJourney(name, journey, compilers));
  const own = compilers.flatMap((compiler, index) => {
    const { background } = services[index] as CompiledService;
    return [compiler.backgroundJourney(background), ...compiler.scheduledJourneys()];
  });
  return { services, dependencyOrder: dependencyOrder(services), journeys: [...ofRequests, ...own], limits };
}

function compileJourney(name: string, journey: Journey, compilers: readonly ServiceCompiler[]): CompiledJourney {
  const { http } = journey;
  const fixed = new Map<string, Value>();
  if (http) fixed.set('method', http.method);
  if (http && !http.path.includes('{')) fixed.set('path', http.path);
  return {
    name,
    journey,
    stages: Object.values(journey.stages),
    steps: Object.entries(journey.stages).flatMap(([stage, [, maxMs]], index) =>
      compilers.flatMap((compiler) => compiler.step(`${name}.${stage}`, { name: stage, index, maxMs, fixed })),
    ),
    background: false,
    http: http && { method: http.method, path: compileText(http.path) },
  };
}

/** A stage as its steps see it. */
interface StageRef {
  readonly name: string;
  readonly index: number;
  /** Longest usual duration, in ms. */
  readonly maxMs: number;
  /** Placeholders that have one value in all its lines. */
  readonly fixed: ReadonlyMap<string, Value>;
}

/** The stage of a line that belongs to no request. */
const NO_STAGE: StageRef = { name: '', index: 0, maxMs: 0, fixed: new Map() };

class ServiceCompiler {
  readonly #definition: ServiceDefinition;
  readonly #ref: ServiceRef;
  readonly #state: CompiledState;
  readonly #getters: ReadonlyMap<string, OwnGetter>;
  readonly #limits: Limits;

  constructor(definition: ServiceDefinition, index: number, limits: Limits) {
    const { name, logName } = definition;
    this.#definition = definition;
    this.#ref = { index, name, logName, address: `192.0.2.${10 + index}:${8080 + index}` };
    this.#state = compileState(definition);
    this.#getters = ownGetters(this.#state);
    this.#limits = limits;
  }

  service(indexOf: ReadonlyMap<string, number>): CompiledService {
    const { name, logName, dependsOn, background } = this.#definition;
    return {
      name,
      logName,
      dependsOn: new Set(dependsOn.map((dependency) => indexOf.get(dependency) as number)),
      background: this.#step(background, NO_STAGE),
      state: this.#state,
    };
  }

  /** What the service writes at that stage, if anything. */
  step(key: string, stage: StageRef): CompiledStep[] {
    const step = this.#definition.steps[key];
    return step ? [this.#step(step, stage)] : [];
  }

  backgroundJourney(step: CompiledStep): CompiledJourney {
    return ownJourney(`background of ${this.#ref.name}`, { perPage: this.#definition.background.perPage }, step);
  }

  scheduledJourneys(): readonly CompiledJourney[] {
    return Object.entries(this.#definition.background.scheduled ?? {}).map(([name, line]) => {
      const { everySeconds, atSeconds } = line;
      const timetable = atSeconds === undefined ? { everySeconds } : { everySeconds, atSeconds };
      const step = this.#step(line, NO_STAGE, everySeconds * 1000);
      return ownJourney(`${name} of ${this.#ref.name}`, timetable, step);
    });
  }

  #step(step: Step, stage: StageRef, periodMs = 0): CompiledStep {
    const { afterFailure = {} } = step;
    const choices = (variants: readonly Variant[] = []): Choices => this.#choices(variants, stage);
    const good = choices(step.good);
    const bad = choices(step.bad);
    const after = {
      good: choices(afterFailure.good),
      bad: choices(afterFailure.bad),
      dependency: choices(afterFailure.dependency),
    };
    return {
      service: this.#ref.index,
      stage: stage.index,
      good,
      bad,
      afterFailure: after,
      mayRefuse: good.variants.some(({ failure }) => failure),
      unreachable: this.#failure(stage, { down: true, cause: 'unreachable', status: 503, isExpected: false }),
      symptoms: this.#symptoms(bad.variants, [...after.bad.variants, ...after.dependency.variants]),
      goodEvents: good.variants.filter(({ event }) => event),
      isOwnLine: stage === NO_STAGE,
      periodMs,
    };
  }

  #symptoms(variants: readonly CompiledVariant[], afterFailure: readonly CompiledVariant[]): Symptoms {
    return {
      lasting: this.#state.lasting.map((_, index) => variants.some(({ lasting }) => lasting === index)),
      personal: personalIn(variants),
      personalAfterFailure: personalIn(afterFailure),
      timeouts: variants.filter(({ isTimeout }) => isTimeout).map(({ limit }) => limit),
      events: variants.filter(({ event }) => event),
    };
  }

  #choices(variants: readonly Variant[], stage: StageRef): Choices {
    const compiled = variants.map((variant) => this.#variant(variant, stage));
    return {
      variants: compiled,
      weight: compiled.reduce((sum, { weight }) => sum + weight, 0),
      isConditional: compiled.some(({ isConditional }) => isConditional),
    };
  }

  #variant(variant: Variant, stage: StageRef): CompiledVariant {
    const { cause = 'failed', fails, level } = variant;
    const status = statusOf(variant);
    const isExpected = level === 'DEBUG' || level === 'INFO';
    const { lasting, personal } = this.#state;
    const hasLimit = hasOwnLimit(variant);
    const isTimeout = hasLimit && fails !== undefined;
    return new CompiledVariant(variant, {
      logName: this.#ref.logName,
      getters: this.#getters,
      fixed: status === undefined ? stage.fixed : new Map([...stage.fixed, ['status', status]]),
      failure:
        fails === undefined ? undefined : this.#failure(stage, { down: false, cause, status: fails, isExpected }),
      lasting: lasting.findIndex((fault) => fault.cause === variant.cause),
      personal: personal.findIndex((fault) => fault.cause === variant.cause),
      event: this.#event(variant.when?.event),
      gauges: this.#gaugeBounds(variant.when),
      limit: hasLimit ? this.#limits.add(this.#ref.name, variant.text, stage.maxMs, isTimeout) : -1,
      isTimeout,
    });
  }

  #event(name: string | undefined): CompiledVariant['event'] {
    if (name === undefined) return undefined;
    const [subject, edge] = name.split('.') as [string, 'began' | 'ended'];
    const fault = this.#state.lasting.findIndex(({ cause }) => cause === subject);
    return { fault: fault < 0 ? undefined : fault, edge };
  }

  #gaugeBounds({ least = {}, most = {} }: Condition = {}): CompiledVariant['gauges'] {
    return [...new Set([...Object.keys(least), ...Object.keys(most)])].map((name) => ({
      gauge: this.#state.gaugeNames.indexOf(name),
      least: least[name] ?? Number.NEGATIVE_INFINITY,
      most: most[name] ?? Number.POSITIVE_INFINITY,
    }));
  }

  #failure({ name: stage }: StageRef, how: Pick<Failure, 'down' | 'cause' | 'status' | 'isExpected'>): CompiledFailure {
    const { index, name, address } = this.#ref;
    return { failedService: index, service: name, address, stage, ...how };
  }
}

/** Indexes of the personal faults that any of the variants tells. */
function personalIn(variants: readonly CompiledVariant[]): readonly number[] {
  return [...new Set(variants.map(({ personal }) => personal).filter((index) => index >= 0))];
}

/** Lines that belong to no request, in the form of a journey of one step. */
function ownJourney(
  name: string,
  when: Pick<Journey, 'perPage' | 'everySeconds' | 'atSeconds'>,
  step: CompiledStep,
): CompiledJourney {
  return {
    name,
    journey: { ...when, actor: 'system', stages: {} },
    stages: [[0, 0]],
    steps: [step],
    background: true,
    http: undefined,
  };
}

function dependencyOrder(services: readonly CompiledService[]): number[] {
  const order = new Set<number>();
  const visit = (index: number): void => {
    if (order.has(index)) return;
    for (const dependency of (services[index] as CompiledService).dependsOn) visit(dependency);
    order.add(index);
  };
  services.forEach((_, index) => {
    visit(index);
  });
  return [...order];
}

/** True for a text with a `{limit}` that it does not define itself; without parsing it, which takes long at a start. */
function hasOwnLimit({ text, values }: Variant): boolean {
  return text.includes('{limit}') && !text.includes('{limit:') && values?.limit === undefined;
}

/** True when that condition of a variant holds, as far as it concerns the step and a failure before it. */
export function matches(
  condition: Condition | undefined,
  durationMs: number,
  failure: ChoiceContext['failure'],
): boolean {
  if (!condition) return true;
  const { minMs, failedIn, down, status, failedAt } = condition;
  if (minMs !== undefined && durationMs < minMs) return false;
  if (failedIn !== undefined && failedIn !== failure?.service) return false;
  if (down !== undefined && down !== failure?.down) return false;
  if (failedAt !== undefined && failedAt !== failure?.stage) return false;
  return status === undefined || status === Math.floor((failure?.status ?? 0) / 100);
}
