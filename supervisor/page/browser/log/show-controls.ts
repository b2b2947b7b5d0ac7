/**
 * Characters that are invisible or change how others are shown: controls (C0, DEL, C1), soft hyphens, zero-width spaces, marks,
 * embeddings, overrides and isolates of bidirectional text, line ends of Unicode, byte order marks, tags.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it matches
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** The text with each such character written as `\u....`, as in the log file. */
export function showControls(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = (character.codePointAt(0) as number).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}
