import type { ServiceDefinition, Variant } from '../../../services/definition/definition.ts';
import type { CompiledStep } from '../../../services/simulation/catalog.ts';
import { Chooser } from '../../../services/simulation/choice.ts';
import { compileCatalog } from '../../../services/simulation/compile-catalog.ts';
import type { CompiledVariant } from '../../../services/simulation/compiled-variant.ts';
import { keyAt, mix } from '../../../services/simulation/hash.ts';
import type { ChoiceContext } from '../../../services/simulation/render-context.ts';
import { ServiceState } from '../../../services/simulation/state/service-state.ts';
import { NOON } from '../worlds.ts';
import { smallService } from './small-service.ts';

const MINUTE = 60_000;

/** A step of a service, and what its lines would tell in many situations. */
export class Situations {
  readonly step: CompiledStep;
  readonly state: ServiceState;
  readonly chooser: Chooser;
  readonly limits: Int32Array;

  /**
   * @param variants the bad ones of the step, which takes 10 to 100 ms
   * @param parts of its service
   */
  constructor(variants: readonly Variant[], parts: Partial<ServiceDefinition>) {
    const good: Variant[] = [{ level: 'INFO', text: 'charged' }];
    const steps = { 'pay.charge': { good, bad: variants } };
    const catalog = compileCatalog([smallService({ ...parts, steps })], {
      pay: { perPage: 20, actor: 'customer', stages: { charge: [10, 100] } },
    });
    const [pay] = catalog.journeys;
    const [service] = catalog.services;
    if (!pay || !service) throw new Error('The catalog has neither');
    this.step = pay.steps[0] as CompiledStep;
    this.state = new ServiceState('small', service.state, 1);
    this.limits = catalog.limits.drawFor(1);
    this.chooser = new Chooser(this.limits);
  }

  /** A journey of minute `index` after noon. */
  context(index: number, change: Partial<ChoiceContext> = {}): ChoiceContext {
    return {
      state: this.state,
      at: NOON + index * MINUTE,
      stepKey: mix(index),
      durationMs: 20,
      subject: keyAt(3, index),
      goods: keyAt(3, index),
      targetKey: keyAt(4, index),
      isOwnLine: false,
      isOverall: false,
      failure: undefined,
      isAgain: false,
      periodMs: 0,
      ...change,
    };
  }

  /** Which of the bad variants is chosen in so many situations, one a minute. */
  told(count: number, change: Partial<ChoiceContext> = {}): { chosen: CompiledVariant; context: ChoiceContext }[] {
    return Array.from({ length: count }, (_, index) => {
      const context = this.context(index, change);
      const chosen = this.chooser.choose(this.step.bad, context);
      if (!chosen) throw new Error('Nothing applies');
      return { chosen, context };
    });
  }
}
