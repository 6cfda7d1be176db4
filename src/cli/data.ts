import { Command } from 'commander';
import { checkCommand } from './data/check.js';
import { convertCommand } from './data/convert.js';
import { featuresCommand } from './data/features.js';
import { infoCommand } from './data/info.js';
import { initCommand } from './data/init.js';
import { listCommand } from './data/list.js';
import { showCommand } from './data/show.js';
import { examples } from './options.js';

export function dataCommand(): Command {
  const command = new Command('data').description(
    'describe, check, show and convert data sets: built-in ones and your own',
  );
  for (const create of [
    listCommand,
    infoCommand,
    initCommand,
    checkCommand,
    showCommand,
    convertCommand,
    featuresCommand,
  ]) {
    command.addCommand(create());
  }
  return command.addHelpText('after', examples('anyrate data list', 'anyrate data check my-moves'));
}
