/** A weight tensor: `groups` matrices of rows / groups × columns, one a head. */
interface Matrices {
  readonly rows: number;
  readonly columns: number;
  readonly groups: number;
}

/** No tensor is given more: a start need not be dense. */
const MOST = 0.5;

/**
 * A density for each tensor, in proportion to (in + out) / (in · out) of its matrices, so that all together `density` of
 * the weights are kept: an Erdős–Rényi graph has as many edges a node in a small layer as in a large one (D. Mocanu et
 * al., Nature Communications 9:2383, 2018). Of even densities a classifier with few weights would keep nearly none.
 */
export function erdosRenyiDensities(tensors: readonly Matrices[], density: number): number[] {
  const total = density * sum(tensors.map(size));
  const degrees = tensors.map(({ rows, columns, groups }) => (rows / groups + columns) / ((rows / groups) * columns));
  const at = (factor: number) => degrees.map((degree) => Math.min(factor * degree, MOST));
  const kept = (factor: number) => sum(at(factor).map((share, t) => share * size(tensors[t])));
  let [low, high] = [0, MOST / Math.min(...degrees)];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (kept(middle) < total) low = middle;
    else high = middle;
  }
  return at(high);
}

function size({ rows, columns }: Matrices): number {
  return rows * columns;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
