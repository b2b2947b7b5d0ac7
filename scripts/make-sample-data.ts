/**
 * Writes services/simulation/pools.ts: the people and products of the shop, drawn once from Faker. They are kept in
 * the repository because a service process that builds them itself starts 20 ms later, and because what the log says
 * must not change with a release of Faker. `node dist/scripts/make-pools.js > services/simulation/pools.ts`
 */

import { faker } from '@faker-js/faker/locale/en';
import { isMain } from '../shared/is-main.ts';

const SEED = 20261122;

/** The source text of services/simulation/pools.ts. */
export function poolsSource(): string {
  faker.seed(SEED);
  const word = /^[A-Z][a-z]+$/;
  const products = distinct(240, () => faker.commerce.productName());
  const pools = {
    firstNames: distinct(160, () => faker.person.firstName()).filter((name) => word.test(name)),
    lastNames: distinct(240, () => faker.person.lastName()).filter((name) => word.test(name)),
    cities: distinct(80, () => faker.location.city()),
    products,
    prices: products.map(
      () => faker.number.int({ min: 3, max: 180 }) * 100 + faker.helpers.arrayElement([0, 49, 90, 99]),
    ),
  };
  const constants = Object.entries(pools).map(([name, values]) => {
    const type = name === 'prices' ? 'number' : 'string';
    return `export const ${name}: readonly ${type}[] = ${JSON.stringify(values)};\n`;
  });
  return `// Written by scripts/make-pools.ts. Prices are in cents, in the order of the products.\n\n${constants.join('\n')}`;
}

function distinct(count: number, make: () => string): string[] {
  const values = new Set<string>();
  while (values.size < count) values.add(make());
  return [...values];
}

if (isMain(import.meta.url)) process.stdout.write(poolsSource());
