// The kernels that answers need, those of networks forward: a module of its own, since most programs only ask for answers.

export { turnRows } from './clips';
export { denseTimesDense } from './dense';
export { addBias, dropout } from './elementwise';
export { addScaledGradient, clear } from './latents';
export { normalise } from './normalise';
export { sparseTimesDense } from './sparse';
