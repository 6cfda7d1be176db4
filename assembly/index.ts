// What the kernels export; their contract is src/kernels/contract.ts.

export {
  addUniform,
  amplifyClip,
  differences,
  distances,
  mirrorClip,
  mixRows,
  rotatePoints,
  seriesMeans,
  seriesStatistics,
  standardiseRow,
  turnRows,
  warpClip,
} from './clips';
export { denseOuter, denseTimesDense } from './dense';
export { addBias, addBiasBackward, dropout, softmaxCrossEntropy } from './elementwise';
export {
  adam,
  addGradient,
  addPenalty,
  addScaledGradient,
  bandStop,
  clear,
  countMagnitudes,
  dot,
  listSupport,
  movingAverage,
  scaleLatents,
  scatterGradient,
  softHistogram,
  softHistogramBackward,
  sumShards,
  transposeSparse,
} from './latents';
export { normalise, normaliseBackward } from './normalise';
export { sampledDenseDense, sparseTimesDense } from './sparse';
export { peak } from './peak';
