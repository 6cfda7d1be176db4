import { Command, Option } from 'commander';
import { writeWhole } from '../../core/node/write.js';
import { loadDataset } from '../../data/node/load.js';
import { encodeNpz } from '../../data/numpy/encode-npz.js';
import { automaticRecipe } from '../../train/automatic/automatic-recipe.js';
import { loadRecipe } from '../../train/node/load-recipe.js';
import { definedOnly } from '../../train/recipe/parse-recipe.js';
import { featureArrays } from '../../train/samples/feature-arrays.js';
import { checkFile, examples, flags, printResult } from '../options.js';

interface FeaturesOptions {
  readonly recipe?: string;
  readonly split?: string;
  readonly output: string;
  readonly json?: boolean;
}

export function featuresCommand(): Command {
  return new Command('features')
    .description('the inputs of a network, and the labels, as numpy arrays')
    .argument('<name|path>', 'built-in name, folder, or file')
    .addOption(
      new Option(
        '--recipe <recipe>',
        'recipe whose preprocessing to use: built-in name or file (default: the automatic one)',
      ),
    )
    .addOption(flags.split())
    .requiredOption('-o, --output <file>', 'where to write the .npz file')
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate data features irds --recipe irds -o features.npz'))
    .action(writeFeatures);
}

async function writeFeatures(
  name: string,
  { recipe: recipeName, split, output, json }: FeaturesOptions,
): Promise<void> {
  checkFile(output);
  const dataset = await loadDataset(name);
  const recipe = recipeName === undefined ? automaticRecipe(dataset, definedOnly({ split })) : loadRecipe(recipeName);
  const arrays = featureArrays(recipe, dataset, split);
  writeWhole(output, encodeNpz(arrays));
  const shapes = Object.fromEntries(Object.entries(arrays).map(([key, { shape }]) => [key, shape]));
  printResult(json, { file: output, arrays: shapes }, () =>
    [
      ...Object.entries(shapes).map(([key, shape]) => `${key.padEnd(9)} ${shape.join(' x ')}`),
      `Written to ${output}`,
    ].join('\n'),
  );
}
