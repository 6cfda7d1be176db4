import type { Recipe } from '../../train/recipe/recipe.js';
import { allJobs, type Comparison, type Series } from '../compare/comparison.js';
import type { Job } from '../jobs/job.js';
import type { JobSource, Results } from '../jobs/run-jobs.js';
import { methodNamed } from '../methods/methods.js';
import { plannedData, type SweepPlan } from './plan.js';
import { type SearchState, searchJobs, searchState } from './search.js';

/** Title of a line whose recipe was chosen for each split. */
const CHOSEN = 'chosen by search';

/** The searches of a plan, one a split; of a plan without a search, none. */
export function searchStates(plan: SweepPlan, results: Results): SearchState[] {
  const { search, splits } = plan;
  return search === undefined ? [] : splits.map((split) => searchState(plan, search, split, results));
}

/** The lines of a sweep's report: each method on each recipe; after a search, on what it chose, for the splits that are settled. */
export function sweepComparison(plan: SweepPlan, results: Results): Comparison {
  const { name, rates, seeds } = plan;
  const series = plan.search === undefined ? seriesOf(plan) : chosenSeries(plan, searchStates(plan, results));
  return { title: name, data: plannedData(plan), series, rates, seeds, picture: 'curves' };
}

function seriesOf({ variants, methods, splits }: SweepPlan): Series[] {
  return variants.flatMap(({ name, recipe }) =>
    methods.map((method) => ({ title: titleOf(name, method, methods), method, recipe, splits })),
  );
}

function chosenSeries({ methods }: SweepPlan, states: readonly SearchState[]): Series[] {
  const chosen = new Map<string, Recipe>();
  for (const { split, chosen: variant } of states) if (variant !== undefined) chosen.set(split, variant.recipe);
  const [first] = chosen.values();
  if (first === undefined) return [];
  const recipe = { ...first, name: CHOSEN };
  const splits = [...chosen.keys()];
  return methods.map((method) => ({ title: titleOf(CHOSEN, method, methods), method, recipe, splits, chosen }));
}

function titleOf(name: string, method: string, methods: readonly string[]): string {
  return methods.length === 1 ? name : `${name}, ${methodNamed(method).title}`;
}

/** All jobs of a sweep, as far as the results tell: those of later rungs before those of earlier ones, then the trainings that are tested. */
export function sweepSource(plan: SweepPlan): JobSource {
  const withoutSearch = plan.search === undefined ? allJobs(sweepComparison(plan, new Map())) : undefined;
  const made = new WeakMap<Results, { readonly size: number; readonly jobs: readonly Job[] }>();
  return (results) => {
    if (withoutSearch !== undefined) return withoutSearch;
    const last = made.get(results);
    if (last?.size === results.size) return last.jobs;
    const jobs = withSearch(plan, results);
    made.set(results, { size: results.size, jobs });
    return jobs;
  };
}

function withSearch(plan: SweepPlan, results: Results): Job[] {
  const searched = searchStates(plan, results).flatMap(searchJobs);
  return [...searched, ...allJobs(sweepComparison(plan, results))];
}
