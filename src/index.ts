/**
 * The browser-safe public API; `anyrate/node` adds files and threads.
 * @module anyrate
 */
export { DivergenceError, type Fault, InputError, InterruptedError } from './core/errors.js';
export { Random } from './core/random.js';
export { VERSION } from './core/version.js';
export { decodeAnyset, encodeAnyset, packAnyset } from './data/anyset/anyset.js';
export { checkDataset } from './data/check/check-dataset.js';
export type { Finding, FindingKind, FindingPlace, Severity } from './data/check/finding.js';
export type { Apart, Dataset, Sample, SkippedFile, Split } from './data/dataset.js';
export { type DatasetSummary, describeDataset, type SplitSummary, type ValueRange } from './data/describe.js';
export type { Description } from './data/folder/description.js';
export type { KnownBefore } from './data/folder/known-before.js';
export { readArchive } from './data/formats/archive.js';
export type { FileHead, RecordingFile, RecordingFormat } from './data/formats/format.js';
export { memoryFile } from './data/formats/format.js';
export { registerFormat } from './data/formats/formats.js';
export type { Recording, RecordingEvent } from './data/formats/recording.js';
export type { KeepPositions, Positioned } from './data/positions-elsewhere.js';
export { type ModelShape, readSequence, type Writing } from './data/read-sequence.js';
export { readFolder } from './data/recognise.js';
export { parseSequence, type SequenceShape } from './data/sequence-file.js';
export { selectSplit } from './data/splits.js';
export type { Part } from './data/validation.js';
export { calibrate, stateAccuracy } from './evaluate/calibrate.js';
export { evaluate, type LabelledSequence, type RateAccuracy, type RateResult } from './evaluate/evaluate.js';
export { labelledSequences } from './evaluate/labelled-sequences.js';
export { createPredictor, type PredictOptions, type Predictor, predict } from './evaluate/predict.js';
export type { Fit, RowCalibration } from './evaluate/report/calibration.js';
export type { Confusion } from './evaluate/report/confusion.js';
export {
  createReport,
  REPORT_RATES,
  type Report,
  type ReportOptions,
  type ReportRow,
  type WrongAnswer,
} from './evaluate/report/report.js';
export { reportTable } from './evaluate/report/table.js';
export { type Smallest, smallestKeeping } from './evaluate/smallest.js';
export type { Exported, Exporter, ExportOptions, NamedSequence, ProgramMemory } from './export/exporter.js';
export { exporters, exportModel, registerExporter } from './export/exporters.js';
export { type Imported, type ImportOptions, importSafetensors } from './export/safetensors/import-safetensors.js';
export {
  decodeSafetensors,
  encodeSafetensors,
  type RawTensor,
  type Safetensors,
} from './export/safetensors/safetensors.js';
export type { KernelMemory } from './kernels/wasm/memory.js';
export { decodeModel, encodeModel } from './model/file/file.js';
export { quantise } from './model/file/quantise.js';
export {
  Model,
  type ModelDescription,
  type ModelParameters,
  type Provenance,
  type RateParameters,
} from './model/model.js';
export type { Budget, ByteBudget, WeightBudget } from './pruning/cut/budget.js';
export { type Criterion, criteria, criterionNamed, registerCriterion } from './pruning/cut/criterion.js';
export { cut } from './pruning/cut/cut.js';
export { dropDead } from './pruning/cut/keep.js';
export { type LiveLayer, type LiveNetwork, liveWeights } from './pruning/cut/live.js';
export type { Scope, Selection } from './pruning/cut/selector.js';
export { type ModelSize, modelSize, type WeightSize, weightSize } from './pruning/cut/size.js';
export { type Lab, type Method, type Trained, trainOne, unaligned, withPruning } from './run/methods/method.js';
export { methods, registerMethod } from './run/methods/methods.js';
export type { StatedAccuracy } from './runtime/file/header.js';
export type { Precision } from './runtime/file/precision.js';
export type { Clock, Shape } from './runtime/network/products.js';
export type { RateCurve } from './runtime/network/rate.js';
export type { ChannelGroup, ChannelStep } from './runtime/skeleton/channels.js';
export { Pipeline, type Preprocessing } from './runtime/skeleton/pipeline.js';
export type { Axis, PoseStep, Up } from './runtime/skeleton/pose.js';
export type { Clip, Skeleton, SkeletonSequence } from './runtime/skeleton/sequence.js';
export type { Prediction } from './runtime/view.js';
export type { Layout } from './skeleton/layouts/layout.js';
export { checkLayout, layoutNamed, layouts, registerLayout } from './skeleton/layouts/layouts.js';
export {
  type AutomaticOptions,
  automaticRecipe,
  type Choices,
} from './train/automatic/automatic-recipe.js';
export {
  type Round,
  type RunTrials,
  type SearchEvent,
  type SearchOptions,
  searchRecipe,
} from './train/automatic/search-recipe.js';
export { searchTable } from './train/automatic/search-table.js';
export type { Trial } from './train/automatic/trial.js';
export {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  restoreCheckpoint,
  takeCheckpoint,
} from './train/checkpoint.js';
export { createTraining } from './train/create-training.js';
export { parseRecipe, type RecipeOverrides } from './train/recipe/parse-recipe.js';
export type { Family, PruningOptions, Recipe } from './train/recipe/recipe.js';
export type { ClipReader, ClipSource, ClipStore, CreateClipStore, OpenClips } from './train/samples/clip-store.js';
export type { Teacher } from './train/samples/teacher.js';
export type { TrainingState } from './train/state.js';
export type { StartWorkers } from './train/step/engine.js';
export { type TrainEvent, type TrainRunOptions, train } from './train/train.js';
export type { EpochReport, Training, TrainingOptions } from './train/training.js';
