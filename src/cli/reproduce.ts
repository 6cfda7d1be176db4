import { join } from 'node:path';
import { Command, Option } from 'commander';
import { InputError } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';
import { isBuiltin, loadDataset } from '../data/node/load.js';
import { REPORT_RATES } from '../evaluate/report/report.js';
import { type Comparison, comparedData, type Series } from '../run/compare/comparison.js';
import { type Protocol, protocolNamed, protocols } from '../run/compare/protocols.js';
import { trainableSplit } from '../train/create-training.js';
import { loadRecipe } from '../train/node/load-recipe.js';
import { checkRecipe } from '../train/recipe/check-recipe.js';
import { definedOnly, type RecipeOverrides } from '../train/recipe/parse-recipe.js';
import { describeCommand } from './compare/plan.js';
import { reportComparison } from './compare/run.js';
import { examples, flags, seedsTo } from './options.js';

interface ReproduceOptions {
  readonly data?: string;
  readonly seeds: number;
  readonly epochs?: number;
  readonly jobs: number;
  readonly fast?: boolean;
  readonly out: string;
  readonly json?: boolean;
}

export function reproduceCommand(): Command {
  return new Command('reproduce')
    .description('accuracy at every rate by the protocol of a data set: mean and spread over seeds')
    .argument('<protocol>', protocols.map(({ name }) => name).join(', '))
    .addOption(flags.data())
    .addOption(flags.seeds().default(5))
    .addOption(flags.epochs())
    .addOption(flags.jobs())
    .addOption(flags.fast())
    .addOption(new Option('--out <dir>', 'folder of the tables and the picture').default(join('docs', 'results')))
    .addOption(flags.json())
    .addHelpText(
      'after',
      '\nFinished trainings are kept in runs/reproduce-<protocol>; run the same command\nagain to continue.',
    )
    .addHelpText('after', examples('anyrate reproduce irds', 'anyrate reproduce sbu --data path/to/sbu --seeds 10'))
    .action(reproduce);
}

async function reproduce(name: string, options: ReproduceOptions): Promise<void> {
  const protocol = protocolNamed(name);
  const comparison = await plan(protocol, options);
  const file = `reproduce-${name}`;
  const command = describeCommand(`reproduce ${name}`, name, options);
  const run = { folder: join('runs', file), data: options.data ?? name, processes: options.jobs, command };
  await reportComparison(comparison, run, join(options.out, file), options.json);
}

async function plan(protocol: Protocol, { data, seeds, epochs, fast }: ReproduceOptions): Promise<Comparison> {
  const { title, note, lines } = protocol;
  const dataset = await loadProtocolData(protocol, data);
  const overrides = definedOnly({ data, epochs, arithmetic: fast ? 'fast' : undefined });
  const series = lines.map((line) => seriesOf(line, overrides, dataset));
  return {
    title,
    note,
    data: comparedData(dataset),
    series,
    rates: REPORT_RATES,
    picture: 'curves',
    seeds: seedsTo(seeds),
  };
}

function seriesOf(
  { title, recipe: name, splits }: Protocol['lines'][number],
  overrides: RecipeOverrides,
  dataset: Dataset,
): Series {
  const recipe = loadRecipe(name, overrides);
  checkRecipe(recipe, dataset);
  for (const split of splits) trainableSplit(dataset, split);
  return { title, method: 'mrmp', recipe, splits };
}

/** @throws InputError where there is no data, that of another set, or a part of it */
async function loadProtocolData({ name, sequences }: Protocol, data: string | undefined): Promise<Dataset> {
  const mend = `Pass --data with the folder of ${name}, as its authors publish it.`;
  const wrong = (found: string) => new InputError({ source: '--data', expected: `the data set ${name}`, found, mend });
  if (data === undefined && !isBuiltin(name)) throw wrong('none');
  const dataset = await loadDataset(data ?? name);
  if (dataset.name !== name) throw wrong(dataset.name);
  const count = dataset.samples.length;
  if (sequences !== undefined && count !== sequences) {
    const expected = `the ${sequences} sequences of ${name}`;
    throw new InputError({
      source: '--data',
      expected,
      found: `${count}`,
      mend: 'Complete your copy of the data set.',
    });
  }
  return dataset;
}
