const SAFE = /^[\w@%+=:,./-]+$/;

/** The text as one word for a POSIX shell. */
export function shellQuote(text: string): string {
  return SAFE.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
