import type { SeriesSummary } from './summary.js';

/** By how much a line is ahead of another one at a rate. */
export interface Leads {
  readonly rate: number;
  /** Points, one for each seed that both have done. */
  readonly leads: readonly number[];
}

/** Points by which the first line is ahead of another one, in pairs of the same seed, rate by rate; none where no seed is done by both. */
export function leadsOf(first: SeriesSummary, other: SeriesSummary): Leads[] {
  const shared = first.seeds.filter((seed) => other.seeds.includes(seed));
  if (shared.length === 0) return [];
  return other.rows.map(({ rate, accuracies }, r) => {
    const leads = shared.map(
      (seed) => 100 * (first.rows[r].accuracies[first.seeds.indexOf(seed)] - accuracies[other.seeds.indexOf(seed)]),
    );
    return { rate, leads };
  });
}
