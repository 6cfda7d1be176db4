/** What queues and their entries are called. A worker looks only into queues whose jobs it would do bit for bit. */
import type { JobType } from 'bullmq';
import { VERSION } from '../../../core/version.js';
import type { Job, JobSpec } from '../../jobs/job.js';

/** Before all names in the queue's database: Redis keys, and the schema in PostgreSQL. */
export const PREFIX = 'anyrate';

/** The queue in which coordinators say which queues have jobs; nobody takes anything out of it. */
export const LOBBY = 'queues';

/** What the jobs of one queue have in common: whoever may do one of them may do all. */
export interface QueueFacts
  extends Pick<JobSpec, 'dataset' | 'fingerprint' | 'revision' | 'method' | 'methodRevision'> {
  readonly version: string;
}

export function factsOf({ dataset, fingerprint, revision, method, methodRevision }: JobSpec): QueueFacts {
  return { dataset, fingerprint, revision, method, methodRevision, version: VERSION };
}

/** One queue for each data set, method, training revision and version of anyrate. */
export function queueNameOf({
  fingerprint,
  revision,
  method,
  methodRevision,
  version,
}: Omit<QueueFacts, 'dataset'>): string {
  return `jobs-${version}-r${revision}-${fingerprint}-${method.replaceAll(/[^\w-]/g, '_')}.${methodRevision}`;
}

/** An entry's name is its job's: the same job is in a queue once, whoever adds it. Names of digits alone are refused. */
export function entryIdOf({ key }: Pick<Job, 'key'>): string {
  return `job-${key}`;
}

/** States of entries that are not settled. */
export const OPEN_STATES: JobType[] = ['waiting', 'prioritized', 'active', 'delayed'];

/** Jobs by the queues that they belong to, in their order. */
export function byQueue(jobs: readonly Job[]): Map<string, Job[]> {
  const queues = new Map<string, Job[]>();
  for (const job of jobs) {
    const name = queueNameOf(factsOf(job.spec));
    const there = queues.get(name);
    if (there === undefined) queues.set(name, [job]);
    else there.push(job);
  }
  return queues;
}
