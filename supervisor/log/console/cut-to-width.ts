import stringWidth from 'string-width';

const PRINTABLE_ASCII = /^[ -~]*$/;
const ELLIPSIS = '…';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text when it fits, else its beginning and an ellipsis.
 * @param text without control characters
 * @param width cells of a terminal, at least 1: a wide character takes two of them, a combining one none
 */
export function cutToWidth(text: string, width: number): string {
  if (PRINTABLE_ASCII.test(text)) return text.length <= width ? text : text.slice(0, width - 1) + ELLIPSIS;
  let used = 0;
  let besideEllipsis = '';
  for (const { segment } of graphemes.segment(text)) {
    used += stringWidth(segment);
    if (used > width) return besideEllipsis + ELLIPSIS;
    if (used < width) besideEllipsis += segment;
  }
  return text;
}
