import { InterruptedError } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import { type Job, recipeOf } from '../jobs/job.js';
import type { JobEnd, JobGiven, JobPlace } from '../jobs/node/place.js';
import { formatResult } from '../jobs/result.js';
import { runFold } from './fold.js';
import type { ExperimentEvent, NetworkRun, NetworkRunOptions } from './network-run.js';
import { RunFolder } from './run-folder.js';

/** How much of a network's job its trainings are; the rest is its report. */
const MOST_TRAINED = 0.99;

export interface NetworkPlaceOptions extends Pick<NetworkRunOptions, 'threads' | 'onEvent'> {
  readonly onNetwork?: (job: Job, network: NetworkRun) => void;
}

/**
 * Trains networks in this process, each in a run folder inside that of the whole, which keeps its checkpoints; the result of
 * its job says that it is done.
 */
export class NetworkPlace implements JobPlace {
  private readonly dataset: Dataset;
  private readonly options: NetworkPlaceOptions;

  constructor(dataset: Dataset, options: NetworkPlaceOptions = {}) {
    this.dataset = dataset;
    this.options = options;
  }

  async run(job: Job, { data, folder, onProgress, signal }: JobGiven): Promise<JobEnd> {
    const { spec } = job;
    const recipe = { ...recipeOf(spec), data, report: [...spec.rates] };
    const trainings = recipe.calibrate ? 2 : 1;
    let ended = 0;
    const onEvent = (event: ExperimentEvent) => {
      this.options.onEvent?.(event);
      if (event.type === 'end') ended++;
      if (event.type !== 'epoch') return;
      const { epoch, epochs, loss } = event.report;
      onProgress?.({ share: (MOST_TRAINED * (ended + epoch / epochs)) / trainings, loss });
    };
    try {
      const whole = folder === undefined ? undefined : RunFolder.open(folder);
      const { threads } = this.options;
      const network = await runFold(recipe, this.dataset, whole, { threads, signal, onEvent });
      this.options.onNetwork?.(job, network);
      return { type: 'result', text: formatResult({ job: spec, rows: [] }), seconds: network.seconds };
    } catch (error) {
      if (error instanceof InterruptedError) return { type: 'stopped' };
      throw error;
    }
  }
}
