import type { Measure } from '../measure.ts';
import { Breakers } from './breakers.ts';
import { CachedReads } from './cached-reads.ts';
import { Certificates } from './certificates.ts';
import { FullPools } from './full-pools.ts';
import { CorruptRecords, FullMailboxes, LockedAccounts } from './lasting-states.ts';
import { Money } from './money.ts';
import { Refusals } from './refusals.ts';
import { Repetitions } from './repetitions.ts';
import { Targets } from './targets.ts';
import { UniqueSuccesses } from './unique-successes.ts';
import { Workers } from './workers.ts';

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
    new CachedReads(),
    new Repetitions(),
    new FullPools(),
    new Workers(),
  ];
}
