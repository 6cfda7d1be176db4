import type { Preprocessing } from '../../runtime/skeleton/pipeline.js';
import type { Layout } from '../../skeleton/layouts/layout.js';
import type { Signal, SignalKind } from '../code/signals.js';
import { type Followed, followedOf } from './followed.js';
import type { FunctionPart } from './functions.js';
import { type Constant, constant } from './text.js';

/** How whole numbers describe a node: track by track, in an order of channels that is their own. */
export interface WholeChannels {
  readonly parts: readonly FunctionPart[];
  readonly constants: readonly Constant[];
  /** Statements from the clip to the numbers of one node, at `out`. */
  readonly lines: readonly string[];
  /** Whether a group of three axes is followed at once, when the first of them is wanted. */
  readonly hasAxes: boolean;
  /** Whether steps between means are written. */
  readonly hasSteps: boolean;
  /** Whether some of those means are in no channel. */
  readonly isApart: boolean;
  /** The channels of each track, in the order in which they are written; tracks in theirs. */
  readonly tracks: readonly (readonly number[])[];
  /** The most parts of the frames that have means of their own, and a number of frames that parts are made of. */
  readonly mostParts: number;
  readonly block: number;
}

/** @param frames of the clip */
export function wholeChannels(
  preprocessing: Preprocessing,
  layout: Layout,
  persons: number,
  frames: number,
): WholeChannels {
  const groups = followedOf(preprocessing, layout, persons).map((followed, i) => {
    const writers = writersOf(followed);
    const row = followers[followed.signal.kind](i, preprocessing, layout, persons);
    return { followed, writers, row, i };
  });
  const writers = groups.flatMap((group) => group.writers);
  const counts = writers.map(({ parts }) => parts);
  return {
    parts: [
      'int-lives.c',
      'int-summary.c',
      ...groups.map(({ row }) => row.part),
      ...writers.flatMap(({ kind }) => writerParts[kind]),
    ],
    constants: groups.flatMap(({ followed: { signal }, i }) =>
      signal.targets.length > 0 ? [constant('uint16_t', `targets_${i}`, signal.targets)] : [],
    ),
    lines: groups.flatMap(({ followed: { signal }, writers, row }, i) =>
      linesOf(signal, writers, row, isWayAgain(groups.slice(0, i).at(-1)?.row, row)),
    ),
    hasAxes: groups.some(({ row }) => !row.isSingle),
    hasSteps: hasSteps(writers),
    isApart: groups.some((group) => summariesOf(group.writers).includes('scratch_means')),
    tracks: groups.flatMap(({ followed: { signal }, writers }) =>
      Array.from({ length: signal.width }, (_, i) => writers.flatMap(({ channels }) => channels.map((at) => at + i))),
    ),
    mostParts: Math.max(...counts),
    block: blockOf(frames, counts),
  };
}

/** The squares of 15 numbers of 14 bits and a sign fit into 32 bits. */
const MOST_BLOCK = 15;

/** The most frames of which every part is made. */
function blockOf(frames: number, counts: readonly number[]): number {
  const isBlock = (block: number) => counts.every((parts) => (frames / parts) % block === 0);
  return Array.from({ length: MOST_BLOCK }, (_, i) => MOST_BLOCK - i).find(isBlock) as number;
}

type WriterKind = 'means' | 'statistics' | 'steps';

const writerParts: Readonly<Record<WriterKind, readonly FunctionPart[]>> = {
  means: [],
  statistics: ['int-statistics.c'],
  steps: ['int-steps.c'],
};

/** Means are written where they are summed up: among the features, or apart where only the steps between them are. */
const puts: Readonly<Record<WriterKind, (parts: number) => string>> = {
  means: (parts) => `out += ${parts};`,
  statistics: () => 'out = put_statistics(out);',
  steps: (parts) => `out = put_steps(${parts}, means, out);`,
};

/** What is written of each track of a signal. */
interface Writer {
  readonly kind: WriterKind;
  /** Parts of the frames that it needs means of. */
  readonly parts: number;
  /** Channels of the first track. */
  readonly channels: readonly number[];
}

/** Mean, least, greatest and deviation in the order of `channelSteps`, as they are written. */
const STATISTICS = [0, 2, 3, 1];

/** Means before statistics before steps, so that means next to one another are alike. */
function writersOf({ described }: Followed): Writer[] {
  const writers = described.flatMap(({ signal: { statistics, chunks, isSteps, width }, offset }) => {
    const after = offset + statistics * width;
    const counted = Array.from({ length: chunks - +isSteps }, (_, j) => after + j * width);
    const kind: WriterKind = isSteps ? 'steps' : 'means';
    return [
      ...(chunks > 0 ? [{ kind, parts: chunks, channels: counted }] : []),
      ...(statistics > 0
        ? [{ kind: 'statistics' as const, parts: 1, channels: STATISTICS.map((s) => offset + s * width) }]
        : []),
    ];
  });
  const order = Object.keys(writerParts);
  return writers.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

const FROM_ROOT = 'follow_way(node, root_joints[1], tracks);';
const FROM_PARENT = 'follow_way(node, parents[node % JOINTS], tracks);';

/** How a node's tracks are followed: its part, its call, and whether that follows one target instead of three axes. */
interface Follower {
  readonly part: FunctionPart;
  readonly call: string;
  readonly isSingle: boolean;
}

const followers: Readonly<
  Record<SignalKind, (i: number, preprocessing: Preprocessing, layout: Layout, persons: number) => Follower>
> = {
  position: (_, { pose }, { anchors: { root } }) =>
    root.length === 1 &&
    pose.some((step) => step.step === 'body-frame' || (step.step === 'center' && step.persons !== 'all'))
      ? { part: 'int-bone.c', call: FROM_ROOT, isSingle: false }
      : { part: 'int-position.c', call: 'follow_position(node, tracks);', isSingle: false },
  bone: () => ({ part: 'int-bone.c', call: FROM_PARENT, isSingle: false }),
  distance: (i, _, __, persons) => ({
    part: persons > 1 ? 'int-distance.c' : 'int-distance-alone.c',
    call: `follow_distance(node, targets_${i}[i], tracks);`,
    isSingle: true,
  }),
};

/** Where means are written before each writer; nowhere if those that were summed up last will do. */
function summariesOf(writers: readonly Writer[]): ('out' | 'scratch_means' | undefined)[] {
  let last = 0;
  return writers.map(({ kind, parts }) => {
    if (last > 0 && (kind === 'statistics' || (kind === 'steps' && parts === last))) return undefined;
    last = parts;
    return kind === 'steps' ? 'scratch_means' : 'out';
  });
}

function hasSteps(writers: readonly Writer[]): boolean {
  return writers.some(({ kind }) => kind === 'steps');
}

/** Whether nodes next to the root have the tracks of the group before: the way from the root is that from the parent. */
function isWayAgain(before: Follower | undefined, { call }: Follower): boolean {
  return before?.call === FROM_ROOT && call === FROM_PARENT;
}

/** @param isAgain whether the group before may have followed these tracks already */
function linesOf(
  { width }: Signal,
  writers: readonly Writer[],
  { call, isSingle }: Follower,
  isAgain: boolean,
): string[] {
  const count = writers.reduce((sum, { channels }) => sum + channels.length, 0);
  const summaries = summariesOf(writers);
  const body = writers.flatMap(({ kind, parts }, i) => {
    const to = summaries[i];
    const summarise = `summarise(${isSingle ? 'tracks' : 'tracks + i * FRAMES'}, ${parts}, ${to});`;
    return [...(to ? [...(hasSteps(writers) ? [`means = ${to};`] : []), summarise] : []), puts[kind](parts)];
  });
  return [
    ...(isSingle ? [] : [isAgain ? 'is_followed &= parents[node % JOINTS] == root_joints[1];' : 'is_followed = 0;']),
    `for (int i = 0; i < ${width}; i++) {`,
    '  if (!lives(track++)) {',
    `    out = put_zeros(${count}, out);`,
    '    continue;',
    '  }',
    ...(isSingle ? [`  ${call}`] : [`  if (!is_followed) ${call}`, '  is_followed = 1;']),
    ...body.map((line) => `  ${line}`),
    '}',
  ];
}
