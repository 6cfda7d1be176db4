import { Command } from 'commander';
import { benchInferCommand } from './bench/infer.js';
import { benchStepCommand } from './bench/step.js';
import { examples } from './print.js';

export function benchCommand(): Command {
  return new Command('bench')
    .description('measure this machine: training steps, or a model at work')
    .addCommand(benchStepCommand())
    .addCommand(benchInferCommand())
    .addHelpText('after', examples('anyrate bench step --threads 2', 'anyrate bench infer runs/irds --rates 0,.98'));
}
