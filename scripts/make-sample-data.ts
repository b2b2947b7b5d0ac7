/**
 * Prints services/simulation/sample-data.ts: names, cities and products, drawn once from Faker. They are kept in the
 * repository because drawing them takes a service process 20 ms at its start, and because a release of Faker must not
 * change the log. `node dist/scripts/make-sample-data.js > services/simulation/sample-data.ts`
 */

import { faker } from '@faker-js/faker/locale/en';

const SEED = 20261122;
const WORD = /^[A-Z][a-z]+$/;

function drawDistinct(count: number, draw: () => string): string[] {
  const values = new Set<string>();
  while (values.size < count) values.add(draw());
  return [...values];
}

faker.seed(SEED);
const products = drawDistinct(240, () => faker.commerce.productName());
const data = {
  firstNames: drawDistinct(160, () => faker.person.firstName()).filter((name) => WORD.test(name)),
  lastNames: drawDistinct(240, () => faker.person.lastName()).filter((name) => WORD.test(name)),
  cities: drawDistinct(80, () => faker.location.city()),
  products,
  prices: products.map(
    () => faker.number.int({ min: 3, max: 180 }) * 100 + faker.helpers.arrayElement([0, 49, 90, 99]),
  ),
};
const constants = Object.entries(data).map(([name, values]) => {
  const type = name === 'prices' ? 'number' : 'string';
  return `export const ${name}: readonly ${type}[] = ${JSON.stringify(values)};\n`;
});
process.stdout.write(
  `// Written by scripts/make-sample-data.ts. Prices are in cents, in the order of the products.\n\n${constants.join('\n')}`,
);
