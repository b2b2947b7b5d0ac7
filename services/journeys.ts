/** What happens in the shop: each kind of journey, how often, and how long its stages take. */

import type { Journey } from './definition/definition.ts';

const PRODUCT = '/api/v1/products/{sku}';

export const journeys = {
  browse: {
    perPage: 40,
    actor: 'customer',
    visit: { seconds: [4, 300], visits: 26 },
    http: { method: 'GET', path: '/api/v1/products?page={page}' },
    stages: { lookup: [2, 90], respond: [1, 40] },
  },
  'view-product': {
    perPage: 30,
    actor: 'customer',
    visit: { seconds: [15, 360], visits: 22 },
    http: { method: 'GET', path: PRODUCT },
    stages: { lookup: [1, 60], respond: [1, 40] },
  },
  search: {
    perPage: 22,
    actor: 'customer',
    visit: { seconds: [8, 280], visits: 15 },
    http: { method: 'GET', path: '/api/v1/search?q={search}' },
    stages: { query: [8, 260], respond: [1, 30] },
  },
  'sign-in': {
    perPage: 18,
    actor: 'customer',
    visit: { seconds: [0, 0], visits: 18 },
    opens: 'session',
    http: { method: 'POST', path: '/api/v1/sessions' },
    stages: { request: [0, 2], credentials: [30, 230], session: [2, 40], respond: [1, 40] },
  },
  'session-refresh': {
    perPage: 10,
    actor: 'customer',
    visit: { seconds: [600, 1200], visits: 10 },
    http: { method: 'POST', path: '/api/v1/sessions/refresh' },
    stages: { refresh: [2, 70], respond: [1, 40] },
  },
  'add-to-basket': {
    perPage: 24,
    actor: 'customer',
    visit: { seconds: [45, 240], visits: 16 },
    opens: 'basket',
    http: { method: 'POST', path: '/api/v1/baskets/{basket}/items' },
    stages: { availability: [2, 80], respond: [1, 40] },
  },
  checkout: {
    perPage: 14,
    actor: 'customer',
    visit: { seconds: [240, 540], visits: 14 },
    places: 'order',
    http: { method: 'POST', path: '/api/v1/orders' },
    stages: {
      request: [0, 3],
      reserve: [3, 140],
      verify: [3, 160],
      authorize: [30, 600],
      capture: [10, 280],
      settle: [4, 90],
      respond: [1, 40],
      queue: [3, 60],
      post: [20, 240],
      deliver: [180, 2000],
    },
  },
  refund: {
    perPage: 1,
    actor: 'customer',
    about: 'past-order',
    http: { method: 'POST', path: '/api/v1/orders/{order}/refund' },
    stages: { permit: [4, 80], refund: [60, 820], restock: [5, 120], respond: [1, 40], deliver: [180, 2000] },
  },
  'order-status': {
    perPage: 14,
    actor: 'customer',
    visit: { seconds: [20, 500], visits: 14 },
    about: 'recent-order',
    http: { method: 'GET', path: '/api/v1/orders/{order}' },
    stages: { token: [1, 30], state: [2, 110], respond: [1, 40] },
  },
  'password-reset': {
    perPage: 1,
    actor: 'customer',
    http: { method: 'POST', path: '/api/v1/password-resets' },
    stages: { issue: [6, 90], respond: [1, 40], deliver: [180, 2000] },
  },
  restock: {
    perPage: 5,
    actor: 'system',
    http: { method: 'POST', path: '/internal/v1/deliveries' },
    stages: { receive: [4, 280], adjust: [4, 120], respond: [1, 40], announce: [40, 900] },
  },
  'provider-webhook': {
    perPage: 6,
    actor: 'customer',
    about: 'past-order',
    http: { method: 'POST', path: '/webhooks/v1/payments' },
    stages: { receive: [1, 25], match: [4, 140], push: [30, 900] },
  },
  'health-check': {
    everySeconds: 30,
    actor: 'system',
    http: { method: 'GET', path: '/healthz' },
    stages: { auth: [1, 15], inventory: [1, 25], payment: [1, 30], notification: [1, 25], report: [0, 4] },
  },
  'token-cleanup': {
    everySeconds: 600,
    actor: 'system',
    stages: { begin: [0, 2], finish: [80, 1900] },
  },
  'stock-count': {
    everySeconds: 3600,
    atSeconds: 420,
    actor: 'system',
    stages: { begin: [0, 2], finish: [120, 2600] },
  },
  settlement: {
    everySeconds: 3600,
    atSeconds: 300,
    actor: 'system',
    stages: { begin: [0, 3], finish: [200, 3200] },
  },
  campaign: {
    perPage: 10,
    actor: 'customer',
    stages: { queue: [1, 30], deliver: [120, 2000] },
  },
} as const satisfies Record<string, Journey>;
