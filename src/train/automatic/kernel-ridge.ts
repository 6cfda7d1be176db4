/** Added to the kernel's diagonal, whose values are 1. */
const RIDGE = 0.03;

/** Squared distances of all pairs of rows, [n][n]. */
export function squaredDistances(rows: readonly Float32Array[]): Float64Array {
  const n = rows.length;
  const distances = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) distances[i * n + j] = distances[j * n + i] = squaredDistance(rows[i], rows[j]);
  }
  return distances;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}

/**
 * Kernel ridge regression: the class that each of the rows `test` is given by the rows `train`. The kernel is Gaussian, its
 * width the mean distance of all pairs; the targets are 1 for a row's class and 0 for the others.
 *
 * @param distances squared, of all rows, [n][n]
 * @param labels the class of each of the n rows
 */
export function kernelRidge(
  distances: Float64Array,
  labels: ArrayLike<number>,
  train: readonly number[],
  test: readonly number[],
): number[] {
  const n = labels.length;
  const share = 1 / Math.max(distances.reduce((sum, value) => sum + value, 0) / (n * n), 1e-12);
  const kernel = (i: number, j: number) => Math.exp(-share * distances[i * n + j]);
  const factor = cholesky(train.length, (i, j) => kernel(train[i], train[j]) + (i === j ? RIDGE : 0));
  const classes = [...new Set(train.map((index) => labels[index]))];
  const weights = classes.map((label) =>
    solve(
      factor,
      train.map((index) => (labels[index] === label ? 1 : 0)),
    ),
  );
  return test.map((row) => {
    const near = train.map((index) => kernel(row, index));
    const scores = weights.map((row) => row.reduce((sum, weight, i) => sum + weight * near[i], 0));
    return classes[scores.indexOf(Math.max(...scores))];
  });
}

/** Rows of the lower triangle L of a positive definite matrix L Lᵀ of n × n. */
function cholesky(n: number, value: (i: number, j: number) => number): Float64Array[] {
  const rows: Float64Array[] = [];
  for (let i = 0; i < n; i++) {
    const row = new Float64Array(i + 1);
    for (let j = 0; j <= i; j++) {
      const other = j === i ? row : rows[j];
      let rest = value(i, j);
      for (let k = 0; k < j; k++) rest -= row[k] * other[k];
      row[j] = j === i ? Math.sqrt(rest) : rest / other[j];
    }
    rows.push(row);
  }
  return rows;
}

/** The x of L Lᵀ x = b. */
function solve(rows: readonly Float64Array[], b: readonly number[]): number[] {
  const x = [...b];
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j < i; j++) x[i] -= row[j] * x[j];
    x[i] /= row[i];
  }
  for (let i = x.length - 1; i >= 0; i--) {
    x[i] /= rows[i][i];
    for (let j = 0; j < i; j++) x[j] -= rows[i][j] * x[i];
  }
  return x;
}
