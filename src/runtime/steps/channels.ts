import type { Clip } from '../sequence.js';
import type { Skeleton } from '../skeleton.js';

/** A step that describes a clip's nodes by numbers; see skeleton/steps/channels.ts for what each does. */
export type ChannelStep =
  | { readonly step: 'positions' | 'velocities'; readonly chunks: number }
  | { readonly step: 'statistics' | 'bone-statistics' }
  | { readonly step: 'distances'; readonly joints: readonly string[]; readonly chunks: number };

/** Writes `channels` numbers a node: number c of a node stands at out[node · stride + offset + c]. */
export interface ChannelGroup {
  readonly channels: number;
  write(clip: Clip, out: Float32Array, offset: number, stride: number): void;
}

/** What a channel step needs to know of the nodes: persons × joints, person by person. */
export interface ChannelContext {
  readonly skeleton: Skeleton;
  readonly persons: number;
  readonly frames: number;
}

export function createChannels(step: ChannelStep, context: ChannelContext): ChannelGroup {
  switch (step.step) {
    case 'positions':
      return positions(step.chunks);
    case 'velocities':
      return velocities(step.chunks);
    case 'statistics':
      return statistics((clip) => clip);
    case 'bone-statistics':
      return statistics((clip) => boneVectors(clip, context));
    case 'distances':
      return distances(step.joints, step.chunks, context);
  }
}

function positions(count: number): ChannelGroup {
  return {
    channels: 3 * count,
    write: (clip, out, offset, stride) => {
      const means = chunkMeans(clip.positions, clip.frames, clip.nodes * 3, count);
      spread(means, clip.nodes, 3, out, offset, stride);
    },
  };
}

function velocities(count: number): ChannelGroup {
  return {
    channels: 3 * (count - 1),
    write: (clip, out, offset, stride) => {
      const size = clip.nodes * 3;
      const means = chunkMeans(clip.positions, clip.frames, size, count);
      const steps = means.subarray(size).map((value, i) => value - means[i]);
      spread(steps, clip.nodes, 3, out, offset, stride);
    },
  };
}

function statistics(view: (clip: Clip) => Clip): ChannelGroup {
  return {
    channels: 12,
    write: (clip, out, offset, stride) => {
      const { frames, nodes, positions: values } = view(clip);
      writeStatistics(values, frames, nodes, 3, out, offset, stride);
    },
  };
}

/** [frames][nodes][3] vectors from each joint's parent; zero for the root. */
function boneVectors(clip: Clip, { skeleton, persons }: ChannelContext): Clip {
  const vectors = new Float32Array(clip.positions.length);
  const joints = skeleton.joints.length;
  for (let base = 0; base < vectors.length; base += joints * 3) {
    for (const [child, parent] of skeleton.bones) {
      for (let axis = 0; axis < 3; axis++) {
        const at = base + child * 3 + axis;
        vectors[at] = clip.positions[at] - clip.positions[base + parent * 3 + axis];
      }
    }
  }
  return { frames: clip.frames, nodes: persons * joints, positions: vectors };
}

function distances(names: readonly string[], count: number, { skeleton, persons }: ChannelContext): ChannelGroup {
  const joints = skeleton.joints.length;
  const targets = Array.from({ length: persons }, (_, person) =>
    names.map((name) => person * joints + skeleton.joints.indexOf(name)),
  ).flat();
  const width = targets.length;
  return {
    channels: (4 + count) * width,
    write: (clip, out, offset, stride) => {
      const values = distancesTo(clip, targets);
      writeStatistics(values, clip.frames, clip.nodes, width, out, offset, stride);
      const means = chunkMeans(values, clip.frames, clip.nodes * width, count);
      spread(means, clip.nodes, width, out, offset + 4 * width, stride);
    },
  };
}

/** [frames][nodes][targets] */
function distancesTo({ frames, nodes, positions: values }: Clip, targets: readonly number[]): Float32Array {
  const result = new Float32Array(frames * nodes * targets.length);
  let next = 0;
  for (let frame = 0; frame < frames; frame++) {
    const base = frame * nodes * 3;
    for (let node = 0; node < nodes; node++) {
      const a = base + node * 3;
      for (const target of targets) {
        const b = base + target * 3;
        const [x, y, z] = [values[a] - values[b], values[a + 1] - values[b + 1], values[a + 2] - values[b + 2]];
        result[next++] = Math.sqrt(x * x + y * y + z * z);
      }
    }
  }
  return result;
}

/** Means over `count` equal parts of the frames, [count][size]; frames is a multiple of count. */
function chunkMeans(values: Float32Array, frames: number, size: number, count: number): Float32Array {
  const means = new Float32Array(count * size);
  const span = frames / count;
  const share = 1 / span;
  for (let frame = 0; frame < frames; frame++) {
    const chunk = Math.floor(frame / span) * size;
    const start = frame * size;
    for (let i = 0; i < size; i++) means[chunk + i] += values[start + i] * share;
  }
  return means;
}

/** Copies [parts][nodes][width] to channels part · width + i of each node. */
function spread(
  values: Float32Array,
  nodes: number,
  width: number,
  out: Float32Array,
  offset: number,
  stride: number,
): void {
  const parts = values.length / (nodes * width);
  for (let part = 0; part < parts; part++) {
    for (let node = 0; node < nodes; node++) {
      const from = (part * nodes + node) * width;
      for (let i = 0; i < width; i++) out[node * stride + offset + part * width + i] = values[from + i];
    }
  }
}

/** Mean, standard deviation, least and greatest over the frames: channels [4][width] of each node. */
function writeStatistics(
  values: Float32Array,
  frames: number,
  nodes: number,
  width: number,
  out: Float32Array,
  offset: number,
  stride: number,
): void {
  const size = nodes * width;
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  const least = values.slice(0, size);
  const greatest = values.slice(0, size);
  for (let start = 0; start < values.length; start += size) {
    for (let i = 0; i < size; i++) {
      const value = values[start + i];
      sums[i] += value;
      squares[i] += value * value;
      if (value < least[i]) least[i] = value;
      if (value > greatest[i]) greatest[i] = value;
    }
  }
  for (let node = 0, i = 0; node < nodes; node++) {
    for (let to = node * stride + offset, end = to + width; to < end; to++, i++) {
      const mean = sums[i] / frames;
      out[to] = mean;
      out[to + width] = Math.sqrt(Math.max(squares[i] / frames - mean * mean, 0));
      out[to + 2 * width] = least[i];
      out[to + 3 * width] = greatest[i];
    }
  }
}
