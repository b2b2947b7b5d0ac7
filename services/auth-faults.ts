/** What surrounds the auth service, databases, key service, attackers, and how its log tells of their faults. */

import { buildersFor, type Variant } from './definition/index.ts';

// The same under every seed, so that conditions can compare gauges with them.
const POOL_SIZE = 12;
const HASH_WORKERS = 4;

/** What is configured, measured, called and can break for minutes. */
export const state = {
  constants: {
    pool_size: POOL_SIZE,
    hash_workers: HASH_WORKERS,
    session_ttl: '8|12|24',
    session_limit: '5|10',
    reset_ttl: '15|30|60',
    leeway: '30|60',
    network_limit: '20|30|60',
    rules: '87|91|104',
    keys: '2|3|4',
    kms_host: ['kms.example.net', 'kms.example.org'],
    jwks_host: ['keys.example.net', 'keys.example.org'],
    /** From the range for documentation of RFC 5398. */
    attack_as: ['AS64497', 'AS64501', 'AS64508'],
  },
  gauges: {
    pool_used: {
      usual: [0, 7],
      during: { user_store_pool_exhausted: ['pool_size', 'pool_size'], user_store_slow: [5, 11] },
      load: true,
    },
    pool_waiting: { usual: [0, 0], during: { user_store_pool_exhausted: [2, 17] }, load: true, waitsFor: 'pool_used' },
    /** In ms, as the next. */
    acquire_p99: {
      usual: [0, 4],
      during: { user_store_pool_exhausted: [160, 980] },
      load: true,
      waitsFor: 'pool_used',
    },
    db_p99: {
      usual: [5, 24],
      during: { user_store_slow: [280, 900], user_store_pool_exhausted: [14, 40] },
      load: true,
    },
    hash_busy: {
      usual: [0, 2],
      during: { credential_stuffing: ['hash_workers', 'hash_workers'], cpu_throttled: [2, 3] },
    },
    hash_queue: { usual: [0, 0], during: { credential_stuffing: [3, 21] }, load: true, waitsFor: 'hash_busy' },
    /** Seconds. A replica falls behind by no more than a second each second, so the range is narrow. */
    lag: { usual: [0, 1], during: { replica_lag: [18, 44] } },
    throttled: { usual: [0, 3], during: { cpu_throttled: [34, 68] }, load: true },
    open_sessions: { usual: [6200, 9400] },
    cache_hits: { usual: [82, 97] },
    cert_days: { usual: [1, 80], countdown: true },
  },
  targets: {
    replica: ['us-2', 'us-3'],
    session_node: ['ss-1', 'ss-2', 'ss-3'],
    // A request keeps to its thread.
    thread: ['7', '3', '11', '1', '14', '5', '9', '16', '2', '12', '6', '10', '4', '15', '8', '13'],
    probe_thread: ['1', '2'],
  },
  faults: {
    user_store_pool_exhausted: { weight: 3, slowdown: 2 },
    user_store_slow: { weight: 3, slowdown: 4 },
    session_store_readonly: { weight: 2, target: 'session_node' },
    replica_lag: { weight: 2, target: 'replica' },
    credential_stuffing: { weight: 2, slowdown: 2 },
    cpu_throttled: { weight: 2, slowdown: 3 },
    key_service_throttled: { slowdown: 2 },
    jwks_unavailable: {},
    account_locked: { of: 'user', share: 0.004, hours: 1 },
    password_expired: { of: 'user', share: 0.003, hours: 2 },
  },
} as const;

export const { debug, info, warn, error, timeout, slow } = buildersFor(state);

/** Thread and package of what serves a request. */
export const EXEC = '[http-nio-8081-exec-{thread}] c.s.auth';
/** Of what runs by the clock. */
export const JOB = '[scheduling-1] c.s.auth';

export const POOL = '{pool_used}/{pool_size} in use, {pool_waiting} waiting';
export const HASHING = '{hash_busy}/{hash_workers} hash workers busy, {hash_queue} queued';
export const CPU = 'CPU throttled in {throttled} % of periods';

// What a gauge must show for a line to say it: when a fault begins, it takes a while to get there.
const WHEN = {
  user_store_pool_exhausted: { least: { pool_used: POOL_SIZE } },
  user_store_slow: { least: { db_p99: 60 } },
  replica_lag: { least: { lag: 6 } },
  credential_stuffing: { least: { hash_busy: HASH_WORKERS } },
  cpu_throttled: { least: { throttled: 12 } },
} as const;

/** No connection to the database of users is free. */
export const POOL_EXHAUSTED = WHEN.user_store_pool_exhausted;
/** Logins are queued for their turn at the hash workers. */
export const HASHING_QUEUED = { when: WHEN.credential_stuffing };

/** A timeout says the same wherever an account is read or written: it is one statement, with one limit. */
const STATEMENT = `${EXEC}.UserStore - Statement on users` as const;
const SLOW_STATEMENT = timeout('user_store_slow', STATEMENT);
export const STATEMENT_TIMEOUTS: readonly Variant[] = [timeout('user_store_timeout', STATEMENT), SLOW_STATEMENT];

/** What an account is read or written for: a customer, or what their session may do. */
type Owner = '{user}' | '{session}';

/** The lasting faults that any request can meet. */
function faultsOfRequest(owner: Owner): readonly Variant[] {
  return [
    warn('user_store_pool_exhausted', `${EXEC}.UserStore - Statement for ${owner} waited for a connection: ${POOL}`, {
      weight: 3,
      when: WHEN.user_store_pool_exhausted,
    }),
    error(
      'user_store_pool_exhausted',
      `${EXEC}.UserStore - Statement for ${owner} failed: SQLTransientConnectionException: pool users, ${POOL}`,
      { fails: 503, when: WHEN.user_store_pool_exhausted },
    ),
    warn('user_store_slow', `${EXEC}.UserStore - Statement for ${owner} waited for I/O, p99 of users {db_p99} ms`, {
      weight: 3,
      when: WHEN.user_store_slow,
    }),
    warn('replica_lag', `${EXEC}.UserStore - Read for ${owner} repeated on the primary: {replica} is {lag} s behind`, {
      when: WHEN.replica_lag,
    }),
    warn('session_store_readonly', `${EXEC}.SessionStore - Write for ${owner} deferred: READONLY from {session_node}`, {
      weight: 3,
    }),
    error(
      'session_store_readonly',
      `${EXEC}.SessionStore - Write for ${owner} failed: RedisReadOnlyException from {session_node}`,
      { fails: 503 },
    ),
    warn(
      'key_service_throttled',
      `${EXEC}.KeyService - Key operation for ${owner} done at attempt {attempt:2..4}: {kms_host} throttles`,
      { weight: 3 },
    ),
    error(
      'key_service_throttled',
      `${EXEC}.KeyService - Key operation for ${owner} failed: ThrottlingException from {kms_host}`,
      { fails: 503 },
    ),
    warn('cpu_throttled', `${EXEC}.RequestTimer - Request of ${owner} delayed: ${CPU}`, { when: WHEN.cpu_throttled }),
  ];
}

/** Those that a request can meet which brings a token. */
export function faultsOfToken(owner: Owner): readonly Variant[] {
  return [
    warn(
      'jwks_unavailable',
      `${EXEC}.JwksClient - Token of ${owner} checked with cached keys: {jwks_host} answered 503`,
      { weight: 3 },
    ),
    error(
      'jwks_unavailable',
      `${EXEC}.JwksClient - Token of ${owner} not checked: key not cached, {jwks_host} answered 503`,
      { fails: 503 },
    ),
  ];
}

/** Bad lines of every step that reads or writes an account. */
export const ACCOUNT_FAULTS: readonly Variant[] = [
  warn('stale_connection', `${EXEC}.UserStore - Stale connection dropped, statement for {user} repeated`, {
    weight: 10,
  }),
  ...faultsOfRequest('{user}'),
];

/** Bad lines of every step that reads or writes a session. */
export const SESSION_FAULTS: readonly Variant[] = [
  warn('stale_connection', `${EXEC}.SessionStore - Stale connection dropped, command for {session} repeated`, {
    weight: 10,
  }),
  timeout('session_store_timeout', `${EXEC}.SessionStore - Command for {session}`),
  SLOW_STATEMENT,
  ...faultsOfRequest('{session}'),
];

/** The lasting faults as one sees them without a request. */
const SYMPTOMS = {
  user_store_pool_exhausted: `pool users exhausted, ${POOL}, acquire p99 {acquire_p99} ms`,
  user_store_slow: 'database users slow, p99 {db_p99} ms',
  session_store_readonly: 'session store node {session_node} is READONLY',
  replica_lag: 'replica {replica} of users {lag} s behind',
  credential_stuffing: `attack from {attack_as}, ${HASHING}`,
  cpu_throttled: CPU,
  key_service_throttled: 'key service {kms_host} throttles',
  jwks_unavailable: 'key set {jwks_host} answered 503',
} as const;

const MONITOR = '[metrics-1] c.s.auth.HealthMonitor -';
const MONITOR_DEGRADED = `${MONITOR} Degraded:` as const;
const PROBE_DEGRADED = '[http-nio-8082-exec-{probe_thread}] c.s.auth.HealthEndpoint - DEGRADED:';

function symptomsAfter(prefix: typeof MONITOR_DEGRADED | typeof PROBE_DEGRADED): readonly Variant[] {
  return Object.entries(SYMPTOMS).map(([cause, text]) => {
    const when = Object.hasOwn(WHEN, cause) ? { when: WHEN[cause as keyof typeof WHEN] } : {};
    return warn(cause, `${prefix} ${text}`, when);
  });
}

/** The lasting faults in a report or a job. */
export const SYMPTOMS_REPORTED = symptomsAfter(MONITOR_DEGRADED);
/** And in the answer to a health check. */
export const SYMPTOMS_PROBED = symptomsAfter(PROBE_DEGRADED);

/** What is done when a lasting fault has begun. */
export const ONSETS: readonly Variant[] = [
  warn('session_store_readonly', `${MONITOR} Session store: {session_node} lost its primary, writes deferred`, {
    when: { event: 'session_store_readonly.began' },
  }),
  warn('replica_lag', `${MONITOR} Replica {replica} of users out of rotation, {lag} s behind`, {
    when: { event: 'replica_lag.began' },
  }),
  warn('credential_stuffing', `${MONITOR} Attack from {attack_as}: limited to {network_limit} attempts/min`, {
    when: { event: 'credential_stuffing.began' },
  }),
  warn('jwks_unavailable', `${MONITOR} Key set {jwks_host} answered 503, cached keys in use`, {
    when: { event: 'jwks_unavailable.began' },
  }),
];

const RECOVERIES = {
  user_store_pool_exhausted: `Pool users recovered, ${POOL}`,
  user_store_slow: 'Database users recovered, p99 {db_p99} ms',
  session_store_readonly: 'Session store: {session_node} has a primary again, deferred writes done',
  replica_lag: 'Replica {replica} of users in rotation again, {lag} s behind',
  credential_stuffing: `Attack from {attack_as} over, limit lifted, ${HASHING}`,
  cpu_throttled: `CPU recovered, throttled in {throttled} % of periods`,
  key_service_throttled: 'Key service {kms_host} recovered',
  jwks_unavailable: 'Key set {jwks_host} fetched again, {keys} keys',
} as const;

/** And when it has ended. */
export const ENDINGS: readonly Variant[] = Object.entries(RECOVERIES).map(([cause, text]) =>
  info(`${MONITOR} ${text}`, { when: { event: `${cause}.ended` } }),
);

export const CERTIFICATE_EXPIRING = warn(
  'certificate_expiring',
  `${MONITOR} SAML certificate of idp.example.org expires in {cert_days} days`,
  { when: { most: { cert_days: 14 } } },
);
