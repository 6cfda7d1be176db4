import { InputError } from '../../core/errors.js';
import type { JobSource } from '../../run/jobs/run-jobs.js';

/** One of `count` parts of a list of jobs, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** `2/5` */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,5})\/(\d{1,5})$/.exec(text.trim()) ?? [];
  if (index !== undefined && Number(index) >= 1 && Number(index) <= Number(count))
    return { index: Number(index), count: Number(count) };
  const expected = 'i/n, i from 1 to n, such as 2/5';
  throw new InputError({ source: '--shard', expected, found: `"${text}"`, mend: 'See --help.' });
}

/** Every n-th job of the list alone; the others are neither run nor waited for. */
export function shardSource(source: JobSource, shard: Shard | undefined): JobSource {
  if (shard === undefined) return source;
  return (results) => source(results).filter((_, i) => i % shard.count === shard.index - 1);
}
