/** What real logs show, or what the log promises; inclusive, except `above`. */
export interface Band {
  /** What is measured, as in the table. */
  readonly what: string;
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  /** Where the limits come from. */
  readonly source: string;
  /** Shares are shown in per cent. Default: a number. */
  readonly unit?: '%';
  /** A log of a day may have nothing to measure. Otherwise the words in `words.ts` no longer fit the services. */
  readonly mayBeNone?: boolean;
}

const LOGHUB = 'LogHub';
const OURS = 'own promise';

/** A count that must be 0. */
const none = (what: string, source = 'no contradictions'): Band => ({ what, max: 0, source });
/** A figure that is only shown. */
const shown = (what: string, source: string, unit?: '%'): Band => ({ what, source, ...(unit && { unit }) });

/**
 * All measures in the order of the table. LogHub: samples of OpenSSH, OpenStack, Hadoop, Zookeeper, BGL, HDFS and others.
 * TrainTicket: a test bed of micro-services with injected faults (Nezha). NASA: its web log, requests per second.
 */
export const BANDS = {
  unreadable: none('lines that do not have the form of a record', OURS),

  gaps: { what: 'gaps between lines: variation', min: 2.1, max: 8.4, source: `${LOGHUB}: OpenStack 2.1, OpenSSH 8.4` },
  minutes: { what: 'lines per minute: variation', min: 0.3, source: 'NASA 0.66' },
  minutesInRow: { what: 'lines per minute: autocorrelation', above: 0.4, source: 'NASA 0.85, OpenSSH 0.81' },
  minuteExtremes: { what: 'least and most lines of a minute / mean', min: 1 / 3, max: 4, source: OURS },
  hours: { what: 'worst deviation of an hour from --rate', max: 0.03, unit: '%', source: OURS },

  causes: {
    what: 'causes in 100 bad lines (effective number)',
    max: 20,
    source: `${LOGHUB} 1.5 to 14, TrainTicket 4.2`,
  },
  causesInService: { what: '  of the service with most', max: 6, source: `${LOGHUB} 1.5 to 14, TrainTicket 4.2` },
  topCause: { what: '  share of the most frequent', min: 0.18, max: 0.87, unit: '%', source: LOGHUB },
  sameCause: { what: 'next bad line has same cause: worst, mean service', min: 0.4, unit: '%', source: 'target' },
  badBursts: { what: 'bad lines per minute: Fano factor', above: 1.5, source: `${LOGHUB}: Apache 4, Zookeeper 57` },

  templates: {
    what: 'templates of a service: least, most',
    min: 2,
    max: 341,
    source: `TrainTicket 2 to 51, ${LOGHUB} 6 to 341`,
  },
  templatesInAll: shown('templates in all', ''),
  topTemplates: {
    what: '  share of the top 20 of a service',
    min: 0.67,
    max: 0.95,
    unit: '%',
    source: `${LOGHUB}: median 95`,
  },
  nextTemplate: {
    what: '  entropy of the next in a request, bits',
    max: 1.6,
    source: 'TrainTicket 1.32, OpenSSH 0.59',
  },

  latencyTail: { what: 'latency of a route: max / median', min: 25, source: 'TrainTicket 25 to 390' },
  latencyQuantiles: { what: '  p99 / p50: least, most', min: 2, max: 78, source: 'TrainTicket 2 to 78' },
  slowMinutes: { what: '  minute means: autocorrelation', above: 0.3, source: 'target' },
  timeouts: { what: 'time-outs that took their limit', min: 1, unit: '%', source: OURS },
  timeoutLimits: none('  texts that name two limits'),

  sessions: { what: 'sessions in more than one request', min: 0.5, unit: '%', source: 'target' },
  baskets: { what: 'baskets in more than one request', min: 0.5, unit: '%', source: 'target' },
  orderIds: { what: 'new order ids above all before', min: 0.9, unit: '%', source: 'target' },
  visitsThatOrder: { what: 'sessions with a checkout', min: 0.02, max: 0.25, unit: '%', source: 'shops 2 to 10 %' },
  triedAgain: { what: 'refused checkouts that are tried again', min: 0.1, max: 0.8, unit: '%', source: 'target' },
  topCustomers: {
    what: 'requests by the top 1 % of customers',
    min: 0.15,
    max: 0.25,
    unit: '%',
    source: 'elastic/examples 25 %',
  },

  levels: shown('DEBUG, INFO, WARNING, ERROR', 'TrainTicket 0/95/3.8/0.8', '%'),
  warnings: { what: 'WARNING : ERROR', min: 3, source: 'TrainTicket 4.8' },
  rejections: { what: 'ratio 0: 4xx among the responses', above: 0, unit: '%', source: 'any web log' },
  rejectionKinds: { what: '  of the statuses 401 and 404 seen', min: 2, source: 'any web log' },

  gauges: { what: 'gauges: least autocorrelation', min: 0.8, source: 'target' },
  gaugesMedian: shown('  median', ''),
  gaugesFound: shown('  number found', ''),
  probes: { what: 'gaps between health probes: variation', max: 0.1, source: 'metronomes' },
  probesAtRate: { what: '  number at ten times the rate / at the rate', min: 0.98, max: 1.02, source: 'a clock' },
  periodic: none('periodic texts whose number grows with --rate', 'a clock'),
  constants: none('texts that disagree about a constant'),

  lockedSignIn: none('locked account signs in within 15 min'),
  captureNotVoided: none('captured, then failed with 5xx, not voided'),
  secondCapture: { ...none('second capture without a first'), mayBeNone: true },
  breakerWithoutFailures: none('breaker opens with less than 3 failures'),
  breakerStates: none('breaker changes from a state that it is not in'),
  fullMailbox: none('full mailbox accepts mail within 30 min'),
  corruptRecord: none('unreadable record is read within 10 min'),
  certificates: none('days of a certificate do not count down'),
  providers: none('orders with two payment providers'),
  warehouses: none('orders with two warehouses'),
  // Refunds concern orders of last month.
  unpaidRefund: { ...none('refund of an order that was never paid'), mayBeNone: true },
  secondSuccess: none('unique success that is told twice'),
  refusedOrder: none('order that was refused is looked up'),
  refusedSession: none('session of a failed sign-in is used'),
  refusedBasket: none('basket is ordered, all of it was refused'),
  missedReads: none('cache misses what was read within a minute'),
  hitRatio: { what: 'stated hit ratio: distance from that of the reads', max: 0.05, unit: '%', source: OURS },
  responseSizes: none('GET answered with another size than before'),
  idempotencyKeys: none('basket ordered again under another key'),
  fullPools: { what: 'used-up pool: readings with as many waiting as before', max: 0.35, unit: '%', source: 'queues' },
  killedWorkers: { ...none('killed worker is not replaced'), mayBeNone: true },
} as const satisfies Readonly<Record<string, Band>>;

/** Name of a measure. */
export type MeasureId = keyof typeof BANDS;

/** True if the figure is within the band. */
export function isWithin({ min = -Infinity, max = Infinity, above = -Infinity }: Band, figure: number): boolean {
  return figure >= min && figure <= max && figure > above;
}

/** True if the band has limits; the others are only shown. */
export function hasLimits({ min, max, above }: Band): boolean {
  return min !== undefined || max !== undefined || above !== undefined;
}
