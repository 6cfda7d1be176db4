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

/** Numbers of every node in every frame, [frames][nodes][width]. */
interface Signal {
  readonly values: Float32Array;
  readonly frames: number;
  readonly nodes: number;
  readonly width: number;
}

/** Every channel step; the types keep it whole. */
export const channelSteps: Record<ChannelStep['step'], 1> = {
  positions: 1,
  velocities: 1,
  statistics: 1,
  'bone-statistics': 1,
  distances: 1,
};

export function createChannels(step: ChannelStep, { skeleton, persons }: ChannelContext): ChannelGroup {
  const targets = step.step === 'distances' ? targetsOf(step.joints, skeleton, persons) : undefined;
  const width = targets?.length ?? 3;
  const measure = ({ frames, nodes, positions }: Clip): Signal => {
    const values = targets ? distances(positions, nodes, targets) : positions;
    return { values: step.step === 'bone-statistics' ? bones(positions, skeleton) : values, frames, nodes, width };
  };
  const isSteps = step.step === 'velocities';
  const chunks = 'chunks' in step ? step.chunks : 0;
  const statistics = step.step === 'positions' || isSteps ? 0 : 4;
  return {
    channels: width * (statistics + chunks - (isSteps ? 1 : 0)),
    write: (clip, out, offset, stride) => {
      const signal = measure(clip);
      if (statistics) writeStatistics(signal, out, offset, stride);
      if (chunks) writeMeans(signal, chunks, isSteps, out, offset + statistics * width, stride);
    },
  };
}

/** The named joints of every person, as nodes. */
export function targetsOf(names: readonly string[], { joints }: Skeleton, persons: number): number[] {
  const own = names.map((name) => joints.indexOf(name));
  return Array.from({ length: persons }, (_, person) => own.map((joint) => person * joints.length + joint)).flat();
}

/** [frames][nodes][3] vectors from each joint's parent; zero for the root. */
function bones(positions: Float32Array, { joints, bones: pairs }: Skeleton): Float32Array {
  const vectors = new Float32Array(positions.length);
  for (let base = 0; base < vectors.length; base += joints.length * 3) {
    for (const [child, parent] of pairs) {
      for (let axis = base; axis < base + 3; axis++) {
        vectors[axis + child * 3] = positions[axis + child * 3] - positions[axis + parent * 3];
      }
    }
  }
  return vectors;
}

/** [frames][nodes][targets] */
function distances(positions: Float32Array, nodes: number, targets: readonly number[]): Float32Array {
  const result = new Float32Array((positions.length / 3) * targets.length);
  let next = 0;
  for (let base = 0; base < positions.length; base += nodes * 3) {
    for (let a = base; a < base + nodes * 3; a += 3) {
      for (let target = 0; target < targets.length; target++) {
        const b = base + targets[target] * 3;
        const x = positions[a] - positions[b];
        const y = positions[a + 1] - positions[b + 1];
        const z = positions[a + 2] - positions[b + 2];
        result[next++] = Math.sqrt(x * x + y * y + z * z);
      }
    }
  }
  return result;
}

/** Means over `count` equal parts of the frames, or the steps between them, [part][width] of each node. */
function writeMeans(
  { values, frames, nodes, width }: Signal,
  count: number,
  isSteps: boolean,
  out: Float32Array,
  offset: number,
  stride: number,
): void {
  const size = nodes * width;
  const span = frames / count;
  const share = 1 / span;
  const means = new Float32Array(count * size);
  for (let frame = 0; frame < frames; frame++) {
    const chunk = Math.floor(frame / span) * size;
    const start = frame * size;
    for (let i = 0; i < size; i++) means[chunk + i] += values[start + i] * share;
  }
  const first = isSteps ? size : 0;
  for (let from = first; from < means.length; ) {
    const part = offset + ((from - first) / size) * width;
    for (let node = 0; node < nodes; node++) {
      for (let to = part + node * stride, end = to + width; to < end; to++, from++) {
        out[to] = isSteps ? means[from] - means[from - size] : means[from];
      }
    }
  }
}

/** Mean, standard deviation, least and greatest over the frames: channels [4][width] of each node. */
function writeStatistics(
  { values, frames, nodes, width }: Signal,
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
