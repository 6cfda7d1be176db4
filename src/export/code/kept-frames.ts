import type { FrameProgram } from '../../runtime/network/frame-program.js';
import type { Stage } from '../../runtime/network/sparse-network.js';

/** Values that are computed at once, and kept of as many frames as somebody reads; in memory the oldest frame comes first. */
interface Block {
  /** Among the values of a frame of the program. */
  readonly first: number;
  readonly values: number;
  readonly frames: number;
  /** Where the oldest frame is kept. */
  readonly at: number;
}

/** A sum of kept values: where it reads, and what it multiplies that by. */
interface WrittenLink {
  readonly source: number;
  readonly weight: number;
}

/** A stage as a program in another language holds it. */
export interface WrittenStage {
  readonly biases: readonly number[];
  /** The links of each value. */
  readonly rows: readonly (readonly WrittenLink[])[];
  /** Values and links of the stages before it. */
  readonly value: number;
  readonly link: number;
  /** Where its newest values are kept, of so many frames; of shares in the pool, what is pooled. */
  readonly to: number;
  readonly frames: number;
  readonly fold: number;
  readonly reach: number;
  readonly step: number;
}

export type KeptFrames = ReturnType<typeof layOutKept>;

/** The runtime keeps all values of as many frames; here each block has those that are read. */
export function layOutKept(program: FrameProgram) {
  const { size, depth, inputs, stages, pool, last } = program;
  const newest = (depth - 1) * size;
  const written = [...stages, { stage: pool.share, to: pool.to }, ...last];
  const bare = [
    { first: 0, values: inputs.length },
    ...written.map(({ stage, to }) => ({ first: to - newest, values: stage.places.length })),
  ];
  const indexOf = (place: number) =>
    bare.findIndex(({ first, values }) => place % size >= first && place % size < first + values);
  const frames = bare.map(() => 1);
  for (const { source } of written.flatMap(({ stage }) => rowsOf(stage).flat())) {
    const block = indexOf(source);
    frames[block] = Math.max(frames[block], depth - Math.floor(source / size));
  }
  let kept = 0;
  const blocks = bare.map((block, i): Block => {
    kept += block.values * frames[i];
    return { ...block, frames: frames[i], at: kept - block.values * frames[i] };
  });
  const newestOf = ({ at, values, frames }: Block) => at + (frames - 1) * values;
  return {
    blocks,
    size: kept,
    newestOf,
    /** Of a place among the kept frames of the runtime. */
    placeOf(place: number): number {
      const block = blocks[indexOf(place)];
      const back = depth - 1 - Math.floor(place / size);
      return newestOf(block) - back * block.values + (place % size) - block.first;
    },
  };
}

/** Those of every frame, the shares in the pool, and those after it. */
export function writtenStages({ stages, pool, last }: FrameProgram, kept: KeptFrames): WrittenStage[] {
  const share = { stage: pool.share, reach: 0, step: 1 };
  let [value, link] = [0, 0];
  return [...stages, share, ...last].map(({ stage, reach, step }, i) => {
    const rows = rowsOf(stage).map((row) =>
      row.map(({ source, weight }) => ({ source: kept.placeOf(source), weight })),
    );
    const block = kept.blocks[i + 1];
    const biases = [...stage.bias.subarray(0, rows.length)];
    const { fold } = stage;
    const written = { biases, rows, value, link, to: kept.newestOf(block), frames: block.frames, fold, reach, step };
    value += rows.length;
    link += rows.reduce((sum, row) => sum + row.length, 0);
    return written;
  });
}

/** The links of each value, without those of weight 0 that fill up the lanes. */
function rowsOf({ places, bias, ends, from, weights }: Stage): WrittenLink[][] {
  const lanes = bias.length / ends.length;
  return places.map((_, i) => {
    const [group, lane] = [Math.floor(i / lanes), i % lanes];
    const links: WrittenLink[] = [];
    for (let at = (group && ends[group - 1]) + lane; at < ends[group]; at += lanes) {
      if (weights[at] !== 0) links.push({ source: from[at], weight: weights[at] });
    }
    return links;
  });
}
