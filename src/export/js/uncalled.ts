import type { Model } from '../../model/model.js';
import type { Precision } from '../../runtime/file/precision.js';
import type { LayerKind } from '../../runtime/network/products.js';
import type { FrameStep, StillChannelName } from '../../runtime/skeleton/channels.js';
import type { PoseName } from '../../runtime/skeleton/pose.js';
import type { pieces } from './pieces.js';

/** A function, class or constant of the runtime. */
export type PieceName = keyof typeof pieces;

type Rows<Name extends string> = Readonly<Record<Name, readonly PieceName[]>>;

/** Functions of the runtime that are called for some models only: by which pose steps, ... */
const posePieces: Rows<PoseName> = {
  'order-persons': ['orderPersons'],
  resample: ['resample'],
  center: ['center'],
  'body-frame': ['bodyFrame'],
  heading: ['heading'],
};

/** ... channel steps, ... */
const channelPieces: Rows<StillChannelName | FrameStep> = {
  positions: ['writeMeans'],
  velocities: ['writeMeans'],
  statistics: ['writeStatistics'],
  'bone-statistics': ['fillDifferences', 'writeStatistics'],
  distances: ['fillDistances', 'writeStatistics', 'writeMeans'],
  'frame-positions': [],
  'frame-velocities': [],
  'frame-bones': ['fillDifferences'],
  'frame-relative': ['fillDifferences'],
};

/** ... layers (every network ends in a dense one), ... */
const layerPieces: Rows<LayerKind> = {
  dense: ['dense'],
  'graph-convolution': ['graphConvolution', 'convolveFrames'],
  'temporal-convolution': ['temporalConvolution'],
  pool: ['pool'],
};

/** ... and precisions. */
const precisionPieces: Rows<Precision> = { float32: ['float32Of'], float16: [], int8: [] };

/** Functions of the runtime that some models call, and this one does not. */
export function uncalled({ description, precision }: Model): PieceName[] {
  const { pose, channels } = description.preprocessing;
  const called = new Set<PieceName>([
    ...pose.flatMap(({ step }) => posePieces[step]),
    ...channels.flatMap(({ step }) => channelPieces[step]),
    ...layerPieces.dense,
    ...description.layers.flatMap(({ kind }) => layerPieces[kind]),
    ...precisionPieces[precision],
  ]);
  const optional = [posePieces, channelPieces, layerPieces, precisionPieces].flatMap((rows) =>
    Object.values(rows).flat(),
  );
  return [...new Set(optional)].filter((name) => !called.has(name));
}
