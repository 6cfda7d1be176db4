import { concatenate } from '../../core/bytes.js';
import type { Model } from '../../model/model.js';
import type { Precision } from '../../runtime/file/precision.js';
import { repetitionOf } from '../../runtime/network/products.js';
import type { PoseName, PoseStepOf } from '../../runtime/skeleton/pose.js';
import { log } from '../../runtime/stream/rejection.js';
import { type FrameCode, frameCodeOf } from '../code/frame-code.js';
import { type Program, packBits, programOf } from '../code/program.js';
import { parentsOf, type Signal, type SignalKind, signalOf, upCodes } from '../code/signals.js';
import { gapsOf, type SparseProduct } from '../code/sparse-product.js';
import { type ProductStart, startsOf } from '../code/starts.js';
import { streamSettings } from '../code/stream-settings.js';
import { isContinual, isOverTime } from '../over-time.js';
import { ImageWriter } from './image-writer.js';
import { frameWords } from './over-time.js';

/** Where the image is: as in assembly/predict/memory.ts, like the order of the words. */
const BASE = 4096;
const WORDS = [
  ...(['persons', 'joints', 'frames', 'leastFrames', 'channels', 'classes'] as const),
  ...(['poseSteps', 'poseStepCount', 'signals', 'signalCount'] as const),
  ...(['root', 'top', 'left', 'right', 'parents'] as const),
  ...(['used', 'inverseDeviations', 'inverses', 'inversesWidth', 'means', 'meansWidth'] as const),
  ...(['products', 'productCount', 'constantLogits', 'precision', 'quantum', 'temperature'] as const),
  ...(['settings', 'nothing', 'usual', 'oneEuro', 'overTime'] as const),
  ...(['clip', 'features', 'track', 'even', 'odd', 'kept', 'shares', 'probabilities'] as const),
  ...(['cells', 'weights', 'frame', 'read', 'last', 'seen', 'velocities', 'scores', 'event', 'input'] as const),
];

type Word = (typeof WORDS)[number];

/** A network in the memory of the kernel. */
export interface Image {
  readonly address: number;
  readonly data: Uint8Array;
  /** Where the room for a recording begins, after image and scratch. */
  readonly end: number;
  /** Stored weights, and multiply-accumulates for one sequence. */
  readonly nonzeros: number;
  readonly macs: number;
}

/** Lays a model at its own rate out for the kernel. @throws InputError on preprocessing that resamples twice */
export function imageOf(model: Model): Image {
  const code = isOverTime(model) ? frameCodeOf(model) : undefined;
  const program = code ?? programOf(model, 'file');
  const writer = new ImageWriter(BASE + 4 * WORDS.length);
  const words = {
    ...preprocessingWords(writer, model),
    ...standardisationWords(writer, program),
    ...networkWords(writer, model, 'layers' in program ? program.layers : []),
    overTime: code === undefined ? 0 : frameWords(writer, code, isContinual(model)),
    ...streamWords(writer, model),
  };
  const scratch = scratchWords(writer.end, model, program);
  const all: Record<Word, number> = { ...words, ...scratch };
  const head = new ImageWriter(BASE);
  head.words(WORDS.map((word) => all[word]));
  const { nonzeros, macs } = program;
  return {
    address: BASE,
    data: concatenate([head.finish(), writer.finish()]),
    end: scratch.input,
    nonzeros,
    macs,
  };
}

/** The words of every pose step: its number in assembly/predict/, and two options. */
const poseRows: { readonly [Name in PoseName]: (step: PoseStepOf<Name>) => readonly [number, number, number] } = {
  'order-persons': () => [0, 0, 0],
  resample: () => [1, 0, 0],
  center: ({ persons, scale }) => [2, +(persons === 'all'), +(scale === 'spine')],
  'body-frame': ({ up }) => [3, upCodes[up], 0],
  heading: ({ up }) => [4, upCodes[up], 0],
};

const signalCodes: Readonly<Record<SignalKind, number>> = { position: 0, bone: 1, distance: 2 };

/** The number of every precision, and how weights of it are written. */
const precisionRows: Readonly<Record<Precision, readonly [code: number, write: 'floats' | 'halves' | 'bytes']>> = {
  float32: [0, 'floats'],
  float16: [1, 'halves'],
  int8: [2, 'bytes'],
};

function preprocessingWords(writer: ImageWriter, model: Model) {
  const { description, pipeline } = model;
  const { preprocessing, layout, persons, classes } = description;
  const { pose, channels, dimensions } = preprocessing;
  const list = (joints: readonly number[]) => writer.words([joints.length, ...joints]);
  const still = isOverTime(model) ? [] : channels; // over time, features are told by their origins
  const signals = still.map((step) => signalWords(writer, signalOf(step, layout, persons, dimensions)));
  return {
    persons,
    joints: layout.joints.length,
    classes: classes.length,
    frames: pipeline.frames,
    leastFrames: pipeline.leastFrames,
    channels: pipeline.channels,
    poseSteps: writer.words(pose.flatMap((step) => poseRows[step.step](step as never))),
    poseStepCount: pose.length,
    signals: writer.words(signals.flat()),
    signalCount: signals.length,
    root: list(layout.anchors.root),
    top: list(layout.anchors.top),
    left: list(layout.anchors.left),
    right: list(layout.anchors.right),
    parents: writer.words(parentsOf(layout)),
  };
}

/** Of what assembly/predict/stream.ts says of a frame. */
const EVENT_NUMBERS = 7;

function streamWords(writer: ImageWriter, model: Model) {
  const { settings, nothing, means, oneEuro } = streamSettings(model);
  return {
    settings: writer.doubles(Object.values({ ...settings, smoothing: log(settings.smoothing) })),
    nothing: writer.bytes(nothing.map(Number)),
    usual: means.length > 0 ? writer.doubles(means.flat()) : 0,
    oneEuro: oneEuro ? writer.doubles([oneEuro.minCutoff, oneEuro.beta, oneEuro.derivativeCutoff]) : 0,
  };
}

function signalWords(writer: ImageWriter, { kind, targets, width, statistics, chunks, isSteps }: Signal): number[] {
  return [signalCodes[kind], writer.words(targets), width, statistics, chunks, +isSteps];
}

function standardisationWords(writer: ImageWriter, { standardisation }: Pick<Program, 'standardisation'>) {
  const { used, inverseDeviations, inverses, means } = standardisation;
  const [inversesAt, inversesWidth] = writer.table(inverses);
  const [meansAt, meansWidth] = writer.table(means);
  return {
    used: writer.bytes(packBits(used)),
    inverseDeviations: writer.floats(inverseDeviations),
    inverses: inversesAt,
    inversesWidth,
    means: meansAt,
    meansWidth,
  };
}

/** Over time, constants are told with the frames. */
const NONE: ReturnType<typeof startsOf> = { starts: [], constantLogits: undefined };

function networkWords(writer: ImageWriter, model: Model, layers: Program['layers']) {
  const { precision, quantum } = model;
  const { starts, constantLogits } = isOverTime(model) ? NONE : startsOf(model, layers);
  const start = starts.values();
  const products = layers.flatMap(({ plan, products }) =>
    products.map((product, i) => [
      ...productWords(writer, product, precision),
      ...startWords(writer, start.next().value as ProductStart),
      +(plan.rectify && i === products.length - 1),
    ]),
  );
  return {
    products: writer.words(products.flat()),
    productCount: products.length,
    constantLogits: constantLogits ? writer.doubles(constantLogits) : 0,
    precision: precisionRows[precision][0],
    quantum: bitsOf(quantum),
    temperature: bitsOf(model.temperatureAt(model.rate)),
  };
}

/** The words of what a product's outputs begin with. */
function startWords(writer: ImageWriter, { outputs, varying, channels, biases }: ProductStart): number[] {
  const written = channels > 0 ? writer.floats(biases) : writer.doubles(biases);
  return [outputs, varying ? writer.bytes(packBits(varying)) : 0, biases.length > 0 ? written : 0, channels];
}

/** The longest gap that fits a table's two bytes. */
const MOST_GAP = 32767;

function productWords(writer: ImageWriter, sparse: SparseProduct, precision: Precision): number[] {
  const { counts, gaps, weights } = gapsOf(sparse, MOST_GAP);
  const { rows, groups, x, y } = sparse.product;
  const { repeat, xStride, yStride } = repetitionOf(sparse.product);
  const weightsAt = writer[precisionRows[precision][1]](weights);
  return [
    ...[weightsAt, ...writer.table(gaps), ...writer.table(counts), bitsOf(sparse.scale)],
    ...[rows, rows / groups, x.group, x.row, y.group, y.row, repeat, xStride, yStride],
  ];
}

function bitsOf(value: number): number {
  return new Int32Array(Float32Array.of(value).buffer)[0];
}

/** Numbers between the features and the logits: values of two layers in turns, none over time. */
function layerSizes({ layers }: Program, features: number) {
  const largest = layers.flatMap(({ plan }) => [plan.scratchRows, plan.output.nodes * plan.output.channels]);
  const values = Math.max(features, ...largest);
  return { features, even: values, odd: values, kept: 0, shares: 0 };
}

/** The same of a network over time: the logits, and what is kept of frames. */
function frameSizes({ classes, kept, shares }: FrameCode) {
  return { features: 0, even: classes, odd: 0, kept, shares };
}

/** Room after the image: float32 clip, features and track, float64 values of the network and probabilities. */
function scratchWords(start: number, { pipeline, network, description }: Model, program: Program | FrameCode) {
  let next = start;
  const room = (count: number, size: number) => {
    const address = Math.ceil(next / 8) * 8;
    next = address + count * size;
    return address;
  };
  const { nodes, frames } = pipeline;
  const sizes = 'layers' in program ? layerSizes(program, nodes * pipeline.channels) : frameSizes(program);
  return {
    clip: room(frames * nodes * 3, 4),
    features: room(sizes.features, 4),
    track: room(frames, 4),
    even: room(sizes.even, 8),
    odd: room(sizes.odd, 8),
    kept: room(sizes.kept, 4),
    shares: room(sizes.shares, 4),
    probabilities: room(network.classes, 8),
    cells: room((frames + 1) * nodes * 3, 4),
    weights: room((frames + 1) * nodes, 4),
    frame: room(nodes * 3, 4),
    read: room(nodes * 3, 4),
    last: room(nodes * 3, 4),
    seen: room(nodes, 8),
    velocities: room(description.stream?.oneEuro ? nodes * 3 : 0, 4),
    scores: room(network.classes, 8),
    event: room(EVENT_NUMBERS, 8),
    input: room(0, 8),
  };
}
