import type { Heap, LatentKernels, Pointer } from '../contract.js';

/** Work on latent weights, one at a time; see LatentKernels for what each argument means. */
export function latentKernels(heap: Heap): LatentKernels {
  return { ...supportKernels(heap), ...weightKernels(heap), ...histogramKernels(heap), ...optimiserKernels(heap) };
}

/** Which latents a rate keeps, in compressed sparse rows. */
function supportKernels({ floats, ints }: Heap) {
  return { listSupport, transposeSparse };

  function listSupport(
    latents: Pointer,
    rows: number,
    columnCount: number,
    limit: number,
    rowStart: Pointer,
    columns: Pointer,
    offsets: Pointer,
    xRow: number,
    values: Pointer,
  ): number {
    let entries = 0;
    ints[rowStart >> 2] = 0;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columnCount; column++) {
        const latent = floats[(latents >> 2) + row * columnCount + column];
        if (Math.abs(latent) <= Math.fround(limit)) continue;
        ints[(columns >> 2) + entries] = column;
        ints[(offsets >> 2) + entries] = column * xRow;
        floats[(values >> 2) + entries] = latent;
        entries++;
      }
      ints[(rowStart >> 2) + row + 1] = entries;
    }
    return entries;
  }

  function transposeSparse(
    rows: number,
    columnCount: number,
    rowStart: Pointer,
    columns: Pointer,
    values: Pointer,
    yRow: number,
    transposedStart: Pointer,
    transposedOffsets: Pointer,
    transposedValues: Pointer,
  ): void {
    let place = ints[rowStart >> 2];
    ints[transposedStart >> 2] = place;
    for (let column = 0; column < columnCount; column++) {
      for (let row = 0; row < rows; row++) {
        for (let entry = ints[(rowStart >> 2) + row]; entry < ints[(rowStart >> 2) + row + 1]; entry++) {
          if (ints[(columns >> 2) + entry] !== column) continue;
          ints[(transposedOffsets >> 2) + place] = row * yRow;
          floats[(transposedValues >> 2) + place] = floats[(values >> 2) + entry];
          place++;
        }
      }
      ints[(transposedStart >> 2) + column + 1] = place;
    }
  }
}

/** From latents to weights, and from the gradients of weights to those of latents. */
function weightKernels({ floats, ints }: Heap) {
  return { bandStop, scaleLatents, clear, sumShards, dot, scatterGradient, addGradient, addScaledGradient, addPenalty };

  function bandStop(
    count: number,
    values: Pointer,
    slopes: Pointer,
    scale: number,
    threshold: number,
    crispness: number,
  ): void {
    for (let i = 0; i < count; i++) {
      const latent = floats[(values >> 2) + i];
      const psi = 1 / (1 + Math.exp(crispness * (threshold ** 2 - latent ** 2)));
      floats[(values >> 2) + i] = scale * latent * psi;
      floats[(slopes >> 2) + i] = scale * psi * (1 + 2 * crispness * latent ** 2 * (1 - psi));
    }
  }

  function scaleLatents(count: number, latents: Pointer, weights: Pointer, scale: number): void {
    for (let i = 0; i < count; i++) floats[(weights >> 2) + i] = scale * floats[(latents >> 2) + i];
  }

  function clear(values: Pointer, count: number): void {
    for (let i = 0; i < count; i++) floats[(values >> 2) + i] = 0;
  }

  function sumShards(count: number, shards: number, gradient: Pointer, shardBytes: number): void {
    for (let e = 0; e < count; e++) {
      let sum = 0;
      for (let shard = 0; shard < shards; shard++) sum += floats[((gradient + shard * shardBytes) >> 2) + e];
      floats[(gradient >> 2) + e] = sum;
    }
  }

  function dot(count: number, a: Pointer, b: Pointer): number {
    let sum = 0;
    for (let e = 0; e < count; e++) sum += floats[(a >> 2) + e] * floats[(b >> 2) + e];
    return sum;
  }

  function scatterGradient(
    firstRow: number,
    rows: number,
    columnCount: number,
    rowStart: Pointer,
    columns: Pointer,
    gradient: Pointer,
    slopes: Pointer,
    latentGradient: Pointer,
  ): void {
    for (let row = firstRow; row < firstRow + rows; row++) {
      for (let entry = ints[(rowStart >> 2) + row]; entry < ints[(rowStart >> 2) + row + 1]; entry++) {
        const place = row * columnCount + ints[(columns >> 2) + entry];
        floats[(latentGradient >> 2) + place] += floats[(gradient >> 2) + entry] * floats[(slopes >> 2) + entry];
      }
    }
  }

  function addGradient(count: number, gradient: Pointer, slopes: Pointer, latentGradient: Pointer): void {
    for (let i = 0; i < count; i++) {
      floats[(latentGradient >> 2) + i] += floats[(gradient >> 2) + i] * floats[(slopes >> 2) + i];
    }
  }

  function addPenalty(count: number, latents: Pointer, penalty: number, gradient: Pointer): void {
    for (let i = 0; i < count; i++) floats[(gradient >> 2) + i] += penalty * Math.sign(floats[(latents >> 2) + i]);
  }

  function addScaledGradient(count: number, gradient: Pointer, scale: number, latentGradient: Pointer): void {
    for (let i = 0; i < count; i++) floats[(latentGradient >> 2) + i] += floats[(gradient >> 2) + i] * scale;
  }
}

/** How the latents are distributed. */
function histogramKernels({ floats }: Heap) {
  return { countMagnitudes, softHistogram, softHistogramBackward };

  function countMagnitudes(count: number, latents: Pointer, inverseWidth: number, bins: number, masses: Pointer): void {
    for (let i = 0; i < count; i++) {
      const position = binPosition(Math.abs(floats[(latents >> 2) + i]), 0, inverseWidth);
      floats[(masses >> 2) + Math.min(Math.floor(position), bins - 1)] += 1;
    }
  }

  function softHistogram(
    count: number,
    latents: Pointer,
    low: number,
    inverseWidth: number,
    bins: number,
    masses: Pointer,
  ): void {
    const sums = new Float64Array(bins);
    for (let i = 0; i < count; i++) {
      const position = binPosition(floats[(latents >> 2) + i], low, inverseWidth);
      const inside = Math.min(Math.max(position, 0), bins - 1);
      const bin = Math.min(Math.floor(inside), bins - 2);
      sums[bin] += 1 - (inside - bin);
      sums[bin + 1] += inside - bin;
    }
    for (let bin = 0; bin < bins; bin++) floats[(masses >> 2) + bin] += sums[bin];
  }

  function softHistogramBackward(
    count: number,
    latents: Pointer,
    low: number,
    inverseWidth: number,
    bins: number,
    slopes: Pointer,
    gradient: Pointer,
  ): void {
    for (let i = 0; i < count; i++) {
      const position = binPosition(floats[(latents >> 2) + i], low, inverseWidth);
      const inside = position >= 0 && position < bins - 1;
      if (inside) floats[(gradient >> 2) + i] += floats[(slopes >> 2) + Math.floor(position)];
    }
  }
}

/** In float32 throughout, so that both backends choose the same bin. */
function binPosition(latent: number, low: number, inverseWidth: number): number {
  return Math.fround(Math.fround(latent - Math.fround(low)) * Math.fround(inverseWidth));
}

/** How the latents move. */
function optimiserKernels({ floats }: Heap) {
  return { adam, movingAverage };

  function adam(
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
  ): void {
    for (let i = 0; i < count; i++) {
      const g = floats[(gradient >> 2) + i];
      const m = beta1 * floats[(first >> 2) + i] + (1 - beta1) * g;
      const v = beta2 * floats[(second >> 2) + i] + (1 - beta2) * g * g;
      floats[(first >> 2) + i] = m;
      floats[(second >> 2) + i] = v;
      floats[(weights >> 2) + i] =
        (1 - decay) * floats[(weights >> 2) + i] - (learningRate * m) / (Math.sqrt(v) + epsilon);
    }
  }

  function movingAverage(count: number, average: Pointer, weights: Pointer, decay: number): void {
    for (let i = 0; i < count; i++) {
      floats[(average >> 2) + i] = decay * floats[(average >> 2) + i] + (1 - decay) * floats[(weights >> 2) + i];
    }
  }
}
