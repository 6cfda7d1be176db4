import { Command, Option } from 'commander';
import { enableFast } from '../../kernels/node/fast.js';
import { benchStep, REFERENCE, REFERENCE_RATES, type StepBenchResult } from '../../measure/step.js';
import { startNodeWorkers } from '../../train/node/workers.js';
import { examples, flags, printResult, wholeNumber } from '../options.js';

interface StepOptions {
  readonly rates: readonly number[];
  readonly batch: number;
  readonly steps: number;
  readonly threads: number;
  readonly fast?: boolean;
  readonly kld: boolean;
  readonly json?: boolean;
}

export function benchStepCommand(): Command {
  return new Command('step')
    .description(
      `time joint training steps of the reference network (${REFERENCE.nodes} nodes, ${REFERENCE.heads} heads)`,
    )
    .addOption(flags.rates().default([...REFERENCE_RATES], 'eight rates from 0 to 0.98'))
    .addOption(size('--batch <n>', 'sequences per step', 4096).default(REFERENCE.batch))
    .addOption(size('--steps <n>', 'timed steps, of which the median is reported', 100000).default(20))
    .addOption(size('--threads <n>', 'threads to run each step on', 64).default(1))
    .addOption(flags.fast())
    .addOption(new Option('--no-kld', 'leave out the divergence term'))
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate bench step --threads 2', 'anyrate bench step --rates 0 --json'))
    .action(runStep);
}

function size(flag: string, description: string, most: number): Option {
  return new Option(flag, description).argParser(wholeNumber(flag.split(' ')[0], 1, most));
}

function runStep({ rates, batch, steps, threads, fast, kld, json }: StepOptions): void {
  if (fast) enableFast();
  const mode = fast ? 'fast' : 'deterministic';
  const startWorkers = startNodeWorkers;
  const result = benchStep({ rates, batch, steps, threads, mode, divergence: kld, startWorkers });
  printResult(json, result, () => describe(result));
}

function describe({
  msPerStep,
  phases,
  gflops,
  peakGflops,
  threads,
  mode,
  rates,
  weights,
  batch,
  bytes,
}: StepBenchResult): string {
  const share = Math.round((100 * gflops) / (peakGflops * threads));
  const parts = Object.entries(phases).map(([name, ms]) => `${name} ${ms.toFixed(2)}`);
  return [
    `${msPerStep.toFixed(2)} ms per step: ${rates.length} rates, ${weights} weights, batch ${batch}, ${threads} threads, ${mode}`,
    `ms by phase: ${parts.join(', ')}`,
    `${gflops.toFixed(1)} GFLOP/s, ${share} % of ${threads} x ${peakGflops.toFixed(1)} (SIMD on registers); heap ${Math.round(bytes / 1e6)} MB`,
  ].join('\n');
}
