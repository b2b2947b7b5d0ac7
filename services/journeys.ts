/** What happens in the shop: each kind of journey, how often, and how long its stages take. */

import type { Journey } from './definition/definition.ts';

const PRODUCT = '/api/v1/products/{sku}';

export const journeys = {
  browse: {
    perPage: 44,
    actor: 'customer',
    http: { method: 'GET', path: '/api/v1/products' },
    stages: { lookup: [2, 90], respond: [1, 40] },
  },
  'view-product': {
    perPage: 30,
    actor: 'customer',
    http: { method: 'GET', path: PRODUCT },
    stages: { lookup: [1, 60], respond: [1, 40] },
  },
  search: {
    perPage: 24,
    actor: 'customer',
    http: { method: 'GET', path: '/api/v1/search' },
    stages: { query: [8, 420], respond: [1, 40] },
  },
  'sign-in': {
    perPage: 14,
    actor: 'customer',
    http: { method: 'POST', path: '/api/v1/sessions' },
    stages: { request: [0, 2], credentials: [55, 260], session: [2, 40], respond: [1, 40] },
  },
  'failed-sign-in': {
    perPage: 4,
    actor: 'customer',
    http: { method: 'POST', path: '/api/v1/sessions' },
    stages: {
      reject: [55, 240],
      refuse: [1, 8],
      retype: [1500, 9000],
      retry: [0, 2],
      accept: [55, 260],
      respond: [1, 40],
    },
  },
  'session-refresh': {
    perPage: 10,
    actor: 'customer',
    http: { method: 'POST', path: '/api/v1/sessions/refresh' },
    stages: { refresh: [2, 70], respond: [1, 40] },
  },
  'add-to-basket': {
    perPage: 20,
    actor: 'customer',
    http: { method: 'POST', path: '/api/v1/basket/items' },
    stages: { availability: [2, 80], respond: [1, 40] },
  },
  checkout: {
    perPage: 14,
    actor: 'customer',
    places: 'order',
    http: { method: 'POST', path: '/api/v1/orders' },
    stages: {
      request: [0, 3],
      reserve: [8, 190],
      verify: [12, 240],
      authorize: [70, 1400],
      capture: [30, 520],
      settle: [4, 90],
      respond: [1, 40],
      queue: [3, 60],
      deliver: [180, 2600],
    },
  },
  refund: {
    perPage: 4,
    actor: 'customer',
    about: 'past-order',
    http: { method: 'POST', path: '/api/v1/orders/{order}/refund' },
    stages: { permit: [4, 80], refund: [90, 1600], restock: [5, 120], respond: [1, 40], deliver: [180, 2400] },
  },
  'order-status': {
    perPage: 14,
    actor: 'customer',
    about: 'recent-order',
    http: { method: 'GET', path: '/api/v1/orders/{order}' },
    stages: { token: [1, 30], state: [2, 110], respond: [1, 40] },
  },
  'password-reset': {
    perPage: 4,
    actor: 'customer',
    http: { method: 'POST', path: '/api/v1/password-resets' },
    stages: { issue: [6, 90], respond: [1, 40], deliver: [200, 2200], redeem: [3000, 9500] },
  },
  restock: {
    perPage: 5,
    actor: 'system',
    http: { method: 'POST', path: '/internal/v1/deliveries' },
    stages: { receive: [10, 300], adjust: [4, 120], respond: [1, 40], announce: [40, 900] },
  },
  'provider-webhook': {
    perPage: 6,
    actor: 'customer',
    about: 'past-order',
    http: { method: 'POST', path: '/webhooks/v1/payments' },
    stages: { receive: [1, 25], match: [4, 140], push: [30, 1500] },
  },
  'health-check': {
    perPage: 6,
    actor: 'system',
    http: { method: 'GET', path: '/healthz' },
    stages: { auth: [1, 15], inventory: [1, 25], payment: [1, 30], notification: [1, 25], report: [0, 4] },
  },
  'token-cleanup': {
    perPage: 2,
    actor: 'system',
    stages: { begin: [0, 2], finish: [80, 1900] },
  },
  'stock-count': {
    perPage: 2,
    actor: 'system',
    stages: { begin: [0, 2], finish: [120, 2600] },
  },
  settlement: {
    perPage: 2,
    actor: 'system',
    stages: { begin: [0, 3], finish: [200, 3200] },
  },
  campaign: {
    perPage: 10,
    actor: 'customer',
    stages: { queue: [1, 30], deliver: [120, 2800] },
  },
} as const satisfies Record<string, Journey>;
