import { formatCount, formatPercent } from '../../core/format.js';
import type { Dataset } from '../../data/dataset.js';
import { selectSplit, splitInWords } from '../../data/splits.js';
import { partOf } from '../../data/validation.js';
import type { ExperimentEvent } from '../../run/node/network-run.js';
import type { SearchEvent } from '../../train/automatic/search-recipe.js';
import { choicesInWords, searchTable } from '../../train/automatic/search-table.js';
import type { Trial } from '../../train/automatic/trial.js';
import { onInterrupt, tell } from '../failure.js';
import { createProgress, type Progress } from './progress.js';
import { TrialProgress } from './trial-progress.js';

interface Printer {
  readonly show: (event: ExperimentEvent) => void;
  readonly stop: () => void;
}

/** Where an experiment tells what it does, and learns that it is to end. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly onEvent: (event: ExperimentEvent) => void;
}

/** Does something long with a data set, told on stderr. An interruption is answered with `what`, such as `Stopping`. */
export async function watched<T>(dataset: Dataset, what: string, work: (watch: Watch) => Promise<T>): Promise<T> {
  const { signal, release } = onInterrupt(what);
  const { show, stop } = createPrinter(dataset);
  try {
    return await work({ signal, onEvent: show });
  } finally {
    stop();
    release();
  }
}

function createPrinter(dataset: Dataset): Printer {
  let progress: Progress | undefined;
  const trial = new TrialProgress();
  const stop = () => {
    trial.stop();
    progress?.stop();
  };
  const show = (event: ExperimentEvent) => {
    if (event.type === 'fold') tell(`${event.split} of ${event.folds}`);
    else if (event.type === 'fold-progress') tellFold(event);
    else if (event.type === 'calibration') tell(describeCalibration(event));
    else if (event.type === 'trial-progress') trial.show(event.share);
    else if (event.type === 'trial') {
      trial.stop();
      tell(describeTrial(event.trial));
    } else if (event.type === 'chosen') tell(describeChoice(event));
    else if (event.type === 'start') {
      tell(`Split ${splitInWords(dataset, selectSplit(dataset, event.split))}`);
      progress = createProgress({ epochs: event.epochs, done: event.done, on: partOf(event.split) });
    } else if (event.type === 'end') stop();
    else progress?.show(event);
  };
  return { show, stop };
}

/** A line where a fold begins and where it is done. */
function tellFold({ split, share }: Extract<ExperimentEvent, { type: 'fold-progress' }>): void {
  if (share === 0) tell(`${split} begins`);
  else if (share === 1) tell(`${split} is done`);
}

function describeTrial({ choices, accuracy, steps }: Trial): string {
  const cost = steps === 0 ? '' : ` after ${formatCount(steps)} steps`;
  return `Tried ${choicesInWords(choices)}: ${formatPercent(accuracy)} on validation${cost}`;
}

function describeChoice({ rounds, choices }: Extract<SearchEvent, { type: 'chosen' }>): string {
  return rounds.length === 0
    ? `Too few recordings for trials: ${choicesInWords(choices)}`
    : `\n${searchTable(rounds)}\n`;
}

function describeCalibration({ trains, split }: Extract<ExperimentEvent, { type: 'calibration' }>): string {
  return trains === 'all'
    ? 'With all training sequences'
    : `Without the validation part (${split}), for the temperatures`;
}
