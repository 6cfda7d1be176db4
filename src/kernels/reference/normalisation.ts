import type { Heap, NormalisationKernels, Pointer } from '../contract.js';

const LEAST_VARIANCE = 1e-5;

/** Normalisation, one value at a time; see NormalisationKernels for what each argument means. */
export function normalisationKernels({ floats }: Heap): NormalisationKernels {
  return { normalise, normaliseBackward };

  function normalise(z: Pointer, y: Pointer, rows: number, n: number, count: number, used: number, at: Pointer): void {
    const places = placesOf(rows, n, count, used);
    const statistics = floats.subarray(at >> 2, (at >> 2) + rows + 1);
    const means = places.map((row) => meanOf(row.map((place) => floats[(z >> 2) + place])));
    const centred = (row: number, place: number) => floats[(z >> 2) + place] - means[row];
    const variance = meanOf(places.flatMap((row, i) => row.map((place) => centred(i, place) ** 2)));
    statistics.set([...means, 1 / Math.sqrt(variance + LEAST_VARIANCE)]);
    const values = places.flatMap((row, i) => row.map((place) => [place, centred(i, place) * statistics[rows]]));
    for (const pointer of [z, y]) {
      floats.fill(0, pointer >> 2, (pointer >> 2) + rows * n * count);
      for (const [place, value] of values) floats[(pointer >> 2) + place] = value;
    }
  }

  function normaliseBackward(
    dy: Pointer,
    normalised: Pointer,
    rows: number,
    n: number,
    count: number,
    used: number,
    at: Pointer,
  ): void {
    const places = placesOf(rows, n, count, used);
    const statistics = floats.subarray(at >> 2, (at >> 2) + rows + 1);
    const slope = (place: number) => floats[(dy >> 2) + place];
    const value = (place: number) => floats[(normalised >> 2) + place];
    const sums = places.map((row) => row.reduce((sum, place) => sum + slope(place), 0));
    const along = meanOf(places.flat().map((place) => slope(place) * value(place)));
    const slopes = places.flatMap((row, i) =>
      row.map((place) => [place, (slope(place) - sums[i] / row.length - value(place) * along) * statistics[rows]]),
    );
    statistics.set(sums.map((sum) => sum / (count * used)));
    floats.fill(0, dy >> 2, (dy >> 2) + rows * n * count);
    for (const [place, changed] of slopes) floats[(dy >> 2) + place] = changed;
  }
}

/** Where the used values of each row are, over all blocks. */
function placesOf(rows: number, n: number, count: number, used: number): number[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: count * used }, (_, i) => (Math.floor(i / used) * rows + row) * n + (i % used)),
  );
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
