/** The largest number of edits between what was typed and what was probably meant. */
const MAX_EDIT_DISTANCE = 2;

/** The word that `typed` was probably meant to be: the most similar one, or one that begins with it. */
export function suggest(typed: string, words: readonly string[]): string | undefined {
  const distances = words.map((word) => editDistance(typed, word));
  const smallest = Math.min(...distances);
  if (smallest <= MAX_EDIT_DISTANCE) return words[distances.indexOf(smallest)];
  return typed === '' ? undefined : words.find((word) => word.startsWith(typed));
}

/** Letters to insert, remove or replace to turn one word into the other: https://en.wikipedia.org/wiki/Levenshtein_distance */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
