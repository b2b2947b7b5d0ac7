/** Authentication and authorization: passwords, sessions, tokens, step-up at checkout, permissions. */

import {
  ACCOUNT_FAULTS,
  CERTIFICATE_EXPIRING,
  CPU,
  debug,
  ENDINGS,
  EXEC,
  error,
  faultsOfToken,
  HASHING,
  HASHING_QUEUED,
  info,
  JOB,
  ONSETS,
  POOL,
  POOL_EXHAUSTED,
  SESSION_FAULTS,
  STATEMENT_TIMEOUTS,
  SYMPTOMS_PROBED,
  SYMPTOMS_REPORTED,
  slow,
  state,
  timeout,
  warn,
} from './auth-faults.ts';
import { defineService, type Variant } from './definition/index.ts';

const APPLICATION = '[main] c.s.auth.AuthApplication -';
const PROBE = '[http-nio-8082-exec-{probe_thread}] c.s.auth.HealthEndpoint -';
const STORE_TRANSACTION = slow('user_store_slow', `${EXEC}.UserStore - Transaction on users`, { weight: 2 });

const CLOCK_SKEW = warn(
  'clock_skew',
  `${EXEC}.TokenService - Token of {session} issued {skew:1..9} s in the future, accepted (leeway {leeway} s)`,
);
const RISK = warn('risk_elevated', `${EXEC}.RiskEngine - Score {score:71..89} for {user} from {ip}, step-up demanded`);

/** What a customer did wrong: the cause is for the steps that come after it. */
function mistake(cause: string, variant: Variant): Variant {
  return { ...variant, cause };
}

export const auth = defineService({
  name: 'auth',
  logName: 'AuthService',
  dependsOn: [],
  ...state,
  steps: {
    'sign-in.credentials': {
      good: [
        info(`${EXEC}.LoginService - Login succeeded for {user} (argon2id, {took} ms)`, { weight: 92 }),
        mistake(
          'wrong_password',
          info(`${EXEC}.LoginService - Login failed for {user} from {ip}: wrong password`, { fails: 401, weight: 6 }),
        ),
        mistake(
          'wrong_one_time_code',
          info(`${EXEC}.LoginService - Login failed for {user} from {ip}: wrong one-time code`, {
            fails: 401,
            weight: 2,
          }),
        ),
      ],
      bad: [
        ...ACCOUNT_FAULTS,
        ...STATEMENT_TIMEOUTS,
        RISK,
        STORE_TRANSACTION,
        warn('account_locked', `${EXEC}.LoginService - Login refused for {user} from {ip}: account locked`, {
          fails: 423,
        }),
        warn('password_expired', `${EXEC}.LoginService - Login refused for {user}: password expired`, { fails: 403 }),
        slow('cpu_throttled', `${EXEC}.LoginService - Password check`, {}, `, ${CPU}`),
        warn(
          'credential_stuffing',
          `${EXEC}.LoginThrottle - Login refused for {user} from {ip}: {attack_as} over {network_limit} attempts/min`,
          { fails: 429, weight: 4 },
        ),
        warn(
          'credential_stuffing',
          `${EXEC}.LoginService - Password check of {user} queued: ${HASHING}`,
          HASHING_QUEUED,
        ),
      ],
    },
    'sign-in.session': {
      good: [
        info(`${EXEC}.SessionStore - Session {session} created for {user}, ttl {session_ttl} h`, { weight: 15 }),
        info(`${EXEC}.SessionStore - Session {session} created for {user}, oldest of {session_limit} closed`),
      ],
      bad: [
        ...SESSION_FAULTS,
        warn('credential_stuffing', `${EXEC}.RiskEngine - Session {session} marked for review: {ip} is in {attack_as}`),
      ],
      afterFailure: {
        good: [
          debug(`${EXEC}.AuditLog - LOGIN_FAILURE of {user} recorded: {failed.cause}`, {
            when: { failedIn: 'auth', status: 4 },
          }),
        ],
        bad: [
          warn('stale_connection', `${EXEC}.AuditLog - Stale connection dropped, LOGIN_FAILURE of {user} repeated`),
        ],
      },
    },
    'session-refresh.refresh': {
      good: [
        debug(`${EXEC}.TokenService - Token of {session} refreshed for {user} ({took} ms)`, { weight: 97 }),
        mistake(
          'session_revoked',
          info(`${EXEC}.TokenService - Refresh of {session} refused: signed out on another device`, {
            fails: 401,
            weight: 3,
          }),
        ),
      ],
      bad: [
        ...SESSION_FAULTS,
        ...faultsOfToken('{session}'),
        CLOCK_SKEW,
        warn('refresh_token_reused', `${EXEC}.TokenService - Refresh token of {session} used twice, session closed`, {
          fails: 401,
        }),
      ],
    },
    'checkout.verify': {
      good: [
        debug(`${EXEC}.TokenService - Token of {session} valid for {order}, no step-up`, { weight: 77 }),
        info(`${EXEC}.StepUpService - Step-up for {order} passed by {user} in {session}`, { weight: 20 }),
        mistake(
          'step_up_declined',
          info(`${EXEC}.StepUpService - Step-up for {order} declined by {user} in {session}`, {
            fails: 403,
            weight: 3,
          }),
        ),
      ],
      bad: [...SESSION_FAULTS, ...faultsOfToken('{session}'), CLOCK_SKEW, STORE_TRANSACTION],
    },
    'refund.permit': {
      good: [
        info(`${EXEC}.PolicyEngine - ALLOW refund:create on {order} for {user} ({took} ms)`, { weight: 96 }),
        mistake(
          'refund_window_over',
          info(`${EXEC}.PolicyEngine - DENY refund:create on {order} for {user}: refund window is over`, {
            fails: 403,
            weight: 4,
          }),
        ),
      ],
      bad: [...ACCOUNT_FAULTS, ...faultsOfToken('{user}'), ...STATEMENT_TIMEOUTS, RISK],
    },
    'order-status.token': {
      good: [
        debug(`${EXEC}.TokenService - Token of {session} valid (cached)`, { weight: 9 }),
        debug(`${EXEC}.TokenService - Token of {session} valid (introspected in {took} ms)`),
      ],
      bad: [...SESSION_FAULTS, ...faultsOfToken('{session}'), CLOCK_SKEW],
    },
    'password-reset.issue': {
      good: [
        info(`${EXEC}.PasswordResetService - Reset token issued for {email}, valid {reset_ttl} min`, { weight: 95 }),
        mistake(
          'captcha_not_solved',
          info(`${EXEC}.PasswordResetService - Reset for {email} refused: captcha not solved`, {
            fails: 422,
            weight: 5,
          }),
        ),
      ],
      bad: [
        ...ACCOUNT_FAULTS,
        ...STATEMENT_TIMEOUTS,
        warn(
          'credential_stuffing',
          `${EXEC}.LoginThrottle - Reset refused for {user} from {ip}: {attack_as} over {network_limit} attempts/min`,
          { fails: 429 },
        ),
      ],
    },
    'health-check.auth': {
      good: [debug(`${PROBE} Liveness CORRECT on {pod} in {took} ms`)],
      bad: [
        warn('stale_connection', `${PROBE} Liveness CORRECT on {pod}, users pinged twice: stale connection dropped`),
        ...SYMPTOMS_PROBED,
        error('user_store_pool_exhausted', `${PROBE} DOWN: no connection to users, ${POOL}`, {
          fails: 503,
          when: POOL_EXHAUSTED,
        }),
      ],
    },
    'token-cleanup.begin': {
      good: [info(`${JOB}.TokenCleanupJob - Started, lease {lease:hex6}`)],
      bad: [
        warn('stale_connection', `${JOB}.TokenCleanupJob - Stale connection dropped, started at second attempt`),
        ...SYMPTOMS_REPORTED,
      ],
    },
    'token-cleanup.finish': {
      good: [info(`${JOB}.TokenCleanupJob - Removed {removed:60~9000} expired tokens in {took} ms`)],
      bad: [
        warn(
          'stale_connection',
          `${JOB}.TokenCleanupJob - Stale connection dropped, {removed:60~9000} expired tokens removed in {took} ms`,
          { weight: 10 },
        ),
        timeout('user_store_timeout', `${JOB}.TokenCleanupJob - Batch on tokens`),
        ...SYMPTOMS_REPORTED,
      ],
    },
  },
  background: {
    perPage: 8,
    good: [
      debug(`${EXEC}.TokenService - Token issued to client {client:warehouse-app|backoffice|reporting}`, { weight: 5 }),
      debug(`${EXEC}.JwksController - Key set served, {keys} keys`, { weight: 3 }),
      debug('[redis-listener-1] c.s.auth.SessionStore - {expired:1~40} idle sessions expired', { weight: 2 }),
    ],
    bad: [
      warn(
        'stale_connection',
        '[redis-listener-1] c.s.auth.SessionStore - Stale connection dropped, subscribed again',
        {
          weight: 10,
        },
      ),
      CERTIFICATE_EXPIRING,
      ...SYMPTOMS_REPORTED,
    ],
    scheduled: {
      'pool report': {
        everySeconds: 30,
        good: [
          debug(
            `[housekeeper-1] c.s.auth.UserStore - Pool users: ${POOL}, acquire p99 {acquire_p99} ms, p99 {db_p99} ms`,
          ),
          info(`${APPLICATION} Starting AuthApplication {version} on {pod}`, { when: { event: 'deploy.began' } }),
          info(`${APPLICATION} Started AuthApplication {version} on {pod} in {seconds:7..13}.{tenths:0..9} s`, {
            when: { event: 'deploy.ended' },
          }),
          ...ENDINGS,
        ],
        bad: [
          warn(
            'stale_connection',
            '[housekeeper-1] c.s.auth.UserStore - Stale connection dropped, pool users refilled',
          ),
          ...SYMPTOMS_REPORTED,
          ...ONSETS,
        ],
      },
      'runtime report': {
        everySeconds: 60,
        good: [
          debug(
            `[metrics-1] c.s.auth.RuntimeReport - ${HASHING}, {open_sessions} sessions, token cache hits {cache_hits} %`,
          ),
        ],
        bad: [
          warn(
            'stale_connection',
            '[metrics-1] c.s.auth.RuntimeReport - Stale connection dropped, sessions counted again',
          ),
          ...SYMPTOMS_REPORTED,
        ],
      },
      'policy reload': {
        everySeconds: 600,
        good: [info(`${JOB}.PolicyEngine - Policy bundle not modified, {rules} rules`)],
        bad: [
          warn('stale_connection', `${JOB}.PolicyEngine - Stale connection dropped, policy bundle asked for again`),
          ...SYMPTOMS_REPORTED,
        ],
      },
      'directory sync': {
        everySeconds: 3600,
        good: [info(`${JOB}.DirectorySyncJob - Staff directory synchronized, {changed:0~6} accounts changed`)],
        bad: [
          warn('stale_connection', `${JOB}.DirectorySyncJob - Stale connection dropped, staff directory bound again`, {
            weight: 3,
          }),
          error('directory_sync_failed', `${JOB}.DirectorySyncJob - Staff directory not synchronized: LDAP 51, busy`),
          ...SYMPTOMS_REPORTED,
        ],
      },
      'key rotation': {
        everySeconds: 86_400,
        atSeconds: 10_800,
        good: [info(`${JOB}.KeyRotationJob - Signing key {key:hex4} published, {keys} keys in the set`)],
        bad: [
          warn('stale_connection', `${JOB}.KeyRotationJob - Stale connection dropped, key {key:hex4} published again`),
          error('key_service_throttled', `${JOB}.KeyRotationJob - Signing key not rotated: {kms_host} throttles`),
        ],
      },
    },
  },
});
