import type { Batch, Sink } from '../log/batch.ts';
import { isEvent } from './history/line-heads.ts';
import { Marks } from './history/marks.ts';
import { type NamedService, SecondCounts } from './history/second-counts.ts';
import { LineRing } from './tail/line-ring.ts';

/** What is kept of the log for the live tail and the stories of requests: 95,000 lines. */
const MAX_TAIL_BYTES = 16 * 1_048_576;

/** What the page shows of the log, in bounded memory. It is never slow: nothing waits for a browser. */
export class PageSink implements Sink {
  readonly lines = new LineRing(MAX_TAIL_BYTES);
  readonly marks = new Marks();
  readonly counts: SecondCounts;

  constructor(services: readonly NamedService[]) {
    this.counts = new SecondCounts(services);
  }

  write(batch: Batch): void {
    this.lines.push(batch);
    if (isEvent(batch.bytes)) this.writeUntold(batch);
    else this.counts.add(batch.bytes, Date.now());
  }

  writeUntold({ bytes }: Batch): void {
    this.marks.add(bytes.toString('utf8', 0, bytes.length - 1));
  }
}
