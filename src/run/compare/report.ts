import type { Recipe } from '../../train/recipe/recipe.js';
import type { Finished, Machine } from '../jobs/result.js';
import type { Comparison, Picture } from './comparison.js';
import { type SeriesSummary, summarise } from './summary.js';

/** A finished comparison. */
export interface ComparisonReport {
  readonly title: string;
  readonly note: string;
  /** The command that makes it. */
  readonly command: string;
  /** Of all trainings, each once, from the first day to the last. */
  readonly machines: readonly Machine[];
  readonly dataset: string;
  readonly classes: number;
  readonly rates: readonly number[];
  readonly seeds: readonly number[];
  readonly series: readonly SeriesSummary[];
  readonly picture: Picture;
  /** The recipes of the lines, each once; a method changes how they are trained and pruned. */
  readonly recipes: readonly Recipe[];
}

export function createComparisonReport(
  comparison: Comparison,
  results: ReadonlyMap<string, Finished>,
  command: string,
): ComparisonReport {
  const { title, note = '', data, rates, seeds, series, picture } = comparison;
  const recipes = new Map(series.map(({ recipe }) => [recipe.name, recipe]));
  return {
    title,
    note,
    command,
    rates,
    seeds,
    picture,
    machines: machinesOf([...results.values()]),
    dataset: data.name,
    classes: data.classes,
    series: summarise(comparison, results),
    recipes: [...recipes.values()].map((recipe) => ({ ...recipe, data: data.name })),
  };
}

function machinesOf(results: readonly Finished[]): Machine[] {
  const nameOf = ({ date, processor, cores, node, version, revision }: Machine) =>
    [date, processor, cores, node, version, revision].join();
  const each = new Map(results.flatMap(({ run }) => (run === undefined ? [] : [[nameOf(run.machine), run.machine]])));
  return [...each.values()].toSorted((a, b) => a.date.localeCompare(b.date));
}
