import { InputError } from '../../../core/errors.js';
import type { Dataset } from '../../../data/dataset.js';
import { dataOf, type JobSpec } from '../job.js';

/** @throws InputError where a data set is not that of a job, to the last bit of its sequences, or is divided otherwise */
export function checkData({ dataset, fingerprint, parts, recipe }: JobSpec, found: Dataset, source: string): void {
  const { split } = recipe as { split: string };
  const there = dataOf(found, split);
  if (there.fingerprint === fingerprint && there.parts === parts) return;
  const isOther = there.fingerprint !== fingerprint;
  throw new InputError({
    source,
    expected: isOther ? `the data of the job: ${dataset} with fingerprint ${fingerprint}` : `the job's split ${split}`,
    found: isOther ? `${there.dataset} with fingerprint ${there.fingerprint}` : 'other sequences in its parts',
    mend: 'Give the same data on every machine with --data; jobs that it does not fit are left to others.',
  });
}
