import { LEVEL_NUMBERS } from '../../shared/record.ts';
import type { Variant } from '../definition/definition.ts';
import type { LimitIndex } from './limits.ts';
import type { OwnGetter } from './own-placeholders.ts';
import type { Failure } from './render-context.ts';
import type { ServiceEvent } from './state/service-state.ts';
import { Template } from './template.ts';
import type { Value } from './value.ts';

/** A failure that ends a journey. */
export interface CompiledFailure extends Failure {
  /** Index of the service in which it failed. */
  readonly failedService: number;
}

/** What of a variant depends on its service and step. */
interface Compiled {
  readonly logName: string;
  readonly getters: ReadonlyMap<string, OwnGetter>;
  /** Values that are the same in every line of the step. */
  readonly fixed: ReadonlyMap<string, Value>;
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
  readonly logName: string;
  readonly getters: ReadonlyMap<string, OwnGetter>;
  readonly fixed: ReadonlyMap<string, Value>;
  readonly failure: CompiledFailure | undefined;
  readonly lasting: number;
  readonly personal: number;
  readonly event: ServiceEvent | undefined;
  readonly gauges: Compiled['gauges'];
  readonly limit: LimitIndex;
  readonly isTimeout: boolean;
  /** Whether it applies only at times. */
  readonly isConditional: boolean;
  #template: Template | undefined;

  constructor(variant: Variant, compiled: Compiled) {
    this.variant = variant;
    this.severity = LEVEL_NUMBERS[variant.level] / 10 - 2;
    this.weight = variant.weight ?? 1;
    this.logName = compiled.logName;
    this.getters = compiled.getters;
    this.fixed = compiled.fixed;
    this.failure = compiled.failure;
    this.lasting = compiled.lasting;
    this.personal = compiled.personal;
    this.event = compiled.event;
    this.gauges = compiled.gauges;
    this.limit = compiled.limit;
    this.isTimeout = compiled.isTimeout;
    this.isConditional = variant.when !== undefined || this.lasting >= 0 || this.personal >= 0 || this.limit >= 0;
  }

  /** Parsed when first rendered: a service knows the variants of all services and renders a fifth of them. */
  get template(): Template {
    this.#template ??= new Template(
      this.variant,
      ` [${this.variant.level}] [${this.logName}]: `,
      this.getters,
      this.fixed,
    );
    return this.#template;
  }
}
