import { Random } from '../../core/random.js';
import { fillDifferences, fillDistances, writeMeans, writeStatistics } from '../../runtime/skeleton/channels.js';
import { plainChanges } from '../../skeleton/clip-changes.js';
import type { ClipKernels, Heap, Pointer } from '../contract.js';

/** Clips, by the very steps of runtime/skeleton and skeleton/clip-changes.ts; see ClipKernels for what each argument means. */
export function clipKernels({ buffer, floats, ints }: Heap): ClipKernels {
  return {
    mirrorClip,
    warpClip,
    amplifyClip,
    rotatePoints,
    addUniform,
    differences: (...of) => fillSeries(fillDifferences, ...of),
    distances: (...of) => fillSeries(fillDistances, ...of),
    seriesStatistics,
    seriesMeans,
    standardiseRow,
    mixRows,
    turnRows,
  };

  function values(at: Pointer, count: number): Float32Array {
    return floats.subarray(at >> 2, (at >> 2) + count);
  }

  function whole(at: Pointer, count: number): Int32Array {
    return ints.subarray(at >> 2, (at >> 2) + count);
  }

  function mirrorClip(frames: number, nodes: number, images: Pointer, from: Pointer, to: Pointer): void {
    const positions = values(to, frames * nodes * 3);
    positions.set(values(from, positions.length));
    plainChanges.mirror({ frames, nodes, positions }, whole(images, nodes));
  }

  function warpClip(frames: number, size: number, lows: Pointer, parts: Pointer, from: Pointer, to: Pointer): void {
    const positions = values(to, frames * size);
    positions.set(values(from, positions.length));
    plainChanges.warp(
      { frames, nodes: size / 3, positions },
      whole(lows, frames),
      new Float64Array(buffer, parts, frames),
    );
  }

  function amplifyClip(frames: number, size: number, positions: Pointer, factor: number): void {
    plainChanges.amplify({ frames, nodes: size / 3, positions: values(positions, frames * size) }, factor);
  }

  function rotatePoints(points: number, at: Pointer, a: number, b: number, cosine: number, sine: number): void {
    plainChanges.rotate({ frames: 1, nodes: points, positions: values(at, points * 3) }, [a, b], cosine, sine);
  }

  function addUniform(count: number, at: Pointer, state: Pointer, low: number, span: number): void {
    const random = new Random(0);
    random.state.set(whole(state, 4));
    for (let i = 0; i < count; i++) floats[(at >> 2) + i] += low + span * random.uniform();
    whole(state, 4).set(random.state);
  }

  function fillSeries(
    fill: typeof fillDistances,
    frames: number,
    size: number,
    pairs: Pointer,
    count: number,
    positions: Pointer,
    series: Pointer,
    row: number,
  ): void {
    const one = new Float32Array(frames);
    for (let i = 0; i < count; i++) {
      const [a, b] = whole(pairs + i * 8, 2);
      fill(one, values(positions, frames * size), size, a, b);
      for (let frame = 0; frame < frames; frame++) floats[((series + frame * row) >> 2) + i] = one[frame];
    }
  }

  function seriesStatistics(
    frames: number,
    count: number,
    at: Pointer,
    row: number,
    places: Pointer,
    width: number,
    out: Pointer,
  ): void {
    for (let i = 0; i < roundedUp(count); i++) {
      const to = (out >> 2) + ints[(places >> 2) + i];
      writeStatistics(floats, (at >> 2) + i, row >> 2, frames, floats, to, width);
    }
  }

  function seriesMeans(
    frames: number,
    count: number,
    at: Pointer,
    row: number,
    places: Pointer,
    width: number,
    out: Pointer,
    chunks: number,
    isSteps: number,
  ): void {
    for (let i = 0; i < roundedUp(count); i++) {
      const to = (out >> 2) + ints[(places >> 2) + i];
      writeMeans(floats, (at >> 2) + i, row >> 2, frames, chunks, isSteps, floats, to, width);
    }
  }

  function standardiseRow(
    count: number,
    features: Pointer,
    means: Pointer,
    inverses: Pointer,
    limit: number,
    out: Pointer,
  ): void {
    const [x, mean, inverse] = [features, means, inverses].map((at) => values(at, roundedUp(count)));
    values(out, x.length).set(x.map((value, i) => Math.min(Math.max((value - mean[i]) * inverse[i], -limit), limit)));
  }

  function mixRows(count: number, one: Pointer, other: Pointer, share: number, out: Pointer): void {
    const [x, y] = [one, other].map((at) => values(at, roundedUp(count)));
    values(out, x.length).set(x.map((value, i) => share * value + (1 - share) * y[i]));
  }

  function turnRows(count: number, columns: number, rows: Pointer, row: number, out: Pointer): void {
    for (let column = 0; column < columns; column++) {
      for (let i = 0; i < roundedUp(count); i++) {
        floats[(out >> 2) + i * columns + column] = floats[((rows + column * row) >> 2) + i];
      }
    }
  }
}

function roundedUp(count: number): number {
  return Math.ceil(count / 4) * 4;
}
