import { join } from 'node:path';
import { formatCount } from '../../core/format.js';
import { reportTable } from '../../evaluate/report/table.js';
import type { ExperimentResult } from '../../run/node/experiment.js';
import type { NetworkRun } from '../../run/node/network-run.js';

/** The end of a run for a reader: the table, where the picture is, and what to type next. */
export function describeRun({ report, seconds, folder = '', networks }: ExperimentResult): string {
  const { dataset, split, part, sequences, weights } = report;
  const { folder: shown = '' } = networks[0];
  return `
${dataset}, ${split}: ${formatCount(weights)} weights, ${formatCount(sequences)} ${part} sequences, ${Math.round(seconds)} s

${reportTable(report)}

Picture: ${join(folder, 'report.svg')}
Model:   ${join(shown, 'model.anyrate')}

Next:
  npx anyrate eval ${shown} --rates 0,0.93,0.985
  npx anyrate cut ${shown} --rate 0.98 -o small.anyrate
  npx anyrate predict ${shown} ${join(shown, 'example.json')} --rate 0.98`;
}

/** What --json prints: the report, how long it took and where it lies; of several folds, theirs as well. */
export function runAsJson({ report, seconds, folder, networks }: ExperimentResult): object {
  if (networks[0].report === report) return networkAsJson(networks[0]);
  return { ...report, seconds, run: folder, folds: networks.map(networkAsJson) };
}

function networkAsJson({ report, seconds, folder, validation }: NetworkRun): object {
  return { ...report, seconds, run: folder, validation: validation && networkAsJson(validation) };
}
