/**
 * Asynchronous successive halving (L. Li and others: A System for Massively Parallel Hyperparameter Tuning, MLSys 2020) on
 * inner validation: all recipes train up to the first rung; whenever one is among the best 1/η of those that are there, it
 * goes on, from its checkpoint, to the next. Nobody waits for a rung to be complete. What is chosen in the end is decided on
 * complete rungs, and so does not depend on who was done first. Test sequences are in no job of a search.
 */
import { mean } from '../../core/math.js';
import { validationName } from '../../data/validation.js';
import { type Job, specOf } from '../jobs/job.js';
import { jobOf } from '../jobs/node/job-key.js';
import type { JobResult } from '../jobs/result.js';
import type { Results } from '../jobs/run-jobs.js';
import { plannedData, type Search, type SweepPlan } from './plan.js';
import type { Variant } from './variants.js';

/** A recipe that was trained up to a rung, and how it did there. */
export interface Candidate {
  readonly variant: Variant;
  readonly job: Job;
  /** Mean accuracy on the validation sequences, −1 of a training that diverged; undefined before it is done. */
  readonly score: number | undefined;
}

export interface Rung {
  readonly epochs: number;
  readonly candidates: readonly Candidate[];
}

/** Where the search of one split is. */
export interface SearchState {
  readonly split: string;
  /** The split on whose test the recipes are judged: a part of the training sequences of `split`. */
  readonly validation: string;
  /** Those that have candidates. */
  readonly rungs: readonly Rung[];
  /** The best of the last rung, when all are done. */
  readonly chosen: Variant | undefined;
}

/** @param split one of the plan's */
export function searchState(plan: SweepPlan, search: Search, split: string, results: Results): SearchState {
  const validation = validationName(split, search.part);
  const rungs: Rung[] = [];
  let variants = plan.variants;
  for (const epochs of search.rungs) {
    const candidates = variants.map((variant) => candidateOf(plan, search, { variant, validation, epochs }, results));
    rungs.push({ epochs, candidates });
    const done = ranked(candidates);
    variants = done.slice(0, Math.floor(done.length / search.eta)).map(({ variant }) => variant);
    if (variants.length === 0) break;
  }
  const isDone = rungs.every(({ candidates }) => candidates.every(({ score }) => score !== undefined));
  const chosen = isDone ? ranked(rungs[rungs.length - 1].candidates)[0].variant : undefined;
  return { split, validation, rungs, chosen };
}

/** The jobs of a search, those of later rungs first. */
export function searchJobs({ rungs }: SearchState): Job[] {
  return rungs.toReversed().flatMap(({ candidates }) => candidates.map(({ job }) => job));
}

/** The best first; of equals the one that comes first in the plan. */
function ranked(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ score }) => score !== undefined).toSorted((a, b) => b.score! - a.score!);
}

function candidateOf(
  plan: SweepPlan,
  { rates }: Search,
  { variant, validation, epochs }: { variant: Variant; validation: string; epochs: number },
  results: Results,
): Candidate {
  const { split, facts } = plannedData(plan).trainedFor(validation);
  const recipe = { ...variant.recipe, split, seed: plan.seeds[0] };
  const job = jobOf(specOf({ recipe, method: plan.methods[0], rates: plan.rates, until: epochs }, facts));
  const result = results.get(job.key);
  return { variant, job, score: result && scoreOf(result, validation, rates) };
}

function scoreOf({ rows, diverged }: JobResult, validation: string, rates: readonly number[]): number {
  if (diverged !== undefined) return -1;
  const judged = rows.filter(({ split, rate }) => split === validation && rates.includes(rate));
  return mean(judged.map(({ accuracy }) => accuracy));
}
