/** Who is it, and may they: passwords, sessions, tokens, step-up at checkout, permissions. */

import { debug, error, info, type ServiceDefinition, warn } from './definition/variants.ts';

const REFUSED = { fails: true, status: 401 } as const;
const FORBIDDEN = { fails: true, status: 403 } as const;
const BROKEN = { fails: true, status: 500 } as const;
const UNAVAILABLE = { fails: true, status: 503 } as const;
const LATE = { fails: true, status: 504 } as const;
const KEY = { key: { hex: 4 } } as const;
const POOL = { max: { oneOf: [16, 24, 32] }, waiting: { skew: [3, 70] } } as const;
const LIMIT = { limit: { limit: 'took' } } as const;

export const auth = {
  name: 'auth',
  logName: 'AuthService',
  dependsOn: [],
  steps: {
    'sign-in': {
      credentials: {
        ok: [
          debug('password of {user} verified in {took} ms (argon2id)', {}, { weight: 8 }),
          info('credentials of {user} accepted from {city}', {}, { weight: 5 }),
          info('passkey of {user} accepted, authenticator {device}', { device: { hex: 4 } }, { weight: 2 }),
          debug('password hash of {user} upgraded to argon2id m=65536'),
        ],
        trouble: [
          warn('account_locked', 'sign-in of {user} refused: too many wrong passwords', {}, { fails: true, status: 423, weight: 5 }),
          warn('one_time_code_wrong', 'one-time code of {user} wrong, attempt {attempt} of 3', { attempt: [1, 3] }, { ...REFUSED, weight: 4 }),
          warn('password_expired', 'sign-in of {user} refused: password expired, change asked for', {}, { ...FORBIDDEN, weight: 2 }),
          warn('credential_stuffing', 'sign-in refused: {count} accounts tried from {ip} within 5 min', { count: { skew: [12, 400] } }, { fails: true, status: 429, weight: 3 }),
          warn('impossible_travel', 'sign-in of {user} from {city}, {km} km from the last one {minutes} min ago, confirmed by mail', { km: [900, 9000], minutes: [4, 55] }, { weight: 2 }),
          warn('slow_hash', 'password check of {user} took {took} ms (budget {limit} ms), {busy}/{busy} hash workers busy', { ...LIMIT, busy: { oneOf: [4, 8] } }, { if: { took: 100 }, weight: 5 }),
          error('user_store_timeout', 'user store read for {email} timed out after {took} ms (limit {limit} ms)', LIMIT, { ...LATE, if: { took: 100 }, weight: 4 }),
          error('pool_exhausted', 'no free user store connection for {user}: pool {max}/{max} in use, {waiting} waiting', POOL, { ...UNAVAILABLE, weight: 3 }),
          error('hash_unreadable', 'stored password hash of {user} unreadable: unknown scheme "{scheme}"', { scheme: ['sha1', 'bcrypt-0', '$$'] }, BROKEN),
        ],
      },
      session: {
        ok: [
          debug('{session} opened for {user}, expires in {hours} h', { hours: { oneOf: [8, 12, 24] } }, { weight: 6 }),
          info('{session} opened for {user} on {agent}', {}, { weight: 4 }),
          debug('access token for {session} signed with key {key}', KEY, { weight: 3 }),
          info('oldest session of {user} closed, limit of 10 reached'),
        ],
        trouble: [
          warn('session_store_slow', '{session} took {took} ms to store (budget {limit} ms)', LIMIT, { if: { took: 10 }, weight: 5 }),
          warn('key_rotation_late', 'token for {session} signed with key {key}, {hours} h past its rotation', { ...KEY, hours: { skew: [1, 40] } }, { weight: 3 }),
          error('session_store_readonly', '{session} not stored: READONLY, session store has lost its primary', {}, { ...UNAVAILABLE, weight: 3 }),
          error('signing_failed', 'token for {session} not signed: key service answered "{reason}"', { reason: ['throttled', 'key disabled', 'no leader'] }, { ...UNAVAILABLE, weight: 2 }),
        ],
      },
    },
    'failed-sign-in': {
      reject: {
        ok: [
          info('wrong password for {email} from {ip}, attempt {attempt} of 5', { attempt: { skew: [1, 4] } }, { weight: 6 }),
          info('wrong one-time code for {email}, attempt {attempt} of 3', { attempt: [1, 2] }),
          debug('password of {user} does not match ({took} ms)'),
        ],
        trouble: [
          warn('brute_force_suspected', 'wrong password for {email}, {count} wrong ones from {ip} within 10 min', { count: { skew: [6, 120] } }, { weight: 5 }),
          warn('breached_password_tried', 'wrong password for {email} is on the breach list, {user} flagged', {}, { weight: 2 }),
          warn('account_locked', 'sign-in of {user} locked: fifth wrong password for {email} from {ip}', {}, { fails: true, status: 423, weight: 3 }),
          error('user_store_timeout', 'user store read for {email} timed out after {took} ms (limit {limit} ms)', LIMIT, { ...LATE, if: { took: 100 }, weight: 2 }),
          error('attempts_not_counted', 'wrong password for {email} not counted: counter store answered "LOADING dataset in memory"', {}, { weight: 2 }),
        ],
      },
      accept: {
        ok: [info('credentials of {user} accepted after earlier failure, counter reset', {}, { weight: 3 }), debug('password of {user} verified in {took} ms (argon2id)', {}, { weight: 2 })],
        trouble: [
          warn('slow_hash', 'password check of {user} took {took} ms (budget {limit} ms), {busy}/{busy} hash workers busy', { ...LIMIT, busy: { oneOf: [4, 8] } }, { if: { took: 100 }, weight: 2 }),
          warn('takeover_suspected', '{user} signed in after failures from {ip}, watch for 24 h, risk score {score}', { score: [61, 88] }, { weight: 2 }),
          error('session_store_readonly', '{session} not stored: READONLY, session store has lost its primary', {}, UNAVAILABLE),
        ],
        failed: [info('second sign-in of {user} ended as the first: {failed.cause}', {}, { if: { failed: 'auth', down: false } })],
        aftermath: [
          warn('sign_in_repeated', 'second sign-in of {email} from {ip} refused: {failed.cause}', {}, { if: { status: 4 } }),
          error('sign_in_repeated', 'second sign-in of {email} failed: {failed.cause} persists', {}, { if: { status: 5 } }),
        ],
      },
    },
    'session-refresh': {
      refresh: {
        ok: [debug('{session} of {user} prolonged, refresh token rotated', {}, { weight: 8 }), debug('{session} refreshed in {took} ms, signed with key {key}', KEY, { weight: 3 }), info('{session} of {user} prolonged from {ip}')],
        trouble: [
          warn('refresh_token_expired', 'refresh of {session} refused: token expired {age} s ago', { age: { skew: [1, 86000] } }, { ...REFUSED, weight: 5 }),
          warn('refresh_token_reused', 'refresh token of {session} used twice, all sessions of {user} closed', {}, { ...REFUSED, weight: 3 }),
          warn('session_store_slow', 'refresh of {session} took {took} ms (budget {limit} ms)', LIMIT, { if: { took: 10 }, weight: 4 }),
          warn('client_clock_skew', 'refresh of {session} came {skew} s before it was due', { skew: { skew: [300, 3300] } }, { weight: 2 }),
          error('session_store_timeout', 'refresh of {session} timed out after {took} ms (limit {limit} ms)', LIMIT, { ...LATE, if: { took: 20 }, weight: 3 }),
          error('session_corrupt', '{session} of {user} not readable: {reason}', { reason: ['truncated record', 'checksum mismatch'] }, BROKEN),
        ],
      },
    },
    checkout: {
      verify: {
        ok: [
          debug('token of {session} valid, {left} min left', { left: [2, 58] }, { weight: 6 }),
          debug('no step-up for {order}: {user} on a trusted device', {}, { weight: 4 }),
          info('step-up of {user} for {amount} EUR passed by {factor}', { factor: ['passkey', 'app push', 'one-time code'] }, { weight: 3 }),
        ],
        trouble: [
          warn('token_expired', 'token of {session} expired {age} s ago, {order} needs a new sign-in', { age: { skew: [1, 900] } }, { ...REFUSED, weight: 5 }),
          warn('step_up_failed', 'step-up of {user} for {order} failed: {reason}', { reason: ['push declined', 'one-time code wrong', 'passkey unknown'] }, { ...FORBIDDEN, weight: 4 }),
          warn('token_not_yet_valid', 'token of {session} issued {skew} s in the future, within leeway of 60 s', { skew: [5, 58] }, { weight: 3 }),
          warn('device_unknown', 'checkout of {user} from unknown device {device}, asked to confirm by mail', { device: { hex: 4 } }, { weight: 2 }),
          error('introspection_timeout', 'introspection of {session} timed out after {took} ms (limit {limit} ms)', LIMIT, { ...LATE, if: { took: 40 }, weight: 3 }),
          error('jwks_unavailable', 'key {key} not in JWKS and refetch failed: keys.example.net answered 503', KEY, { ...UNAVAILABLE, weight: 3 }),
        ],
      },
    },
    refund: {
      permit: {
        ok: [info('refund of {order} permitted to {user}', {}, { weight: 3 }), debug('policy refund:create allows {user}, evaluated in {took} ms')],
        trouble: [
          warn('scope_missing', 'refund of {order} refused: token of {session} lacks scope refund:create', {}, { ...FORBIDDEN, weight: 3 }),
          warn('policy_stale', 'refund of {order} permitted by policy bundle {age} min old', { age: { skew: [31, 600] } }, { weight: 3 }),
          error('policy_timeout', 'policy for refund of {order} timed out after {took} ms (limit {limit} ms)', LIMIT, { ...LATE, if: { took: 20 }, weight: 2 }),
          error('policy_error', 'policy refund:create not evaluated for {order}: unknown rule {rule}', { rule: ['is_owner', 'within_window'] }, BROKEN),
        ],
      },
    },
    'order-status': {
      token: {
        ok: [debug('token of {session} valid, {left} min left', { left: [2, 58] }, { weight: 8 }), debug('token of {session} valid (cached), scope orders:read', {}, { weight: 5 })],
        trouble: [
          warn('token_expired', 'token of {session} expired {age} s ago', { age: { skew: [1, 3600] } }, { ...REFUSED, weight: 6 }),
          warn('key_retired', 'token of {session} signed with retired key {key}', KEY, { ...REFUSED, weight: 3 }),
          warn('jwks_refetched', 'key {key} of {session} not in cached JWKS, fetched anew', KEY, { weight: 3 }),
          error('token_cache_lost', 'token of {session} not checked: token cache {shard} refused the connection', { shard: ['tc-1', 'tc-2', 'tc-3'] }, { ...UNAVAILABLE, weight: 2 }),
        ],
      },
    },
    'password-reset': {
      issue: {
        ok: [info('reset token issued for {email}, valid 30 min', {}, { weight: 3 }), debug('reset of {user} asked for from {ip}, earlier tokens revoked')],
        trouble: [
          warn('reset_rate_limit', 'reset for {email} refused: {count} asked for within an hour, limit 3', { count: [4, 9] }, { fails: true, status: 429, weight: 3 }),
          warn('reset_flood', '{count} resets asked for from {ip} within 10 min, token for {email} issued', { count: { skew: [8, 90] } }, { weight: 2 }),
          error('reset_store_timeout', 'reset token for {email} not stored within {took} ms (limit {limit} ms)', LIMIT, { ...LATE, if: { took: 20 } }),
          error('pool_exhausted', 'no free user store connection for {user}: pool {max}/{max} in use, {waiting} waiting', POOL, UNAVAILABLE),
        ],
      },
      redeem: {
        ok: [info('password of {user} changed, other sessions closed: {count}', { count: [0, 5] }, { weight: 3 }), info('reset token of {user} redeemed {took} ms after it was mailed')],
        trouble: [
          warn('password_breached', 'new password of {user} refused: found in {count} breaches', { count: { skew: [2, 9000] } }, { fails: true, status: 422, weight: 3 }),
          warn('reset_token_reused', 'reset token of {user} already used, link opened from {ip}', {}, { fails: true, status: 410, weight: 2 }),
          error('password_not_written', 'new password of {user} not written: lock wait timeout on row of {user}', {}, UNAVAILABLE),
        ],
        failed: [debug('reset token of {user} not redeemed yet', {}, { if: { failed: 'notification' } })],
        aftermath: [warn('reset_unredeemed', 'reset token of {user} not redeemed, {count} such tokens open', { count: { skew: [2, 60] } })],
      },
    },
    'health-check': {
      auth: {
        ok: [debug('health check passed in {took} ms', {}, { weight: 3 }), debug('health check passed, {keys} signing keys loaded', { keys: 3 })],
        trouble: [
          warn('replica_lag', 'health check degraded: user store replica {lag} s behind', { lag: { skew: [5, 90] } }, { weight: 3 }),
          error('key_service_lost', 'health check failed: key service kms.example.net refused the connection', {}, UNAVAILABLE),
        ],
      },
    },
    'token-cleanup': {
      begin: {
        ok: [info('token clean-up started'), debug('token clean-up took lease {lease}', { lease: { hex: 6 } })],
        trouble: [warn('cleanup_overlap', 'token clean-up started while lease {lease} of the last run is held', { lease: { hex: 6 } }), warn('cleanup_late', 'token clean-up started {late} s late', { late: { skew: [3, 20] } })],
      },
      finish: {
        ok: [
          info('token clean-up removed {count} expired tokens in {took} ms', { count: { skew: [60, 9000] } }, { weight: 2 }),
          info('token clean-up finished: {count} tokens, {sessions} sessions', { count: { skew: [60, 9000] }, sessions: [12, 700] }),
        ],
        trouble: [
          warn('cleanup_slow', 'token clean-up stopped after {took} ms (limit {limit} ms), {count} tokens left', { ...LIMIT, count: { skew: [200, 40000] } }, { if: { took: 300 } }),
          error('cleanup_deadlock', 'token clean-up rolled back after {count} rows: deadlock detected', { count: { skew: [10, 5000] } }, BROKEN),
        ],
      },
    },
  },
  background: {
    perPage: 11,
    ok: [
      debug('session store: {count} sessions, {size} MiB', { count: [6200, 9400], size: [88, 131] }, { weight: 6 }),
      debug('hash workers: {busy}/8 busy, {waiting} waiting', { busy: { skew: [0, 6] }, waiting: 0 }, { weight: 5 }),
      debug('JWKS served {count} times in the last minute, {keys} keys', { count: { skew: [10, 300] }, keys: 3 }, { weight: 3 }),
      debug('token cache: hit ratio {hits} %', { hits: [82, 97] }, { weight: 3 }),
      info('JWKS published anew, {keys} signing keys', { keys: 3 }),
      info('policy bundle reloaded, {rules} rules', { rules: { oneOf: [87, 88, 91] } }),
      info('breach list updated, {count} hashes added', { count: { skew: [900, 90000] } }),
    ],
    trouble: [
      warn('hash_queue', 'hash workers saturated: 8/8 busy, {waiting} waiting', { waiting: { skew: [4, 90] } }, { weight: 5 }),
      warn('replica_lag', 'user store replica {replica} lags {lag} s behind', { replica: ['us-2', 'us-3'], lag: { skew: [4, 120] } }, { weight: 4 }),
      warn('login_failures_rising', '{share} % of sign-ins in the last 5 min refused, usual 9 %', { share: [24, 71] }, { weight: 3 }),
      warn('certificate_expiring', 'SAML certificate of idp.example.org expires in {days} days', { days: 12 }),
      warn('evictions', 'session store evicted {count} live sessions: maxmemory reached', { count: { skew: [3, 600] } }, { weight: 2 }),
      warn('clock_drift', 'clock {drift} ms off NTP, tokens may be refused', { drift: { skew: [500, 4000] } }),
      error('key_rotation_failed', 'rotation of signing key {key} failed: key service answered AccessDenied', KEY, { weight: 2 }),
      error('session_store_failover', 'session store failed over to {node}, {count} writes lost', { node: ['ss-2', 'ss-3'], count: { skew: [2, 80] } }, { weight: 2 }),
      error('directory_sync_failed', 'staff directory sync failed: LDAP result 51 busy, {count} accounts pending', { count: { skew: [2, 90] } }),
    ],
  },
} as const satisfies ServiceDefinition;
