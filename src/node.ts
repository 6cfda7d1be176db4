/**
 * The public API in Node: all of `anyrate`, and files, folders and threads.
 * @module anyrate/node
 */
export { loadDataset, loadSequence } from './data/node/load.js';
export { renderReport } from './evaluate/report/render.js';
export type { FittedThresholds } from './evaluate/stream/fit-thresholds.js';
export * from './index.js';
export type { Picture } from './run/compare/comparison.js';
export type { ComparisonReport } from './run/compare/report.js';
export type { SeriesSummary, SummaryRow } from './run/compare/summary.js';
export type { Machine } from './run/jobs/result.js';
export type { ChoiceEvent } from './run/node/choose-recipe.js';
export { type ExperimentOptions, type ExperimentResult, runExperiment } from './run/node/experiment.js';
export { loadModel, saveModel } from './run/node/load-model.js';
export type { ExperimentEvent, NetworkRun } from './run/node/network-run.js';
export { RunFolder } from './run/node/run-folder.js';
export { type RunOptions, runTraining } from './run/node/run-training.js';
export type { Difference, LineDifferences } from './run/sweep/differences.js';
export type { SweepChanges } from './run/sweep/node/plan-sweep.js';
export { runSweep, type SweepEvent, type SweepOptions, type SweepResult } from './run/sweep/node/run-sweep.js';
export type { SearchReport, SweepReport } from './run/sweep/sweep-report.js';
export type { Setting, Settings } from './run/sweep/variants.js';
export { clipsWithin, openNodeClips } from './train/node/clip-file.js';
export { builtinRecipes, loadRecipe } from './train/node/load-recipe.js';
export { startNodeWorkers } from './train/node/workers.js';
