import { InputError } from '../../core/errors.js';
import { encodeModel } from '../../model/file/file.js';
import type { Model } from '../../model/model.js';
import { liveWeights } from '../../pruning/cut/live.js';
import { RuntimeModel } from '../../runtime/model.js';
import type { FrameProgram, FrameStage } from '../../runtime/network/frame-program.js';
import type { TemporalNetwork } from '../../runtime/network/temporal-network.js';
import { isLocal } from '../../runtime/skeleton/frame-channels.js';
import { Pipeline } from '../../runtime/skeleton/pipeline.js';
import { standardisationOf } from '../code/program.js';
import { isOverTime } from '../over-time.js';
import { type KeptFrames, layOutKept, type WrittenStage, writtenStages } from './kept-frames.js';
import { parts } from './parts.js';
import type { PreprocessingText } from './preprocessing.js';
import {
  clipBytes,
  commonValues,
  floatStandardisation,
  lostBytes,
  meansType,
  type ProgramText,
  recordingText,
} from './program-text.js';
import { type Constant, constant, constantBytes, fill, float, integerType } from './text.js';

/** Whether a frame of a stream costs one frame of the network: its features are the same in every window. */
export function isContinual(model: Model): boolean {
  return isOverTime(model) && isLocal(model.description.preprocessing);
}

/** A network over time as the runtime runs it: kept frames, the links of their values, and the ring of the pool. */
export function overTimeText(name: string, model: Model, preprocessing: PreprocessingText): ProgramText {
  const view = new RuntimeModel(encodeModel(model)).view();
  const { program } = view.network as TemporalNetwork;
  const standardisation = standardisationOf(model, program.needed);
  const kept = layOutKept(program);
  const stages = writtenStages(program, kept);
  const links = linkConstants(stages, kept);
  const origins = originsOf(model, program);
  const shares = Math.max(1, program.pool.depth * program.pool.share.places.length);
  const types = [...links.types, meansType(standardisation)];
  const constants = [
    ...preprocessing.constants,
    ...floatStandardisation(standardisation),
    ...origins.constants,
    ...links.constants,
    ...answerConstants(program, kept),
  ];
  const scratch = [...scratchText(kept.size, shares), ...recordingText(name, preprocessing)];
  const continual = isContinual(model);
  return {
    template: 'model.c',
    values: {
      ...commonValues(types, constants, scratch, [...preprocessing.parts, 'standardised.c', 'softmax.c']),
      temperature: float(view.temperature),
      scratched:
        'values of the last frames that are read again,\n * and the share of each frame in the pool over time, a ring',
      network: fill(parts['over-time.c'], {
        stages: stages.map(stageText).join('\n'),
        numbers: numbersText({ ...numbersOf(program, stages, kept), NO_ORIGIN: origins.none }),
        ...(continual ? FOLLOWED : { followed: '', forget: '' }),
      }),
    },
    constants: constantBytes(constants, types),
    scratch: 4 * (view.classes.length + 1 + +continual) + clipBytes(model) + lostBytes(model),
    rings: 4 * (Math.max(1, kept.size) + shares),
    clip: 0,
    nonzeros: liveWeights(model).effective,
    macs: operationsOf(program),
  };
}

const FOLLOWED = {
  followed:
    '/* Complete cells of the stream when the network took its last frame; -1 if that was of a recording. */\n' +
    'static int32_t followed = -1;\n\n',
  forget: '  followed = -1;\n',
};

function scratchText(kept: number, shares: number): string[] {
  return [
    'static float scratch_clip[FRAMES * NODES * 3], logits[CLASSES];',
    `static float kept[${Math.max(1, kept)}], shares[${shares}];`,
    'static int oldest_share;',
  ];
}

/** @throws InputError */
export function refuseWhole(): never {
  throw new InputError({
    source: 'format c',
    place: 'weights: int8',
    expected: 'a network without layers over time',
    found: 'one over time, whose program in whole numbers is not written yet',
    mend: 'Export with weights as float.',
  });
}

/** Multiply-accumulates of weights in a clip; what is after the pool is done once. */
function operationsOf({ window, stages, last }: FrameProgram): number {
  const times = ({ reach, step }: FrameStage) => Math.floor((window - 1 - reach) / step) + 1;
  const before = stages.reduce((sum, stage) => sum + stage.links * times(stage), 0);
  return last.reduce((sum, { links }) => sum + links, before);
}

/** Weights are said once each; links by where they read, and which weight they have. */
function linkConstants(stages: readonly WrittenStage[], { size }: KeptFrames) {
  const biases = stages.flatMap((stage) => stage.biases);
  const rows = stages.flatMap((stage) => stage.rows);
  const counts = rows.map(({ length }) => length);
  const links = rows.flat();
  const sources = links.map(({ source }) => source);
  const weights = [...new Set(links.map(({ weight }) => weight))].sort((a, b) => a - b);
  const codeOf = new Map(weights.map((weight, code) => [weight, code]));
  const codes = links.map(({ weight }) => codeOf.get(weight)!);
  return {
    types: [
      `typedef ${integerType(counts)} count_t;`,
      `typedef ${integerType([size])} source_t;`,
      `typedef ${integerType([weights.length])} code_t;`,
    ],
    constants: [
      constant('float', 'biases', biases, float),
      constant('count_t', 'counts', counts),
      constant('source_t', 'link_sources', sources),
      constant('code_t', 'codes', codes),
      constant('float', 'weights', weights, float),
    ],
  };
}

/** What is added in the pool and read of the last values, or said instead of them. */
function answerConstants({ logits, logitsAt, pool }: FrameProgram, kept: KeptFrames): Constant[] {
  const sources = [...logitsAt].map((at) => (at < 0 ? -1 : kept.placeOf(at)));
  return [
    constant('float', 'pool_biases', [...pool.bias.subarray(0, pool.share.places.length)], float),
    constant('float', 'constant_logits', [...logits], float),
    constant('int32_t', 'logit_sources', sources),
  ];
}

function stageText({ biases, rows, value, link, to, frames, fold, reach, step }: WrittenStage): string {
  const numbers = [value, link, biases.length, to, frames, +(fold > 0), reach, step];
  return `  {${numbers.join(', ')}}, /* ${rows.reduce((sum, row) => sum + row.length, 0)} links */`;
}

function numbersText(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .map(([name, value]) => `  ${name} = ${value}`)
    .join(',\n');
}

function numbersOf(program: FrameProgram, stages: readonly WrittenStage[], kept: KeptFrames) {
  const { pool, inputs, last } = program;
  const [features] = kept.blocks;
  return {
    INPUTS: inputs.length,
    FEATURES_AT: kept.newestOf(features),
    FEATURE_FRAMES: features.frames,
    STAGES: program.stages.length,
    LAST_STAGES: last.length,
    POOLED: pool.share.places.length,
    POOL_AT: stages[program.stages.length].to,
    POOL_DEPTH: pool.depth,
    POOL_FRAMES: pool.frames,
    POOL_STEP: pool.step,
    POOL_IS_RECTIFIED: +(pool.fold > 0),
  };
}

/** Of each feature that is used: its place in a frame, and that of what it is measured from, after a frame's in the one before. */
function originsOf({ description }: Model, { inputs, needed }: FrameProgram) {
  const { preprocessing, layout, persons } = description;
  const pipeline = new Pipeline(preprocessing, layout, persons, needed);
  const size = pipeline.nodes * 3;
  const none = 2 * size;
  const found = new Map<number, readonly [place: number, origin: number]>();
  for (const [i, signals] of pipeline.planSignals().entries()) {
    const { isSteps } = pipeline.groups[i];
    for (let at = 0; at < signals.length; at += 3) {
      const [place, origin, feature] = signals.subarray(at, at + 3);
      found.set(feature, [place, isSteps ? size + place : origin < 0 ? none : origin]);
    }
  }
  const used = [...inputs].map((feature) => found.get(feature)!);
  const constants: Constant[] = [
    constant(
      'uint16_t',
      'places',
      used.map(([place]) => place),
    ),
    constant(
      'uint16_t',
      'origins',
      used.map(([, origin]) => origin),
    ),
  ];
  return { none, constants };
}
