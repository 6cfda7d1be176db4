/** A byte address in the heap; activations and vectors start at multiples of 16. */
export type Pointer = number;

/** The one linear memory that all tensors of a computation live in. */
export interface Heap {
  readonly buffer: ArrayBufferLike;
  readonly floats: Float32Array;
  readonly ints: Int32Array;
}

/** Values that dense products and their gradients need room for, to copy a tile of x together: they overwrite it. */
export const TILE_ROOM = 3072;

/**
 * Matrix products. Activations are rows of n values, n a multiple of 4, one column a sequence of the batch; rows start
 * every `…Row` bytes. Each product is done `count` times, its two activations advancing by `…Stride` bytes.
 */
export interface ProductKernels {
  /**
   * y = S x, or y += S x; S in compressed sparse rows, rowStart[rows + 1], offsets and values one place an entry. An
   * entry's offset is the bytes from x to the row of its column.
   */
  sparseTimesDense(
    rows: number,
    rowStart: Pointer,
    offsets: Pointer,
    values: Pointer,
    x: Pointer,
    y: Pointer,
    n: number,
    yRow: number,
    count: number,
    xStride: number,
    yStride: number,
    add: boolean,
  ): void;
  /**
   * Backward of sparseTimesDense: gradient[entry] += ⟨dy[row], x[column]⟩. Overwrites 4 values of each of `room` entries at
   * `sums`; there is room for the entries of any row.
   */
  sampledDenseDense(
    rows: number,
    rowStart: Pointer,
    offsets: Pointer,
    dy: Pointer,
    x: Pointer,
    gradient: Pointer,
    n: number,
    dyRow: number,
    count: number,
    dyStride: number,
    xStride: number,
    sums: Pointer,
    room: number,
  ): void;
  /** y = W x, or y += W x; element (row, i) of W is at w + row · wRow + i · wColumn bytes. Overwrites TILE_ROOM values at `room`. */
  denseTimesDense(
    rows: number,
    inner: number,
    w: Pointer,
    wRow: number,
    wColumn: number,
    x: Pointer,
    y: Pointer,
    n: number,
    xRow: number,
    yRow: number,
    count: number,
    xStride: number,
    yStride: number,
    room: Pointer,
    add: boolean,
  ): void;
  /** Backward of denseTimesDense: gradient [rows][inner], `pitch` values from row to row, += dy xᵀ. Overwrites TILE_ROOM values at `room`. */
  denseOuter(
    rows: number,
    inner: number,
    dy: Pointer,
    x: Pointer,
    gradient: Pointer,
    n: number,
    dyRow: number,
    xRow: number,
    count: number,
    dyStride: number,
    xStride: number,
    room: Pointer,
    pitch: number,
  ): void;
}

/** Normalisation of a product over the sequences of a part of the batch, the first `used` of its n columns. */
export interface NormalisationKernels {
  /**
   * z[c][row] = (z − mean of the row) / √(mean variance of the rows + 1e-5), the means over `count` blocks and the used columns, and
   * 0 in the other columns; y = z. Writes to `statistics` the means, [rows], and the inverse of the root.
   */
  normalise(z: Pointer, y: Pointer, rows: number, n: number, count: number, used: number, statistics: Pointer): void;
  /** Backward of normalise, in place, from what it left in z and in the statistics, whose means it overwrites. */
  normaliseBackward(
    dy: Pointer,
    normalised: Pointer,
    rows: number,
    n: number,
    count: number,
    used: number,
    statistics: Pointer,
  ): void;
}

/** Element-wise work on activations. */
export interface ElementwiseKernels {
  /** y[c][row] += bias[row], then max(0, ·) if `rectify`; `count` blocks of `rows` rows. */
  addBias(y: Pointer, bias: Pointer, rows: number, n: number, count: number, rectify: boolean): void;
  /** Backward of addBias and a dropout after it: if `rectify`, dy = dy · scale · [y > 0]; biasGradient[row] += Σ dy. */
  addBiasBackward(
    dy: Pointer,
    y: Pointer,
    biasGradient: Pointer,
    rows: number,
    n: number,
    count: number,
    rectify: boolean,
    scale: number,
  ): void;
  /**
   * Keeps each of `size` values, times `scale`, with probability limit / 2³¹ (limit < 2³¹, truncated), by a hash of
   * seed + position: seeds that lie close together give shifted masks.
   */
  dropout(y: Pointer, size: number, seed: number, limit: number, scale: number): void;
  /**
   * Softmax cross-entropy of [classes][n] logits against target distributions, a zero column having no weight.
   * dLogits = (softmax · weight − target) · scale; returns Σ of the losses, unscaled.
   */
  softmaxCrossEntropy(
    logits: Pointer,
    targets: Pointer,
    dLogits: Pointer,
    classes: number,
    n: number,
    scale: number,
  ): number;
}

/**
 * Work on latent weights: masking (MRMP, arXiv 2312.17615), gradients, divergence, optimiser. Element-wise kernels may
 * touch up to 3 values after `count`, to the end of the last vector.
 */
export interface LatentKernels {
  /**
   * Lists |latent| > limit as compressed sparse rows, values the latents, offsets column · xRow, and returns their number.
   * columns, offsets and values have a place for every latent; what is after the last entry is not kept.
   */
  listSupport(
    latents: Pointer,
    rows: number,
    columnCount: number,
    limit: number,
    rowStart: Pointer,
    columns: Pointer,
    offsets: Pointer,
    xRow: number,
    values: Pointer,
  ): number;
  /** In place: ŵ → W = s ŵ ψ(ŵ), ψ = 1 / (1 + exp(σ(a² − ŵ²))); slopes = dW/dŵ = s ψ (1 + 2 σ ŵ² (1 − ψ)). */
  bandStop(count: number, values: Pointer, slopes: Pointer, scale: number, threshold: number, crispness: number): void;
  /** weights = scale · latents: the network at rate 0. */
  scaleLatents(count: number, latents: Pointer, weights: Pointer, scale: number): void;
  /**
   * The transpose of the rows from rowStart on, whose entries keep their range of numbers (rowStart[0] and on); offsets
   * row · yRow.
   */
  transposeSparse(
    rows: number,
    columnCount: number,
    rowStart: Pointer,
    columns: Pointer,
    values: Pointer,
    yRow: number,
    transposedStart: Pointer,
    transposedOffsets: Pointer,
    transposedValues: Pointer,
  ): void;
  /** values[i] = 0, as fast on shared memory as on plain. */
  clear(values: Pointer, count: number): void;
  /** gradient[e] = Σ over `shards` buffers, each shardBytes after the one before; in place in the first. */
  sumShards(count: number, shards: number, gradient: Pointer, shardBytes: number): void;
  /** Σ a[e] b[e]. */
  dot(count: number, a: Pointer, b: Pointer): number;
  /** latentGradient at each entry's place += gradient[entry] · slopes[entry], for the rows from firstRow on. */
  scatterGradient(
    firstRow: number,
    rows: number,
    columnCount: number,
    rowStart: Pointer,
    columns: Pointer,
    gradient: Pointer,
    slopes: Pointer,
    latentGradient: Pointer,
  ): void;
  /** latentGradient[i] += gradient[i] · slopes[i]. */
  addGradient(count: number, gradient: Pointer, slopes: Pointer, latentGradient: Pointer): void;
  /** latentGradient[i] += gradient[i] · scale. */
  addScaledGradient(count: number, gradient: Pointer, scale: number, latentGradient: Pointer): void;
  /** gradient[i] += penalty · sign(latents[i]), penalty and sum in double precision. */
  addPenalty(count: number, latents: Pointer, penalty: number, gradient: Pointer): void;
  /** masses[⌊|latent| · inverseWidth⌋] += 1, the last bin open. */
  countMagnitudes(count: number, latents: Pointer, inverseWidth: number, bins: number, masses: Pointer): void;
  /** Soft histogram, triangular kernel: a latent gives the two nearest centres low + k / inverseWidth linear shares. */
  softHistogram(
    count: number,
    latents: Pointer,
    low: number,
    inverseWidth: number,
    bins: number,
    masses: Pointer,
  ): void;
  /** Backward of softHistogram: gradient[i] += slopes[bin of latent i]; nothing outside the outermost centres. */
  softHistogramBackward(
    count: number,
    latents: Pointer,
    low: number,
    inverseWidth: number,
    bins: number,
    slopes: Pointer,
    gradient: Pointer,
  ): void;
  /**
   * One optimiser step of Adam (Kingma and Ba, 2015), weights shrunk by a share `decay` apart from it (AdamW, arXiv
   * 1711.05101). The learning rate and epsilon already carry the bias corrections.
   */
  adam(
    count: number,
    weights: Pointer,
    gradient: Pointer,
    first: Pointer,
    second: Pointer,
    learningRate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decay: number,
  ): void;
  /** average = decay · average + (1 − decay) · weights. */
  movingAverage(count: number, average: Pointer, weights: Pointer, decay: number): void;
}

/**
 * Clips, [frames][size] float32, and what training makes of them: in the double precision and the order of sums of
 * skeleton/clip-changes.ts and runtime/skeleton, to the same bits. What `from` and `to` are called must not overlap.
 */
export interface ClipKernels {
  /** to[frame][node] = from[frame][images[node]], x with the other sign; nodes of [x, y, z], images int32. */
  mirrorClip(frames: number, nodes: number, images: Pointer, from: Pointer, to: Pointer): void;
  /** to[frame] = from[low] + part · (from[low + 1] − from[low]); a frame's low is int32, its part float64. */
  warpClip(frames: number, size: number, lows: Pointer, parts: Pointer, from: Pointer, to: Pointer): void;
  /** In place: each value = mean over the frames + factor · (value − mean). */
  amplifyClip(frames: number, size: number, positions: Pointer, factor: number): void;
  /** In place: turns points [x, y, z] in the plane of the axes a and b (0 to 2). */
  rotatePoints(points: number, positions: Pointer, a: number, b: number, cosine: number, sine: number): void;
  /** values[i] += low + span · u, u the next number of a Random in [0, 1), whose state is four words, uint32. */
  addUniform(count: number, values: Pointer, state: Pointer, low: number, span: number): void;
  /** series[frame][i] = the difference of a frame's values at the places of pair i; `row` bytes from frame to frame. */
  differences(
    frames: number,
    size: number,
    pairs: Pointer,
    count: number,
    positions: Pointer,
    series: Pointer,
    row: number,
  ): void;
  /** The same of the distance of the points [x, y, z] at the two places. */
  distances(
    frames: number,
    size: number,
    pairs: Pointer,
    count: number,
    positions: Pointer,
    series: Pointer,
    row: number,
  ): void;
  /**
   * Mean, deviation, least and greatest of series [frames][count], `row` bytes from frame to frame. Those of series i are
   * out[places[i]] and on, `width` values apart. Series and places up to a multiple of 4 are read, and written.
   */
  seriesStatistics(
    frames: number,
    count: number,
    values: Pointer,
    row: number,
    places: Pointer,
    width: number,
    out: Pointer,
  ): void;
  /** The same of means over `chunks` equal parts of the frames or, with `isSteps`, of the steps between them. */
  seriesMeans(
    frames: number,
    count: number,
    values: Pointer,
    row: number,
    places: Pointer,
    width: number,
    out: Pointer,
    chunks: number,
    isSteps: number,
  ): void;
  /** out = (features − means) · inverses within ± limit; up to 3 values after `count` are written, too. */
  standardiseRow(
    count: number,
    features: Pointer,
    means: Pointer,
    inverses: Pointer,
    limit: number,
    out: Pointer,
  ): void;
  /** out = share · one + (1 − share) · other; up to 3 values after `count` are written, too. */
  mixRows(count: number, one: Pointer, other: Pointer, share: number, out: Pointer): void;
  /**
   * out[i][column] = rows[column][i]: `columns` rows, a multiple of 4, `row` bytes apart; out [count][columns], count
   * rounded up to a multiple of 4.
   */
  turnRows(count: number, columns: number, rows: Pointer, row: number, out: Pointer): void;
}

/** A backend: every kernel over one heap. Two exist, a plain reference and WebAssembly SIMD. */
export interface Kernels extends ProductKernels, ElementwiseKernels, NormalisationKernels, LatentKernels, ClipKernels {
  readonly heap: Heap;
}

/** Those that answers need: of networks forward, with what a training draws. */
export type ForwardKernels = Pick<
  Kernels,
  | 'heap'
  | 'sparseTimesDense'
  | 'denseTimesDense'
  | 'addBias'
  | 'dropout'
  | 'normalise'
  | 'clear'
  | 'addScaledGradient'
  | 'turnRows'
>;
