import stringWidth from 'string-width';

const PRINTABLE_ASCII = /^[ -~]*$/;
const ELLIPSIS = '…';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text if it fits, else its start and an ellipsis.
 * @param text without control characters
 * @param width cells of a terminal, at least 1; a wide character takes two, a combining one none
 */
export function cutToWidth(text: string, width: number): string {
  if (PRINTABLE_ASCII.test(text)) return text.length <= width ? text : text.slice(0, width - 1) + ELLIPSIS;
  let usedWidth = 0;
  let beforeEllipsis = '';
  for (const { segment } of graphemes.segment(text)) {
    usedWidth += stringWidth(segment);
    if (usedWidth > width) return beforeEllipsis + ELLIPSIS;
    if (usedWidth < width) beforeEllipsis += segment;
  }
  return text;
}
