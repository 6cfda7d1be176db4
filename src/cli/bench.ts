import { Command } from 'commander';
import { benchInferCommand } from './bench/infer.js';
import { benchStepCommand } from './bench/step.js';

export function benchCommand(): Command {
  return new Command('bench')
    .description('measure this machine: training steps, or a model at work')
    .addCommand(benchStepCommand())
    .addCommand(benchInferCommand());
}
