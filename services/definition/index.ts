/** What a module that defines a service needs: `demo-backend-log-generator/service`. */

export { type Builders, buildersFor } from './builders.ts';
export { slow, timeout, unhealthy, unreachable } from './common-faults.ts';
export { defineService } from './define-service.ts';
export type {
  AfterFailure,
  Background,
  Condition,
  FaultPhase,
  Gauge,
  GaugeRange,
  Journey,
  LastingFault,
  PersonalFault,
  ScheduledLine,
  ServiceDefinition,
  Step,
  Timetable,
  ValueSpec,
  Variant,
} from './definition.ts';
export { debug, error, info, type VariantOptions, warn } from './variants.ts';
