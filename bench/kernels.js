// (c) Matrix kernels against the machine's SIMD peak, on the shapes that the reference network trains with.
import { markdownTable } from 'markdown-table';
import { Arena } from '../dist/kernels/arena.js';
import { allocateMemory } from '../dist/kernels/wasm/memory.js';
import { supportsFast, wasmKernels } from '../dist/kernels/wasm/wasm.js';
import { measurePeak } from '../dist/measure/step.js';
import { round, time } from './lib/measure.js';

const DENSITIES = [1, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02];
/** rows × columns, n values a row, repetitions: the three products of the reference network at 52 columns a shard. */
const SHAPES = [
  { name: 'attention', rows: 480, columns: 30, n: 12 * 52, count: 1 },
  { name: 'filters', rows: 32, columns: 192, n: 52, count: 30 },
  { name: 'dense', rows: 128, columns: 960, n: 52, count: 1 },
];
const FLOPS_A_TIMING = 4e7;
/** Entries that the gradient of a sparse matrix has room for partial sums of, as in training. */
const SUMS = 2048;

function operands({ rows, columns, n, count }) {
  const arena = new Arena();
  const room = (places) => arena.allocate(places);
  const pointers = {
    w: room(rows * columns),
    gradient: room(rows * columns),
    start: room(rows + 1),
    offsets: room(rows * columns),
    values: room(rows * columns),
    sums: room(4 * SUMS),
    x: room(columns * n * count),
    y: room(rows * n * count),
    dx: room(columns * n * count),
  };
  return { pointers, bytes: arena.bytes };
}

function fill({ heap }, { w, x, y }, { rows, columns, n, count }) {
  const write = (pointer, places) => {
    for (let i = 0; i < places; i++) heap.floats[(pointer >> 2) + i] = Math.random() - 0.5;
  };
  write(w, rows * columns);
  write(x, columns * n * count);
  write(y, rows * n * count);
}

/** A random support of the density; returns its entries. */
function sparsify({ heap }, { start, offsets, values }, { rows, columns, n }, density) {
  let entry = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (Math.random() >= density) continue;
      heap.ints[(offsets >> 2) + entry] = column * n * 4;
      heap.floats[(values >> 2) + entry++] = 0.5;
    }
    heap.ints[(start >> 2) + row + 1] = entry;
  }
  return entry;
}

function gflops(flops, run) {
  const repeat = Math.max(1, Math.round(FLOPS_A_TIMING / flops));
  const { least } = time(() => {
    for (let i = 0; i < repeat; i++) run();
  });
  return (flops * repeat * 1e-6) / least;
}

function denseRuns(k, p, { rows, columns, n, count }) {
  const [row, xStride, yStride] = [n * 4, columns * n * 4, rows * n * 4];
  return {
    forward: () =>
      k.denseTimesDense(
        rows,
        columns,
        p.w,
        columns * 4,
        4,
        p.x,
        p.y,
        n,
        row,
        row,
        count,
        xStride,
        yStride,
        p.sums,
        false,
      ),
    transposed: () =>
      k.denseTimesDense(
        columns,
        rows,
        p.w,
        4,
        columns * 4,
        p.y,
        p.dx,
        n,
        row,
        row,
        count,
        yStride,
        xStride,
        p.sums,
        false,
      ),
    gradient: () =>
      k.denseOuter(rows, columns, p.y, p.x, p.gradient, n, row, row, count, yStride, xStride, p.sums, columns),
  };
}

function sparseRuns(k, p, { rows, columns, n, count }) {
  const [row, xStride, yStride] = [n * 4, columns * n * 4, rows * n * 4];
  return {
    forward: () =>
      k.sparseTimesDense(rows, p.start, p.offsets, p.values, p.x, p.y, n, row, count, xStride, yStride, false),
    gradient: () =>
      k.sampledDenseDense(
        rows,
        p.start,
        p.offsets,
        p.y,
        p.x,
        p.gradient,
        n,
        row,
        count,
        yStride,
        xStride,
        p.sums,
        SUMS,
      ),
  };
}

function measureShape(kernels, shape, pointers, peak, mode) {
  const { rows, columns, n, count, name } = shape;
  const rowsOut = [];
  const add = (form, density, product, entries, run) => {
    const speed = gflops(2 * entries * n * count, run);
    rowsOut.push({
      mode,
      shape: name,
      form,
      density,
      product,
      gflops: round(speed, 1),
      ofPeak: round(speed / peak, 3),
    });
  };
  for (const [product, run] of Object.entries(denseRuns(kernels, pointers, shape))) {
    add('dense', 1, product, rows * columns, run);
  }
  for (const density of DENSITIES) {
    const entries = sparsify(kernels, pointers, shape, density);
    for (const [product, run] of Object.entries(sparseRuns(kernels, pointers, shape))) {
      add('sparse', density, product, entries, run);
    }
  }
  return rowsOut;
}

export function benchKernels() {
  const modes = supportsFast() ? ['deterministic', 'fast'] : ['deterministic'];
  const result = modes.flatMap((mode) => {
    const peak = measurePeak(mode);
    return SHAPES.flatMap((shape) => {
      const { pointers, bytes } = operands(shape);
      const kernels = wasmKernels(allocateMemory(bytes, false), mode);
      fill(kernels, pointers, shape);
      return measureShape(kernels, shape, pointers, peak, mode);
    });
  });
  return { rows: result };
}

export function kernelsTable({ rows }) {
  const head = ['mode', 'shape', 'form', 'density', 'product', 'GFLOP/s', 'of peak'];
  const body = rows.map((r) => [
    r.mode,
    r.shape,
    r.form,
    r.density,
    r.product,
    r.gflops,
    `${round(100 * r.ofPeak, 0)} %`,
  ]);
  return markdownTable([head, ...body.map((cells) => cells.map(String))]);
}
