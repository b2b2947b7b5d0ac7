import { describe, expect, test } from 'vitest';
import { loadBuiltIn } from '../../services/index.ts';
import { describeConformance, variantsOf } from './conformance.ts';

const builtIn = await loadBuiltIn();

for (const definition of builtIn) describeConformance(definition, builtIn);

describe('the vocabulary of the shop', () => {
  test.each(builtIn.map((definition) => [definition.name, definition] as const))(
    '%s has enough different lines',
    (_, definition) => {
      const variants = variantsOf(definition);
      const bad = variants.filter(({ level }) => level === 'WARNING' || level === 'ERROR');
      expect(variants.length).toBeGreaterThanOrEqual(40);
      expect(bad.length).toBeGreaterThanOrEqual(15);
      expect(new Set(bad.map(({ cause }) => cause)).size).toBeGreaterThanOrEqual(8);
      expect(new Set(bad.map(({ level }) => level)).size).toBe(2);
    },
  );
});
