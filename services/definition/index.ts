/** What a module that defines a service needs: `demo-backend-log-generator/service`. */

export { poolExhausted, slow, timeout, unhealthy, unreachable } from './common-faults.ts';
export { defineService } from './define-service.ts';
export type {
  AfterFailure,
  Background,
  Condition,
  Journey,
  ServiceDefinition,
  Step,
  ValueSpec,
  Variant,
} from './definition.ts';
export { debug, error, info, type VariantOptions, warn } from './variants.ts';
