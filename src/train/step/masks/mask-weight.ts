import type { Kernels, Pointer } from '../../../kernels/contract.js';
import type { TrainableMatrix } from '../../../model/trainable-matrix.js';
import type { SlotWeight } from '../plan.js';

/** How one weight tensor is masked at one rate: W = s ŵ ψ_{a,σ}(ŵ), zero where |ŵ| ≤ limit. */
export interface RateMask {
  /** Rate 0: W = s ŵ. */
  readonly identity: boolean;
  readonly threshold: number;
  readonly limit: number;
  readonly crispness: number;
  readonly sparse: boolean;
  /** ψ is 1 in the whole support; needs the sparse form. */
  readonly hard: boolean;
  /** What is left is smaller by the limit: W = s sign(ŵ) (|ŵ| − limit). */
  readonly shrink: boolean;
  readonly scale: number;
}

/** Computes a tensor's weights and slopes dW/dŵ at one rate, in dense or sparse form. */
export function maskWeight(kernels: Kernels, weight: SlotWeight, latents: Pointer, mask: RateMask): void {
  weight.matrix.sparse = mask.sparse;
  if (mask.sparse) maskSparse(kernels, weight, latents, mask);
  else maskDense(kernels, weight, latents, mask);
}

function maskDense(kernels: Kernels, { matrix, slopes }: SlotWeight, latents: Pointer, mask: RateMask): void {
  const { values } = matrix.storage;
  const count = matrix.spec.rows * matrix.spec.columns;
  if (mask.identity) {
    kernels.scaleLatents(count, latents, values, mask.scale);
    return;
  }
  kernels.heap.floats.copyWithin(values >> 2, latents >> 2, (latents >> 2) + count);
  kernels.bandStop(count, values, slopes, mask.scale, mask.threshold, mask.crispness);
}

function maskSparse(kernels: Kernels, weight: SlotWeight, latents: Pointer, mask: RateMask): void {
  const { matrix, slopes } = weight;
  if (mask.hard) {
    const by = mask.shrink ? mask.limit : 0;
    const entries = maskHard(kernels, weight, latents, { ...mask, by });
    kernels.heap.floats.fill(mask.scale, slopes >> 2, (slopes >> 2) + entries);
    return;
  }
  const entries = gatherSupport(kernels, weight, latents, mask.limit);
  kernels.bandStop(entries, matrix.storage.values, slopes, mask.scale, mask.threshold, mask.crispness);
  if (matrix.spec.transposed) transpose(kernels, weight);
}

/**
 * W = s ŵ where |ŵ| > limit, its magnitude first made smaller `by` so much, in sparse form; returns how many there are.
 * Slopes are left to the caller.
 */
export function maskHard(
  kernels: Kernels,
  weight: SlotWeight,
  latents: Pointer,
  { limit, scale, by = 0 }: { readonly limit: number; readonly scale: number; readonly by?: number },
): number {
  const { matrix } = weight;
  const { values } = matrix.storage;
  matrix.sparse = true;
  const entries = gatherSupport(kernels, weight, latents, limit);
  if (by > 0) shrink(kernels.heap.floats.subarray(values >> 2, (values >> 2) + entries), by);
  kernels.scaleLatents(entries, values, values, scale);
  if (matrix.spec.transposed) transpose(kernels, weight);
  return entries;
}

function shrink(latents: Float32Array, by: number): void {
  for (const [i, latent] of latents.entries()) latents[i] = Math.sign(latent) * (Math.abs(latent) - by);
}

/** Lists |ŵ| > limit with these ŵ as the matrix's values; returns how many there are. */
function gatherSupport(kernels: Kernels, { matrix }: SlotWeight, latents: Pointer, limit: number): number {
  const { rows, columns: width } = matrix.spec;
  const { values, rowStart, columns, offsets } = matrix.storage;
  const entries = kernels.listSupport(latents, rows, width, limit, rowStart, columns, offsets, matrix.xRow, values);
  if (matrix.spec.taps !== undefined) placeTaps(kernels, matrix, entries);
  return entries;
}

/** Where the columns of taps are among x. */
function placeTaps({ heap: { ints } }: Kernels, matrix: TrainableMatrix, entries: number): void {
  const [columns, offsets] = [matrix.storage.columns >> 2, matrix.storage.offsets >> 2];
  const places = Int32Array.from({ length: matrix.spec.columns }, (_, column) => matrix.offsetOf(column));
  for (let entry = 0; entry < entries; entry++) ints[offsets + entry] = places[ints[columns + entry]];
}

function transpose(kernels: Kernels, { matrix }: SlotWeight): void {
  const { spec, storage, yRow } = matrix;
  const { values, columns, transposedOffsets, transposedValues } = storage;
  const rows = spec.rows / spec.groups;
  for (let group = 0; group < spec.groups; group++) {
    const from = storage.rowStart + group * rows * 4;
    const to = storage.transposedStart + group * (spec.columns + 1) * 4;
    kernels.transposeSparse(rows, spec.columns, from, columns, values, yRow, to, transposedOffsets, transposedValues);
  }
}
