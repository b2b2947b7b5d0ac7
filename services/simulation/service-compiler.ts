import {
  type Condition,
  type FaultEdge,
  type Journey,
  type ServiceDefinition,
  type Step,
  statusOf,
  type Variant,
} from '../definition/definition.ts';
import type { Choices, CompiledJourney, CompiledService, CompiledStep, Symptoms } from './catalog.ts';
import { type CompiledFailure, CompiledVariant } from './compiled-variant.ts';
import type { Limits } from './limits.ts';
import { ownValues } from './own-placeholders.ts';
import type { Failure, RenderedValue } from './render-context.ts';
import { type CompiledState, compileState } from './state/compile-state.ts';
import { Template } from './template.ts';

/** What others say about a service. */
interface ServiceRef {
  /** Index in the catalog. */
  readonly index: number;
  readonly name: string;
  readonly logName: string;
  /** Host and port. */
  readonly address: string;
}

/** A stage as its steps see it. */
interface StageRef {
  readonly name: string;
  readonly index: number;
  /** Longest usual duration, in ms. */
  readonly maxMs: number;
  /** Texts that stand for a placeholder in all its lines. */
  readonly fixed: ReadonlyMap<string, string>;
  /** Whether it is one of a health check. */
  readonly isProbe: boolean;
}

/** The stage of a line that belongs to no request. */
const NO_STAGE: StageRef = { name: '', index: 0, maxMs: 0, fixed: new Map(), isProbe: false };

/** Compiles one definition of a fleet. */
export class ServiceCompiler {
  readonly #definition: ServiceDefinition;
  readonly #ref: ServiceRef;
  readonly #state: CompiledState;
  readonly #ownValues: ReadonlyMap<string, RenderedValue>;
  readonly #limits: Limits;

  constructor(definition: ServiceDefinition, index: number, limits: Limits) {
    const { name, logName } = definition;
    this.#definition = definition;
    this.#ref = { index, name, logName, address: `192.0.2.${10 + index}:${8080 + index}` };
    this.#state = compileState(definition);
    this.#ownValues = ownValues(this.#state);
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
      isProbe: stage.isProbe,
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
    const isExpected = level === 'DEBUG' || level === 'INFO';
    const { lasting, personal } = this.#state;
    const hasLimit = hasOwnLimit(variant);
    const isTimeout = hasLimit && fails !== undefined;
    const compiled = {
      failure:
        fails === undefined ? undefined : this.#failure(stage, { down: false, cause, status: fails, isExpected }),
      lasting: lasting.findIndex((fault) => fault.cause === variant.cause),
      personal: personal.findIndex((fault) => fault.cause === variant.cause),
      event: this.#event(variant.when?.event),
      gauges: this.#gaugeBounds(variant.when),
      limit: hasLimit ? this.#limits.add(this.#ref.name, variant.text, stage.maxMs, isTimeout) : -1,
      isTimeout,
    };
    return new CompiledVariant(variant, compiled, () => this.#template(variant, stage));
  }

  #template(variant: Variant, { fixed }: StageRef): Template {
    const status = statusOf(variant);
    const head = ` [${variant.level}] [${this.#ref.logName}]: `;
    return new Template(
      variant,
      head,
      this.#ownValues,
      status === undefined ? fixed : new Map([...fixed, ['status', String(status)]]),
    );
  }

  #event(name: string | undefined): CompiledVariant['event'] {
    if (name === undefined) return undefined;
    const [subject, edge] = name.split('.') as [string, FaultEdge];
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
    isCustomers: false,
    http: undefined,
  };
}

/** True for a text with a `{limit}` that it does not define itself; without parsing it, which takes long at a start. */
function hasOwnLimit({ text, values }: Variant): boolean {
  return text.includes('{limit}') && !text.includes('{limit:') && values?.limit === undefined;
}
