import type { ServiceDefinition } from '../../services/definition/definition.ts';
import { loadBuiltIn } from '../../services/index.ts';
import shipping from '../fixtures/shipping.js';
import { describeConformance } from './conformance.ts';

const definition = shipping as unknown as ServiceDefinition;
describeConformance(definition, [...(await loadBuiltIn()), definition]);
