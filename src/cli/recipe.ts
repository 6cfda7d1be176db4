import { Command } from 'commander';
import { builtinRecipes, loadRecipe } from '../train/node/load-recipe.js';
import { examples, flags, printResult } from './options.js';

export function recipeCommand(): Command {
  const command = new Command('recipe').description('list the built-in recipes, or show one with all its defaults');
  command
    .command('list')
    .description('names and data sets of the built-in recipes')
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate recipe list'))
    .action(({ json }: { json?: boolean }) => {
      const recipes = builtinRecipes().map((name) => loadRecipe(name));
      const rows = recipes.map(({ name, data, split, training }) => ({ name, data, split, epochs: training.epochs }));
      printResult(json, rows, () =>
        rows
          .map(({ name, data, split, epochs }) => `${name.padEnd(12)} ${data}, ${split}, ${epochs} epochs`)
          .join('\n'),
      );
    });
  command
    .command('show')
    .description('a recipe as JSON, ready to be saved and changed')
    .argument('<name>', 'built-in name or file')
    .option('--json', 'the same output: a recipe is JSON')
    .addHelpText('after', examples('anyrate recipe show irds > mine.json', 'anyrate train mine.json'))
    .action((name: string) => console.log(JSON.stringify(loadRecipe(name), null, 2)));
  return command.addHelpText('after', examples('anyrate recipe list', 'anyrate recipe show irds > mine.json'));
}
