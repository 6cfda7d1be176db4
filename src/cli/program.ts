import { Command } from 'commander';
import { VERSION } from '../core/version.js';
import { ablateCommand } from './ablate.js';
import { benchInferCommand } from './bench/infer.js';
import { benchStepCommand } from './bench/step.js';
import { compareCommand } from './compare.js';
import { completionCommand } from './completion.js';
import { cutCommand } from './cut.js';
import { dataCommand } from './data.js';
import { evalCommand } from './eval.js';
import { exportCommand } from './export.js';
import { importCommand } from './import.js';
import { examples } from './options.js';
import { pluginOption } from './plugins.js';
import { predictCommand } from './predict.js';
import { recipeCommand } from './recipe.js';
import { reproduceCommand } from './reproduce.js';
import { studioCommand } from './studio.js';
import { sweepCommand } from './sweep.js';
import { trainCommand } from './train.js';
import { workerCommand } from './worker.js';

/** The whole command line; errors are thrown. */
export function createProgram(): Command {
  const program = new Command('anyrate')
    .description('Train one skeleton-recognition network, and cut from it an accurate one at any pruning rate.')
    .version(VERSION)
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addOption(pluginOption())
    .addHelpText(
      'after',
      examples(
        'anyrate train                                      two to five minutes, no configuration',
        'anyrate train my-moves                             your own recordings',
        'anyrate cut runs/irds --rate 0.98 -o small.anyrate',
      ),
    );
  for (const create of [
    trainCommand,
    evalCommand,
    cutCommand,
    exportCommand,
    importCommand,
    predictCommand,
    dataCommand,
    recipeCommand,
    compareCommand,
    ablateCommand,
    reproduceCommand,
    sweepCommand,
    workerCommand,
    studioCommand,
    benchCommand,
  ]) {
    program.addCommand(create());
  }
  program.addCommand(completionCommand(() => program));
  return throwing(program);
}

function throwing(command: Command): Command {
  command.exitOverride().showSuggestionAfterError();
  for (const child of command.commands) throwing(child);
  return command;
}

function benchCommand(): Command {
  return new Command('bench')
    .description('measure this machine: training steps, or the predictions of a model')
    .addCommand(benchStepCommand())
    .addCommand(benchInferCommand())
    .addHelpText('after', examples('anyrate bench step --threads 2', 'anyrate bench infer runs/irds --rates 0,0.98'));
}
