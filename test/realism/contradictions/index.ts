import type { Measure } from '../measure.ts';
import { Breakers } from './breakers.ts';
import { Certificates } from './certificates.ts';
import { CorruptRecords, FullMailboxes, LockedAccounts } from './lasting-states.ts';
import { Money } from './money.ts';
import { Refusals } from './refusals.ts';
import { Targets } from './targets.ts';
import { UniqueSuccesses } from './unique-successes.ts';

/** The rules by which lines of one log may contradict one another. */
export function contradictions(): readonly Measure[] {
  return [
    new LockedAccounts(),
    new Money(),
    new Breakers(),
    new FullMailboxes(),
    new CorruptRecords(),
    new Certificates(),
    new Targets(),
    new UniqueSuccesses(),
    new Refusals(),
  ];
}
