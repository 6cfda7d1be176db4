/** A network over time as programs in other languages hold it: the links of the values that a frame has, and where they are kept. */

import { runtimeOf } from '../../model/file/runtime-of.js';
import type { Model } from '../../model/model.js';
import { liveWeights } from '../../pruning/cut/live.js';
import type { FrameProgram, FrameStage } from '../../runtime/network/frame-program.js';
import type { TemporalNetwork } from '../../runtime/network/temporal-network.js';
import { Pipeline } from '../../runtime/skeleton/pipeline.js';
import { type KeptFrames, layOutKept, type WrittenStage, writtenStages } from './kept-frames.js';
import { standardisationOf } from './program.js';

export type FrameCode = ReturnType<typeof frameCodeOf>;

/** That of the runtime, at the model's own rate. */
export function frameCodeOf(model: Model) {
  const view = runtimeOf(model).view();
  const { program } = view.network as TemporalNetwork;
  const kept = layOutKept(program);
  const stages = writtenStages(program, kept);
  return {
    classes: view.classes.length,
    temperature: view.temperature,
    standardisation: standardisationOf(model, program.needed),
    stages,
    links: linksOf(stages),
    origins: originsOf(model, program),
    numbers: numbersOf(program, stages, kept),
    poolBiases: [...program.pool.bias.subarray(0, program.pool.share.places.length)],
    constantLogits: [...program.logits],
    /** Where the other logits are kept; −1 where they are constant. */
    logitSources: [...program.logitsAt].map((at) => (at < 0 ? -1 : kept.placeOf(at))),
    /** Floats that are kept of frames, and in the ring of the pool; one at least. */
    kept: Math.max(1, kept.size),
    shares: Math.max(1, program.pool.depth * program.pool.share.places.length),
    nonzeros: liveWeights(model).effective,
    macs: operationsOf(program),
  };
}

/** Weights are said once each; links by where they read, and which weight they have. */
function linksOf(stages: readonly WrittenStage[]) {
  const rows = stages.flatMap((stage) => stage.rows);
  const links = rows.flat();
  const weights = [...new Set(links.map(({ weight }) => weight))].sort((a, b) => a - b);
  const codeOf = new Map(weights.map((weight, code) => [weight, code]));
  return {
    biases: stages.flatMap((stage) => stage.biases),
    counts: rows.map(({ length }) => length),
    sources: links.map(({ source }) => source),
    weights,
    codes: links.map(({ weight }) => codeOf.get(weight)!),
  };
}

/** A stage's numbers, in the order in which programs have them. */
export function stageNumbers({ biases, value, link, to, frames, fold, reach, step }: WrittenStage): number[] {
  return [value, link, biases.length, to, frames, +(fold > 0), reach, step];
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
  return { none, places: used.map(([place]) => place), origins: used.map(([, origin]) => origin) };
}

/** Multiply-accumulates of weights in a clip; what is after the pool is done once. */
function operationsOf({ window, stages, last }: FrameProgram): number {
  const times = ({ reach, step }: FrameStage) => Math.floor((window - 1 - reach) / step) + 1;
  const before = stages.reduce((sum, stage) => sum + stage.links * times(stage), 0);
  return last.reduce((sum, { links }) => sum + links, before);
}
