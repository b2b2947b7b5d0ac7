const SAFE = /^[\w@%+=:,./-]+$/;

/** The text as one word for a shell: advice is there to be copied. */
export function shellQuote(text: string): string {
  return SAFE.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
