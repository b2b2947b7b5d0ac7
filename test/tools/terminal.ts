/** A stream that is a terminal of so many colours and columns. */
export function terminal({ colors, columns = 80 }: { readonly colors: 0 | 16 | 256; readonly columns?: number }) {
  const hasColors = (count: number | object = 16) => colors > 0 && Number(count) <= colors;
  return { isTTY: true, columns, hasColors };
}
