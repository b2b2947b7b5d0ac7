/** Authentication and authorization: passwords, sessions, tokens, step-up at checkout, permissions. */

import { debug, defineService, error, info, poolExhausted, slow, timeout, warn } from './definition/index.ts';

export const auth = defineService({
  name: 'auth',
  logName: 'AuthService',
  dependsOn: [],
  steps: {
    'sign-in.credentials': {
      good: [
        debug('password of {user} verified in {took} ms (argon2id)', { weight: 8 }),
        info('credentials of {user} accepted from {city}', { weight: 5 }),
        info('passkey of {user} accepted, authenticator {device:hex4}', { weight: 2 }),
        debug('password hash of {user} upgraded to argon2id m=65536'),
      ],
      bad: [
        warn('account_locked', 'sign-in of {user} refused: too many wrong passwords', { fails: 423, weight: 5 }),
        warn('one_time_code_wrong', 'one-time code of {user} wrong, attempt {attempt:1..3} of 3', {
          fails: 401,
          weight: 4,
        }),
        warn('password_expired', 'sign-in of {user} refused: password expired, change asked for', {
          fails: 403,
          weight: 2,
        }),
        warn('credential_stuffing', 'sign-in refused: {count:12~400} accounts tried from {ip} within 5 min', {
          fails: 429,
          weight: 3,
        }),
        warn(
          'impossible_travel',
          'sign-in of {user} from {city}, {km} km from the last one {minutes} min ago, confirmed by mail',
          { values: { km: '900..9000', minutes: '4..55' }, weight: 2 },
        ),
        slow(
          'slow_hash',
          'password check of {user}',
          { minMs: 100, weight: 5 },
          ', {busy:4|8}/{busy} hash workers busy',
        ),
        timeout('user_store_timeout', 'user store read for {email}', { minMs: 100, weight: 4 }),
        poolExhausted('user store connection for {user}', { max: '16|24|32', waiting: '3~70', weight: 3 }),
        error(
          'hash_unreadable',
          'stored password hash of {user} unreadable: unknown scheme "{scheme:sha1|bcrypt-0|$$}"',
          { fails: 500 },
        ),
      ],
    },
    'sign-in.session': {
      good: [
        debug('{session} opened for {user}, expires in {hours:8|12|24} h', { weight: 6 }),
        info('{session} opened for {user} on {agent}', { weight: 4 }),
        debug('access token for {session} signed with key {key:hex4}', { weight: 3 }),
        info('oldest session of {user} closed, limit of 10 reached'),
      ],
      bad: [
        warn('session_store_slow', '{session} took {took} ms to store (budget {limit} ms)', {
          when: { minMs: 10 },
          weight: 5,
        }),
        warn('key_rotation_late', 'token for {session} signed with key {key:hex4}, {hours:1~40} h past its rotation', {
          weight: 3,
        }),
        error('session_store_readonly', '{session} not stored: READONLY, session store has lost its primary', {
          fails: 503,
          weight: 3,
        }),
        error(
          'signing_failed',
          'token for {session} not signed: key service answered "{reason:throttled|key disabled|no leader}"',
          { fails: 503, weight: 2 },
        ),
      ],
    },
    'failed-sign-in.reject': {
      good: [
        info('wrong password for {email} from {ip}, attempt {attempt:1~4} of 5', { weight: 6 }),
        info('wrong one-time code for {email}, attempt {attempt:1..2} of 3'),
        debug('password of {user} does not match ({took} ms)'),
      ],
      bad: [
        warn('brute_force_suspected', 'wrong password for {email}, {count:6~120} wrong ones from {ip} within 10 min', {
          weight: 5,
        }),
        warn('breached_password_tried', 'wrong password for {email} is on the breach list, {user} flagged', {
          weight: 2,
        }),
        warn('account_locked', 'sign-in of {user} locked: fifth wrong password for {email} from {ip}', {
          fails: 423,
          weight: 3,
        }),
        timeout('user_store_timeout', 'user store read for {email}', { minMs: 100, weight: 2 }),
        error(
          'attempts_not_counted',
          'wrong password for {email} not counted: counter store answered "LOADING dataset in memory"',
          { weight: 2 },
        ),
      ],
    },
    'failed-sign-in.accept': {
      good: [
        info('credentials of {user} accepted after earlier failure, counter reset', { weight: 3 }),
        debug('password of {user} verified in {took} ms (argon2id)', { weight: 2 }),
      ],
      bad: [
        slow(
          'slow_hash',
          'password check of {user}',
          { minMs: 100, weight: 2 },
          ', {busy:4|8}/{busy} hash workers busy',
        ),
        warn(
          'takeover_suspected',
          '{user} signed in after failures from {ip}, watch for 24 h, risk score {score:61..88}',
          { weight: 2 },
        ),
        error('session_store_readonly', '{session} not stored: READONLY, session store has lost its primary', {
          fails: 503,
        }),
      ],
      afterFailure: {
        good: [
          info('second sign-in of {user} ended as the first: {failed.cause}', {
            when: { failedIn: 'auth', down: false },
          }),
        ],
        bad: [
          warn('sign_in_repeated', 'second sign-in of {email} from {ip} refused: {failed.cause}', {
            when: { status: 4 },
          }),
          error('sign_in_repeated', 'second sign-in of {email} failed: {failed.cause} persists', {
            when: { status: 5 },
          }),
        ],
      },
    },
    'session-refresh.refresh': {
      good: [
        debug('{session} of {user} prolonged, refresh token rotated', { weight: 8 }),
        debug('{session} refreshed in {took} ms, signed with key {key:hex4}', { weight: 3 }),
        info('{session} of {user} prolonged from {ip}'),
      ],
      bad: [
        warn('refresh_token_expired', 'refresh of {session} refused: token expired {age:1~86000} s ago', {
          fails: 401,
          weight: 5,
        }),
        warn('refresh_token_reused', 'refresh token of {session} used twice, all sessions of {user} closed', {
          fails: 401,
          weight: 3,
        }),
        slow('session_store_slow', 'refresh of {session}', { minMs: 10, weight: 4 }),
        warn('client_clock_skew', 'refresh of {session} came {skew:300~3300} s before it was due', { weight: 2 }),
        timeout('session_store_timeout', 'refresh of {session}', { minMs: 20, weight: 3 }),
        error('session_corrupt', '{session} of {user} not readable: {reason:truncated record|checksum mismatch}', {
          fails: 500,
        }),
      ],
    },
    'checkout.verify': {
      good: [
        debug('token of {session} valid, {left:2..58} min left', { weight: 6 }),
        debug('no step-up for {order}: {user} on a trusted device', { weight: 4 }),
        info('step-up of {user} for {amount} EUR passed by {factor:passkey|app push|one-time code}', { weight: 3 }),
      ],
      bad: [
        warn('token_expired', 'token of {session} expired {age:1~900} s ago, {order} needs a new sign-in', {
          fails: 401,
          weight: 5,
        }),
        warn(
          'step_up_failed',
          'step-up of {user} for {order} failed: {reason:push declined|one-time code wrong|passkey unknown}',
          { fails: 403, weight: 4 },
        ),
        warn('token_not_yet_valid', 'token of {session} issued {skew:5..58} s in the future, within leeway of 60 s', {
          weight: 3,
        }),
        warn('device_unknown', 'checkout of {user} from unknown device {device:hex4}, asked to confirm by mail', {
          weight: 2,
        }),
        timeout('introspection_timeout', 'introspection of {session}', { minMs: 40, weight: 3 }),
        error('jwks_unavailable', 'key {key:hex4} not in JWKS and refetch failed: keys.example.net answered 503', {
          fails: 503,
          weight: 3,
        }),
      ],
    },
    'refund.permit': {
      good: [
        info('refund of {order} permitted to {user}', { weight: 3 }),
        debug('policy refund:create allows {user}, evaluated in {took} ms'),
      ],
      bad: [
        warn('scope_missing', 'refund of {order} refused: token of {session} lacks scope refund:create', {
          fails: 403,
          weight: 3,
        }),
        warn('policy_stale', 'refund of {order} permitted by policy bundle {age:31~600} min old', { weight: 3 }),
        timeout('policy_timeout', 'policy for refund of {order}', { minMs: 20, weight: 2 }),
        error(
          'policy_error',
          'policy refund:create not evaluated for {order}: unknown rule {rule:is_owner|within_window}',
          { fails: 500 },
        ),
      ],
    },
    'order-status.token': {
      good: [
        debug('token of {session} valid, {left:2..58} min left', { weight: 8 }),
        debug('token of {session} valid (cached), scope orders:read', { weight: 5 }),
      ],
      bad: [
        warn('token_expired', 'token of {session} expired {age:1~3600} s ago', { fails: 401, weight: 6 }),
        warn('key_retired', 'token of {session} signed with retired key {key:hex4}', { fails: 401, weight: 3 }),
        warn('jwks_refetched', 'key {key:hex4} of {session} not in cached JWKS, fetched anew', { weight: 3 }),
        error(
          'token_cache_lost',
          'token of {session} not checked: token cache {shard:tc-1|tc-2|tc-3} refused the connection',
          { fails: 503, weight: 2 },
        ),
      ],
    },
    'password-reset.issue': {
      good: [
        info('reset token issued for {email}, valid 30 min', { weight: 3 }),
        debug('reset of {user} asked for from {ip}, earlier tokens revoked'),
      ],
      bad: [
        warn('reset_rate_limit', 'reset for {email} refused: {count:4..9} asked for within an hour, limit 3', {
          fails: 429,
          weight: 3,
        }),
        warn('reset_flood', '{count:8~90} resets asked for from {ip} within 10 min, token for {email} issued', {
          weight: 2,
        }),
        error('reset_store_timeout', 'reset token for {email} not stored within {took} ms (limit {limit} ms)', {
          fails: 504,
          when: { minMs: 20 },
        }),
        poolExhausted('user store connection for {user}', { max: '16|24|32', waiting: '3~70' }),
      ],
    },
    'password-reset.redeem': {
      good: [
        info('password of {user} changed, other sessions closed: {count:0..5}', { weight: 3 }),
        info('reset token of {user} redeemed {took} ms after it was mailed'),
      ],
      bad: [
        warn('password_breached', 'new password of {user} refused: found in {count:2~9000} breaches', {
          fails: 422,
          weight: 3,
        }),
        warn('reset_token_reused', 'reset token of {user} already used, link opened from {ip}', {
          fails: 410,
          weight: 2,
        }),
        error('password_not_written', 'new password of {user} not written: lock wait timeout on row of {user}', {
          fails: 503,
        }),
      ],
      afterFailure: {
        good: [debug('reset token of {user} not redeemed yet', { when: { failedIn: 'notification' } })],
        bad: [warn('reset_unredeemed', 'reset token of {user} not redeemed, {count:2~60} such tokens open')],
      },
    },
    'health-check.auth': {
      good: [
        debug('health check passed in {took} ms', { weight: 3 }),
        debug('health check passed, {keys:3} signing keys loaded'),
      ],
      bad: [
        warn('replica_lag', 'health check degraded: user store replica {lag:5~90} s behind', { weight: 3 }),
        error('key_service_lost', 'health check failed: key service kms.example.net refused the connection', {
          fails: 503,
        }),
      ],
    },
    'token-cleanup.begin': {
      good: [info('token clean-up started'), debug('token clean-up took lease {lease:hex6}')],
      bad: [
        warn('cleanup_overlap', 'token clean-up started while lease {lease:hex6} of the last run is held'),
        warn('cleanup_late', 'token clean-up started {late:3~20} s late'),
      ],
    },
    'token-cleanup.finish': {
      good: [
        info('token clean-up removed {count:60~9000} expired tokens in {took} ms', { weight: 2 }),
        info('token clean-up finished: {count:60~9000} tokens, {sessions:12..700} sessions'),
      ],
      bad: [
        warn(
          'cleanup_slow',
          'token clean-up stopped after {took} ms (limit {limit} ms), {count:200~40000} tokens left',
          { when: { minMs: 300 } },
        ),
        error('cleanup_deadlock', 'token clean-up rolled back after {count:10~5000} rows: deadlock detected', {
          fails: 500,
        }),
      ],
    },
  },
  background: {
    perPage: 11,
    good: [
      debug('session store: {count:6200..9400} sessions, {size:88..131} MiB', { weight: 6 }),
      debug('hash workers: {busy:0~6}/8 busy, {waiting:0} waiting', { weight: 5 }),
      debug('JWKS served {count:10~300} times in the last minute, {keys:3} keys', { weight: 3 }),
      debug('token cache: hit ratio {hits:82..97} %', { weight: 3 }),
      info('JWKS published anew, {keys:3} signing keys'),
      info('policy bundle reloaded, {rules:87|88|91} rules'),
      info('breach list updated, {count:900~90000} hashes added'),
    ],
    bad: [
      warn('hash_queue', 'hash workers saturated: 8/8 busy, {waiting:4~90} waiting', { weight: 5 }),
      warn('replica_lag', 'user store replica {replica:us-2|us-3} lags {lag:4~120} s behind', { weight: 4 }),
      warn('login_failures_rising', '{share:24..71} % of sign-ins in the last 5 min refused, usual 9 %', { weight: 3 }),
      warn('certificate_expiring', 'SAML certificate of idp.example.org expires in {days:12} days'),
      warn('evictions', 'session store evicted {count:3~600} live sessions: maxmemory reached', { weight: 2 }),
      warn('clock_drift', 'clock {drift:500~4000} ms off NTP, tokens may be refused'),
      error('key_rotation_failed', 'rotation of signing key {key:hex4} failed: key service answered AccessDenied', {
        weight: 2,
      }),
      error('session_store_failover', 'session store failed over to {node:ss-2|ss-3}, {count:2~80} writes lost', {
        weight: 2,
      }),
      error('directory_sync_failed', 'staff directory sync failed: LDAP result 51 busy, {count:2~90} accounts pending'),
    ],
  },
});
