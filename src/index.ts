/** The browser-safe public API; `anyrate/node` adds files and threads. */
export { DivergenceError, type Fault, InputError, InterruptedError } from './core/errors.js';
export { VERSION } from './core/version.js';
export { decodeAnyset, encodeAnyset } from './data/anyset.js';
export type { Dataset, Sample, SkippedFile, Split } from './data/dataset.js';
export { type DatasetSummary, describeDataset } from './data/describe.js';
export type { FolderEntry } from './data/formats/format.js';
export { readFolder } from './data/recognise.js';
export { parseSequence, type SequenceShape } from './data/sequence-file.js';
export { selectSplit } from './data/splits.js';
export type { Exported, Exporter, ExportOptions } from './export/exporter.js';
export { exporters, exportModel } from './export/exporters.js';
export { type Imported, type ImportOptions, importSafetensors } from './export/safetensors/import-safetensors.js';
export {
  decodeSafetensors,
  encodeSafetensors,
  type RawTensor,
  type Safetensors,
} from './export/safetensors/safetensors.js';
export { decodeModel, encodeModel } from './model/file.js';
export { Model, type ModelDescription, type ModelParameters, type Provenance } from './model/model.js';
export { quantise } from './model/quantise.js';
export { type Budget, cut } from './pruning/cut.js';
export { dropDead } from './pruning/keep.js';
export { type LiveLayer, type LiveNetwork, liveWeights } from './pruning/live.js';
export { createPredictor, type PredictOptions, type Predictor, predict } from './pruning/predict.js';
export { type ModelSize, modelSize, type WeightSize, weightSize } from './pruning/size.js';
export { createReport, type Report, type ReportOptions, type ReportRow } from './report/report.js';
export { reportTable } from './report/table.js';
export type { Precision } from './runtime/file/precision.js';
export type { Prediction } from './runtime/view.js';
export type { Layout } from './skeleton/layout.js';
export { layoutNamed, layouts } from './skeleton/layouts.js';
export { Pipeline, type Preprocessing } from './skeleton/pipeline.js';
export type { SkeletonSequence } from './skeleton/sequence.js';
export { calibrate, stateAccuracy } from './train/calibrate.js';
export { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './train/checkpoint.js';
export { createTraining } from './train/create-training.js';
export { evaluate, type LabelledSequence, type RateResult } from './train/evaluate.js';
export { labelledSequences } from './train/labelled-sequences.js';
export { parseRecipe, type RecipeOverrides } from './train/parse-recipe.js';
export { REPORT_RATES, type Recipe } from './train/recipe.js';
export { type Smallest, smallestKeeping } from './train/smallest.js';
export { type TrainEvent, type TrainRunOptions, train } from './train/train.js';
export type { EpochReport, Training, TrainingOptions, TrainingState } from './train/training.js';
