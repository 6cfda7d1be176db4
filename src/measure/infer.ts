import { gzipSync } from 'fflate';
import { encodeModel } from '../model/file/file.js';
import { runtimeOf } from '../model/file/runtime-of.js';
import type { Model } from '../model/model.js';
import { cut } from '../pruning/cut/cut.js';
import { liveWeights } from '../pruning/cut/live.js';
import { RuntimeModel } from '../runtime/model.js';
import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';
import type { View } from '../runtime/view.js';

/** Latency and size of a model at one rate, in the runtime: batch 1, one thread, warm. */
export interface InferBenchResult {
  readonly rate: number;
  readonly nonzeros: number;
  /** Non-zeros that can influence an answer. */
  readonly effective: number;
  /** Of the file of the cut. */
  readonly bytes: number;
  readonly gzipped: number;
  /** Sequence to answer, preprocessing included, in microseconds. */
  readonly predict: Latency;
  /** From standardised features to logits. */
  readonly network: Latency;
  /** Milliseconds from the bytes of the cut to its first answer. */
  readonly firstAnswer: number;
}

export interface Latency {
  readonly median: number;
  readonly p95: number;
}

/** Times views of a model on sequences, one after another. */
export function benchInfer(
  model: Model,
  sequences: readonly SkeletonSequence[],
  rates: readonly number[],
  rounds = 2000,
): InferBenchResult[] {
  const whole = runtimeOf(model);
  return rates.map((rate) => {
    const small = cut(model, { rate });
    const bytes = encodeModel(small);
    const firstAnswer = timeOf(() => new RuntimeModel(bytes).view(rate).predict(sequences[0]));
    const view = whole.view(rate);
    return {
      rate,
      nonzeros: view.nonzeros,
      effective: liveWeights(small).effective,
      bytes: bytes.length,
      gzipped: gzipSync(bytes, { level: 9 }).length,
      predict: latency((i) => view.predict(sequences[i % sequences.length]), rounds),
      network: networkLatency(view, sequences, rounds),
      firstAnswer,
    };
  });
}

function networkLatency(view: View, sequences: readonly SkeletonSequence[], rounds: number): Latency {
  const features = sequences.map((sequence) => view.features(sequence));
  return latency((i) => view.run(features[i % features.length]), rounds);
}

/** Of single calls, after as many to warm up; the clock's own steps are finer than a call. */
function latency(run: (index: number) => unknown, rounds: number): Latency {
  for (let i = 0; i < rounds; i++) run(i);
  const times = Float64Array.from({ length: rounds }, (_, i) => timeOf(() => run(i)) * 1000).sort();
  return { median: times[rounds >> 1], p95: times[Math.floor(rounds * 0.95)] };
}

function timeOf(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
