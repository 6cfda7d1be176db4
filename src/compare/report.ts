import type { Recipe } from '../train/recipe.js';
import type { Comparison } from './comparison.js';
import type { JobResult } from './run-job.js';
import { type SeriesSummary, summarise } from './summary.js';

/** What a comparison was measured with. */
export interface Machine {
  /** Day of the report, YYYY-MM-DD. */
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  readonly version: string;
}

/** A finished comparison. */
export interface ComparisonReport {
  readonly title: string;
  readonly note: string;
  /** The command that makes it. */
  readonly command: string;
  readonly machine: Machine;
  readonly dataset: string;
  readonly classes: number;
  readonly rates: readonly number[];
  readonly seeds: readonly number[];
  readonly series: readonly SeriesSummary[];
  /** The recipes of the lines, each once; a method changes how they are trained and pruned. */
  readonly recipes: readonly Recipe[];
}

export function createComparisonReport(
  comparison: Comparison,
  results: ReadonlyMap<string, JobResult>,
  { command, machine }: Pick<ComparisonReport, 'command' | 'machine'>,
): ComparisonReport {
  const { title, note = '', dataset, rates, seeds, series } = comparison;
  const recipes = new Map(series.map(({ recipe }) => [recipe.name, recipe]));
  return {
    ...{ title, note, command, machine, rates, seeds },
    ...{ dataset: dataset.name, classes: dataset.classes.length },
    series: summarise(comparison, results),
    recipes: [...recipes.values()].map((recipe) => ({ ...recipe, data: dataset.name })),
  };
}
