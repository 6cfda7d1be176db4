import { join } from 'node:path';
import { formatCount, reportTable } from '../../evaluate/report/table.js';
import type { FoldsResult } from './folds.js';
import type { RunResult } from './one.js';

/** The end of a run for a reader: the table, where the picture is, and what to type next. */
export function describeRun(result: RunResult | FoldsResult): string {
  const { dataset, split, part, sequences, weights, seconds, run } = result;
  const shown = 'folds' in result ? result.folds[0].run : run;
  return `
${dataset}, ${split}: ${formatCount(weights)} weights, ${formatCount(sequences)} ${part} sequences, ${Math.round(seconds)} s

${reportTable(result)}

Picture: ${join(run, 'report.svg')}
Model:   ${join(shown, 'model.anyrate')}

Next:
  npx anyrate eval ${shown} --rates 0,.93,.985
  npx anyrate cut ${shown} --rate .98 -o small.anyrate
  npx anyrate predict ${shown} ${join(shown, 'example.json')} --rate .98`;
}
