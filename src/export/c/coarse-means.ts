import { MEAN_PARTS } from '../../runtime/file/tables.js';
import { outputAt } from '../../runtime/network/products.js';
import type { Program, ProgramLayer } from '../code/program.js';
import type { SparseProduct } from '../code/sparse-product.js';

/** A coarse mean is counted in whole deviations, the exact one in eighths of them. */
export const COARSE = MEAN_PARTS;

export function coarseMean(mean: number): number {
  return Math.round(mean / COARSE);
}

/**
 * A network whose first layer spreads what filters make of each node, with features standardised by coarse means: nothing but
 * sums stands between them and the biases, which take up the difference. Only where features end is another place, by half a
 * coarse step at most.
 */
export function withCoarseMeans(program: Program, channels: number): Program {
  const [first, ...rest] = program.layers;
  return { ...program, layers: [{ ...first, bias: biasesOf(first, differencesOf(program, channels)) }, ...rest] };
}

/** Of each node's channels: by how much a feature that is used is greater than with its coarse mean. */
function differencesOf({ standardisation: { used, means } }: Program, channels: number): Float64Array[] {
  let next = 0;
  const differences = Float64Array.from(used, (isUsed) => {
    if (!isUsed) return 0;
    const mean = means[next++];
    return (COARSE * coarseMean(mean) - mean) / MEAN_PARTS;
  });
  return Array.from({ length: used.length / channels }, (_, node) =>
    differences.subarray(node * channels, (node + 1) * channels),
  );
}

/** Of every value that a layer writes. */
function biasesOf({ plan, products, bias }: ProgramLayer, nodes: readonly Float64Array[]): Float32Array {
  const [filter, attention] = products;
  const { width, rows, groups, x } = attention.product;
  const filtered = nodes.flatMap((node) => filteredOf(filter, node));
  const result = Float32Array.from({ length: nodes.length * plan.output.channels }, (_, i) => bias[i % bias.length]);
  let entry = 0;
  for (const [row, count] of attention.counts.entries()) {
    const group = Math.floor(row / (rows / groups)) * x.group;
    const to = outputAt(attention.product, row);
    for (const end = entry + count; entry < end; entry++) {
      const from = group + attention.columns[entry] * x.row;
      const weight = attention.weights[entry] * attention.scale;
      for (let i = 0; i < width; i++) result[to + i] += weight * filtered[from + i];
    }
  }
  return result;
}

function filteredOf({ product, counts, columns, weights, scale }: SparseProduct, node: Float64Array): number[] {
  const filtered = Array<number>(product.y.stride).fill(0);
  let entry = 0;
  for (const [row, count] of counts.entries()) {
    const to = outputAt(product, row);
    for (const end = entry + count; entry < end; entry++)
      filtered[to] += scale * weights[entry] * node[columns[entry] * product.x.row];
  }
  return filtered;
}
