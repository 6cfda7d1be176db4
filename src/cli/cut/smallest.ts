import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../core/errors.js';
import { formatPercent, formatRate } from '../../core/format.js';
import { loadDataset } from '../../data/node/load.js';
import { selectSplit } from '../../data/splits.js';
import { partOf } from '../../data/validation.js';
import { labelledSequences } from '../../evaluate/labelled-sequences.js';
import { type Smallest, smallestKeeping } from '../../evaluate/smallest.js';
import { quantise } from '../../model/file/quantise.js';
import type { Model } from '../../model/model.js';
import { runOf } from '../../run/node/load-model.js';
import { VALIDATION_FOLDER } from '../../run/node/network-run.js';
import { RunFolder } from '../../run/node/run-folder.js';
import type { Precision } from '../../runtime/file/precision.js';

/** The smallest network of a run that keeps a share of the unpruned accuracy on the run's validation part. */
export async function findSmallest(path: string, precision: Precision, share: number): Promise<Smallest> {
  const { model, data } = validationOf(path);
  const dataset = await loadDataset(data);
  const { test } = selectSplit(dataset, model.description.provenance.split);
  const judged = precision === model.precision ? model : quantise(model, precision);
  return smallestKeeping(judged, labelledSequences(judged, dataset, test), share);
}

export function describeKept({ rate, sequences, unpruned, accuracy, kept, interval }: Smallest): string {
  const [low, high] = interval.map(formatPercent);
  return `Rate ${formatRate(rate)} keeps ${formatPercent(kept)} of the unpruned accuracy (95 % interval ${low} to ${high}, paired
bootstrap over sequences): ${formatPercent(accuracy)} of ${formatPercent(unpruned)} on ${sequences} validation sequences.`;
}

/** The network that was trained without the validation part: the run's own, or that of the run inside it. */
function validationOf(path: string): { readonly model: Model; readonly data: string } {
  const run = runOf(path);
  if (run === undefined) throw noValidation(path, 'a model without a run');
  const inside = join(run.path, VALIDATION_FOLDER);
  const folder = existsSync(inside) ? RunFolder.open(inside) : run;
  const model = folder.model();
  if (partOf(model.description.provenance.split) === 'test')
    throw noValidation(path, 'a run that trained on all of it');
  return { model, data: folder.recipe().data };
}

function noValidation(source: string, found: string): InputError {
  return new InputError({
    source,
    expected: 'the folder of a run that set validation data aside, for --keep',
    found,
    mend: 'Make one with "anyrate train --calibrate", or give --rate.',
  });
}
