import { UserError } from '../../shared/errors.ts';
import { suggest } from '../../shared/suggest.ts';

/**
 * The incident type of that name.
 * @throws {UserError} `unknown-incident-type`
 */
export function findType<Type extends { readonly name: string }>(name: string, types: readonly Type[]): Type {
  const found = types.find((type) => type.name === name);
  if (found) return found;
  const names = types.map((type) => type.name);
  const guess = suggest(name, names) ?? names.find((candidate) => candidate.includes(name));
  const hint = guess === undefined ? '' : `did you mean ${guess}? `;
  throw new UserError(
    'unknown-incident-type',
    `${JSON.stringify(name)}: no such incident type; ${hint}All are listed by: npm run incident -- list`,
  );
}
