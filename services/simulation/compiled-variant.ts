import { LEVEL_NUMBERS } from '../../shared/record.ts';
import type { Variant } from '../definition/definition.ts';
import { stepCondition } from './condition.ts';
import type { LimitIndex } from './limits.ts';
import type { Failure } from './render-context.ts';
import type { ServiceEvent } from './state/service-state.ts';
import type { Template } from './template.ts';

/** A failure that ends a journey. */
export interface CompiledFailure extends Failure {
  /** Index of the service in which it failed. */
  readonly failedService: number;
}

/** What of a variant depends on its service and step. */
interface Compiled {
  /** How the journey has failed once this line is written; undefined when it goes on. */
  readonly failure: CompiledFailure | undefined;
  /** Index of the lasting fault that it tells; -1 for none. */
  readonly lasting: number;
  /** Index of the personal fault that it tells; -1 for none. */
  readonly personal: number;
  readonly event: ServiceEvent | undefined;
  readonly gauges: readonly { readonly gauge: number; readonly least: number; readonly most: number }[];
  readonly limit: LimitIndex;
  readonly isTimeout: boolean;
}

/** A variant ready to be chosen and rendered. */
export class CompiledVariant implements Compiled {
  readonly variant: Variant;
  /** Its level: 0 for DEBUG to 3 for ERROR. */
  readonly severity: number;
  readonly weight: number;
  /** What it asks of the step and of a failure before it. */
  readonly condition: ReturnType<typeof stepCondition>;
  /** Whether it needs that what is read has been read shortly before, or has not; undefined when it needs neither. */
  readonly again: boolean | undefined;
  readonly failure: CompiledFailure | undefined;
  readonly lasting: number;
  readonly personal: number;
  readonly event: ServiceEvent | undefined;
  readonly gauges: Compiled['gauges'];
  readonly limit: LimitIndex;
  readonly isTimeout: boolean;
  /** Whether it applies only at times. */
  readonly isConditional: boolean;
  readonly #makeTemplate: () => Template;
  #template: Template | undefined;

  constructor(variant: Variant, compiled: Compiled, makeTemplate: () => Template) {
    this.variant = variant;
    this.severity = LEVEL_NUMBERS[variant.level] / 10 - 2;
    this.weight = variant.weight ?? 1;
    this.condition = stepCondition(variant.when);
    this.again = variant.when?.again;
    this.failure = compiled.failure;
    this.lasting = compiled.lasting;
    this.personal = compiled.personal;
    this.event = compiled.event;
    this.gauges = compiled.gauges;
    this.limit = compiled.limit;
    this.isTimeout = compiled.isTimeout;
    this.isConditional = variant.when !== undefined || this.lasting >= 0 || this.personal >= 0 || this.limit >= 0;
    this.#makeTemplate = makeTemplate;
  }

  /** Parsed when first rendered: a service knows the variants of all services and renders a fifth of them. */
  get template(): Template {
    this.#template ??= this.#makeTemplate();
    return this.#template;
  }
}
