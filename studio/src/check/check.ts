import { checkDataset } from 'anyrate/browser';
import type { Checked } from '../calls.js';
import type { ProjectData } from '../project.js';
import { datasetOf } from '../train/train.js';

/** What `anyrate data check` says of the project. */
export async function check(data: ProjectData): Promise<Checked> {
  const dataset = await datasetOf(data);
  return { findings: checkDataset(dataset), split: dataset.splits[0].description };
}
