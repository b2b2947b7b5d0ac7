/** The arguments that give options these values; `true` for one without a value. */
export function argsFrom(values: Readonly<Record<string, string | boolean>>): readonly string[] {
  return Object.entries(values).map(([name, value]) =>
    typeof value === 'string' ? `--${name}=${value}` : `--${name}`,
  );
}
