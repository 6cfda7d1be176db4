import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import type { ExportOptions } from '../../src/export/exporter.js';
import { exportOnnx } from '../../src/export/onnx/export-onnx.js';
import type { Model } from '../../src/model/model.js';
import type { SkeletonSequence } from '../../src/runtime/skeleton/sequence.js';

env.wasm.numThreads = 1;
env.logLevel = 'error';

/** What a graph answers: [batch][classes] each. */
export interface OnnxAnswer {
  readonly logits: Float32Array;
  readonly probabilities: Float32Array;
}

/** A model as ONNX, opened by ONNX Runtime. */
export async function openOnnx(model: Model, options: ExportOptions = {}): Promise<InferenceSession> {
  return InferenceSession.create(exportOnnx(model, options).files[0]);
}

/** Runs a session on sequences of one length, as one batch. */
export function runSequences(session: InferenceSession, sequences: readonly SkeletonSequence[]): Promise<OnnxAnswer> {
  const [{ frames, persons, joints }] = sequences;
  const positions = Float32Array.from(sequences.flatMap((sequence) => [...sequence.positions]));
  return run(session, 'positions', [sequences.length, frames, persons, joints, 3], positions);
}

export async function run(
  session: InferenceSession,
  input: string,
  shape: readonly number[],
  values: Float32Array,
): Promise<OnnxAnswer> {
  const { logits, probabilities } = await session.run({ [input]: new Tensor('float32', values, shape) });
  return { logits: logits.data as Float32Array, probabilities: probabilities.data as Float32Array };
}
