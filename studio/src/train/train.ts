// Training and measuring, in the engine: the same steps as `anyrate train project.zip`, so the same bytes.
import {
  createReport,
  createTraining,
  type Dataset,
  decodeCheckpoint,
  decodeModel,
  encodeCheckpoint,
  encodeModel,
  evaluate,
  labelledSequences,
  type Model,
  parseRecipe,
  prepareBrowserWorkers,
  type Recipe,
  type ReportRow,
  readFolder,
  restoreCheckpoint,
  searchRecipe,
  stateAccuracy,
  type Training,
  takeCheckpoint,
  train,
} from 'anyrate/browser';
import type { CallContext } from '../bridge/serve.js';
import type { EngineCalls, Trained, TrainingEvent, TrainingKept } from '../calls.js';
import { recordingsOf } from '../clip.js';
import { type ProjectData, slug } from '../project.js';
import { asRecordingFiles, clipIdOf, projectFiles } from '../project-files.js';
import { CURVE_RATES } from './curve-rates.js';
import { shorter, startOf } from './train-on.js';

/** Time between two checkpoints, in milliseconds. */
const CHECKPOINT_INTERVAL = 1000;

/** Trains a project, anew, or on from a network; or goes on where it was stopped; undefined where it was stopped again. */
export async function trainProject(
  { data, kept, threads, from }: EngineCalls['train']['in'],
  { emit, signal }: CallContext<TrainingEvent>,
): Promise<Trained | undefined> {
  const dataset = await datasetOf(data);
  const recipe = await recipeOf({ data, kept, from }, dataset, emit, signal);
  if (recipe === undefined) return undefined;
  const isOn = kept?.isOn ?? from !== undefined;
  const startWorkers = await prepareBrowserWorkers(threads - 1, new URL('./thread.js', self.location.href));
  const isFresh = kept?.checkpoint === undefined && from !== undefined;
  const training = createTraining(recipe, dataset, {
    ...(startWorkers !== undefined && { threads, startWorkers }),
    ...(isFresh && { start: startOf(decodeModel(from.model, 'the last network'), recipe, dataset) }),
  });
  try {
    if (kept?.checkpoint !== undefined) {
      restoreCheckpoint(training, decodeCheckpoint(kept.checkpoint, 'checkpoint'), 'checkpoint');
    }
    const { epochs } = recipe.training;
    emit({ type: 'start', epoch: training.epoch, epochs, threads: startWorkers === undefined ? 1 : threads });
    const started = performance.now();
    await runTraining(training, isOn, emit, signal);
    if (!training.done) return undefined;
    return { ...describe(training, dataset, data), seconds: (performance.now() - started) / 1000, isOn };
  } finally {
    training.close();
  }
}

/** That of the training that goes on, of the network that is trained on, or a new one; undefined where it was stopped. */
async function recipeOf(
  { data, kept, from }: Pick<EngineCalls['train']['in'], 'data' | 'kept' | 'from'>,
  dataset: Dataset,
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<Recipe | undefined> {
  if (kept !== undefined) return parseRecipe(JSON.parse(kept.recipe), 'recipe');
  if (from === undefined) return chooseRecipe(dataset, data, emit, signal);
  return shorter(parseRecipe(JSON.parse(from.recipe), 'recipe'), data.project.epochs);
}

/** The automatic recipe of one block, since trials of networks over time take long in a page; undefined where it was stopped. */
async function chooseRecipe(
  dataset: Dataset,
  { project: { seed, budget, epochs } }: ProjectData,
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<Recipe | undefined> {
  const split = dataset.splits[0].name;
  let trials = 0;
  try {
    const options = { name: dataset.name, split, budget, seed, signal, family: 'one-block' } as const;
    for await (const event of searchRecipe(dataset, options)) {
      if (event.type === 'trial') emit({ type: 'trial', trials: ++trials });
      else {
        const recipe = parseRecipe(event.recipe, 'automatic recipe', epochs === undefined ? {} : { epochs });
        emit({ type: 'checkpoint', kept: keptOf(recipe, undefined, false) });
        return recipe;
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return undefined;
}

async function runTraining(
  training: Training,
  isOn: boolean,
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  let saved = performance.now();
  for await (const event of train(training, { rates: CURVE_RATES, signal })) {
    if (event.type === 'evaluation') {
      emit(event);
      continue;
    }
    const { epoch, epochs, loss } = event.report;
    emit({ type: 'epoch', epoch, epochs, loss });
    if (performance.now() - saved < CHECKPOINT_INTERVAL) continue;
    emit({ type: 'checkpoint', kept: keptOf(training.recipe, training, isOn) });
    saved = performance.now();
  }
  if (!training.done) emit({ type: 'checkpoint', kept: keptOf(training.recipe, training, isOn) });
}

function keptOf(recipe: Recipe, training: Training | undefined, isOn: boolean): TrainingKept {
  const checkpoint = training && encodeCheckpoint(takeCheckpoint(training));
  const { epochs } = recipe.training;
  return { recipe: JSON.stringify(recipe), epoch: training?.epoch ?? 0, epochs, checkpoint, isOn };
}

/** The network with what it is known to be able to do. */
function describe(training: Training, dataset: Dataset, data: ProjectData): Omit<Trained, 'seconds' | 'isOn'> {
  const { recipe, split } = training;
  const trained = decodeModel(encodeModel(training.model()), 'model');
  const sequences = labelledSequences(trained, dataset, split.test);
  const facts = { part: 'test' as const, split: split.name, sequences: sequences.length };
  const model = stateAccuracy(trained, facts, evaluate(trained, sequences, recipe.report));
  const tested = split.test.map((index) => clipIdOf(dataset.samples[index].id));
  const rows = rowsOf(model, dataset, recipe.report);
  const recordings = recordingsOf(data.clips);
  return { model: encodeModel(model), recipe: JSON.stringify(recipe), rows, tested, recordings };
}

/** Accuracy, size and confusion at rates. */
export async function measure({ data, model, rates }: EngineCalls['measure']['in']): Promise<readonly ReportRow[]> {
  return rowsOf(decodeModel(model, 'model'), await datasetOf(data), rates);
}

function rowsOf(model: Model, dataset: Dataset, rates: readonly number[]): ReportRow[] {
  const { rates: rows } = createReport(model, dataset, { rates, confusion: true });
  return rows.map(({ wrong = [], ...row }) => ({
    ...row,
    wrong: wrong.map((answer) => ({ ...answer, id: clipIdOf(answer.id) })),
  }));
}

/** The project as the data set that `anyrate train` reads out of its file. */
export function datasetOf(data: ProjectData): Promise<Dataset> {
  return readFolder(asRecordingFiles(projectFiles(data)), slug(data.project.title));
}
