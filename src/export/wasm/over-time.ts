import { type FrameCode, stageNumbers } from '../code/frame-code.js';
import type { ImageWriter } from './image-writer.js';

/** Where what assembly/predict/over-time.ts knows of a network over time is: its words, in the order that they have there. */
export function frameWords(writer: ImageWriter, code: FrameCode, isContinual: boolean): number {
  const { numbers, origins, links, stages } = code;
  const words = [
    ...[numbers.INPUTS, numbers.FEATURES_AT, numbers.FEATURE_FRAMES, numbers.STAGES, numbers.LAST_STAGES],
    ...[numbers.POOLED, numbers.POOL_AT, numbers.POOL_DEPTH, numbers.POOL_FRAMES, numbers.POOL_STEP],
    numbers.POOL_IS_RECTIFIED,
    ...writer.table(origins.places),
    ...writer.table(origins.origins),
    origins.none,
    writer.words(stages.flatMap(stageNumbers)),
    writer.doubles(links.biases),
    ...writer.table(links.counts),
    ...writer.table(links.sources),
    ...writer.table(links.codes),
    writer.floats(links.weights),
    writer.doubles(code.poolBiases),
    writer.doubles(code.constantLogits),
    writer.words(code.logitSources),
    +isContinual,
  ];
  return writer.words(words);
}
