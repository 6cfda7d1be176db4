import { type ComparisonReport, createComparisonReport } from '../compare/report.js';
import type { Finished } from '../jobs/result.js';
import { openJobs, type Results } from '../jobs/run-jobs.js';
import { differencesOf, type LineDifferences } from './differences.js';
import type { SweepPlan } from './plan.js';
import { searchStates, sweepComparison, sweepSource } from './sweep-jobs.js';
import type { Settings } from './variants.js';

/** What a search did for one split. */
export interface SearchReport {
  readonly split: string;
  /** On whose sequences recipes were judged. */
  readonly validation: string;
  readonly sequences: number;
  readonly rungs: readonly {
    readonly epochs: number;
    readonly candidates: readonly { readonly name: string; readonly score: number | null }[];
  }[];
  readonly chosen: string | null;
}

/** All of a sweep that is the same whoever ran it, and in `trainings` what is not. */
export interface SweepReport {
  readonly name: string;
  readonly command: string;
  readonly jobs: { readonly wanted: number; readonly done: number };
  readonly comparison: Omit<ComparisonReport, 'machines'>;
  readonly variants: readonly { readonly name: string; readonly base: string; readonly settings: Settings }[];
  readonly differences: readonly LineDifferences[];
  readonly searches: readonly SearchReport[];
  readonly trainings: Pick<ComparisonReport, 'machines'> & {
    /** Of all jobs together; null where it is not known of each. */
    readonly seconds: number | null;
  };
}

export function createSweepReport(plan: SweepPlan, finished: ReadonlyMap<string, Finished>): SweepReport {
  const results: Results = new Map([...finished].map(([key, { result }]) => [key, result]));
  const comparison = sweepComparison(plan, results);
  const { machines, ...compared } = createComparisonReport(comparison, withoutRuns(finished), plan.command);
  const wanted = sweepSource(plan)(results);
  const runs = [...finished.values()];
  return {
    name: plan.name,
    command: plan.command,
    jobs: { wanted: wanted.length, done: wanted.length - openJobs(() => wanted, results).length },
    comparison: { ...compared, recipes: plan.variants.map(({ recipe }) => recipe) },
    variants: plan.variants.map(({ name, base, settings }) => ({ name, base, settings })),
    differences: differencesOf(comparison, results, plan.data.splits),
    searches: searchReports(plan, results),
    trainings: {
      machines: createComparisonReport(comparison, finished, plan.command).machines,
      seconds: runs.reduce<number | null>((total, { run }) => (run && total !== null ? total + run.seconds : null), 0),
    },
  };
}

/** Times are told apart, since they differ from run to run. */
function withoutRuns(finished: ReadonlyMap<string, Finished>): Map<string, Finished> {
  return new Map([...finished].map(([key, { result }]) => [key, { result }]));
}

function searchReports(plan: SweepPlan, results: Results): SearchReport[] {
  return searchStates(plan, results).map(({ split, validation, rungs, chosen }) => ({
    split,
    validation,
    sequences: plan.data.splits[validation].test,
    rungs: rungs.map(({ epochs, candidates }) => ({
      epochs,
      candidates: candidates.map(({ variant, score = null }) => ({ name: variant.name, score })),
    })),
    chosen: chosen?.name ?? null,
  }));
}
