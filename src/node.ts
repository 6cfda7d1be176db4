/** The public API in Node: all of `anyrate`, and files, folders and threads. */
export { loadDataset } from './data/node/load-dataset-node.js';
export { loadSequence } from './data/node/load-sequence-node.js';
export * from './index.js';
export { renderReport } from './report/render.js';
export { clipsWithin, openNodeClips } from './train/node/clip-file-node.js';
export { loadModel, saveModel } from './train/node/load-model-node.js';
export { builtinRecipes, loadRecipe } from './train/node/load-recipe-node.js';
export { RunFolder } from './train/node/run-folder-node.js';
export { type RunOptions, runTraining } from './train/node/run-training-node.js';
export { startNodeWorkers } from './train/node/workers-node.js';
