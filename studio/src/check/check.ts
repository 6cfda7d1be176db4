import { checkDataset } from 'anyrate/browser';
import type { Checked } from '../calls.js';
import type { ProjectData } from '../project.js';
import { datasetOf } from '../train/train.js';

/** What `anyrate data check` says of the project. */
export async function check(data: ProjectData): Promise<Checked> {
  const dataset = await datasetOf(data);
  const [{ train, test }] = dataset.splits;
  const people = (indices: readonly number[]) =>
    [...new Set(indices.map((index) => dataset.samples[index].subject))].toSorted();
  return { findings: checkDataset(dataset), testers: people(test), trainers: people(train) };
}
