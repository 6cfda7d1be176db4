import type { RateAccuracy } from '../../evaluate/evaluate.js';
import type { WeightSize } from '../../pruning/cut/size.js';
import { canonicalJson, type JobSpec } from './job.js';

/** A network of exactly the budget, on the test sequences of a split. */
export interface JobRow extends RateAccuracy, Pick<WeightSize, 'nonzeros' | 'macs'> {
  readonly split: string;
  /** The share of zeros that the method's own threshold gives: a(r) of a prior; exact where it has none. */
  readonly actualRate: number;
  /** Of the network of the actual rate: as the method prunes. */
  readonly accuracyAtThreshold: number;
}

/** What a job gives: the same bytes, whoever does it, with however many threads and interruptions. */
export interface JobResult {
  readonly job: JobSpec;
  readonly rows: readonly JobRow[];
  /** Of a trial: 1 for each right answer, 0 for each wrong one, sequence by sequence at one rate after the other. */
  readonly hits?: string | undefined;
  /** Why the training diverged; there are no rows then. */
  readonly diverged?: string | undefined;
}

/** Where, with what and when networks were trained. */
export interface Machine {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  readonly version: string;
  /** TRAINING_REVISION: trainings of another one have other bits. */
  readonly revision: number;
}

/** How a result came about; kept apart from it. */
export interface JobRun {
  /** Time of all trainings, without evaluation, those before an interruption included. */
  readonly seconds: number;
  readonly machine: Machine;
}

/** A job that is done; `run` is unknown where results alone were copied. */
export interface Finished {
  readonly result: JobResult;
  readonly run?: JobRun | undefined;
}

/** What is written to the file of a result; the job in its canonical order, however often it was sent and parsed. */
export function formatResult({ job, ...figures }: JobResult): string {
  return `${JSON.stringify({ job: JSON.parse(canonicalJson(job)), ...figures }, null, 1)}\n`;
}
