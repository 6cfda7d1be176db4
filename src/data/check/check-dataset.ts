/** Whether a data set can be trained on, and what about it a person should look at. */
import { aDataset, checkArguments } from '../../core/arguments.js';
import type { Dataset, Sample, Split } from '../dataset.js';
import { parseValidationName } from '../validation.js';
import { type Finding, findingError } from './finding.js';
import { firstRecordingFault, recordingFault, recordingFaults } from './recording-faults.js';
import { sameRecordings } from './same-recordings.js';
import { overlapOf, splitFaults, thinClasses } from './split-faults.js';
import { suspicions } from './suspicions.js';

/**
 * Looks through a whole data set. Errors come first: with them, `createTraining` and `runExperiment` refuse the data set.
 * Of splits other than the first, untrained classes are a warning.
 * @example
 * for (const { severity, what, mend } of checkDataset(await loadDataset('my-moves'))) console.log(severity, what, mend);
 */
export function checkDataset(dataset: Dataset): Finding[] {
  checkArguments('checkDataset', { dataset: [aDataset, dataset] });
  const faults = recordingFaults(dataset);
  const isSound = faults.length === 0;
  const found = [
    ...faults,
    ...(dataset.warnings ?? []),
    ...(isSound ? sameRecordings(dataset) : []),
    ...(isSound
      ? dataset.splits.flatMap((split, i) => splitFaults(dataset, split, i === 0 ? 'error' : 'warning'))
      : []),
    ...(isSound ? thinClasses(dataset, dataset.splits[0]) : []),
    ...(isSound ? suspicions(dataset) : []),
  ];
  const isError = ({ severity }: Finding) => severity === 'error';
  return [...found.filter(isError), ...found.filter((one) => !isError(one))];
}

/** @throws InputError that names data set, recording, frame and joint where positions or labels cannot be used */
export function requireSoundRecordings(dataset: Dataset): void {
  const fault = firstRecordingFault(dataset);
  if (fault !== undefined) throw findingError(fault);
}

/** The same of one recording, whose positions the caller has read. */
export function requireSoundRecording(sample: Sample, positions: Float32Array, dataset: Dataset): void {
  const fault = recordingFault(sample, positions, dataset);
  if (fault !== undefined) throw findingError(fault);
}

/** @throws InputError where a split has a recording in both parts */
export function requireApart(dataset: Dataset): void {
  const [error] = dataset.splits.flatMap((split) =>
    overlapOf(dataset, split, { set: dataset.name, split: split.name }),
  );
  if (error !== undefined) throw findingError(error);
}

/** @throws InputError where recordings cannot be used, are there twice, or a split does not divide them as it should */
export function requireTrainable(dataset: Dataset, splits: readonly Split[]): void {
  requireSoundRecordings(dataset);
  const error = [
    ...sameRecordings(dataset),
    ...splits
      .filter(({ name }) => parseValidationName(name) === undefined)
      .flatMap((split) => splitFaults(dataset, split, 'error')),
  ].find(({ severity }) => severity === 'error');
  if (error !== undefined) throw findingError(error);
}
