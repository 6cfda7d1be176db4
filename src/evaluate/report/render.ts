import { aReport, checkArguments } from '../../core/arguments.js';
import { formatCount } from '../../core/format.js';
import { reportPlot } from './plot.js';
import type { Report } from './report.js';
import { reportTable } from './table.js';

/** The report's files by their extension. */
export function renderReport(report: Report): { md: string; json: string; svg: string } {
  checkArguments('renderReport', { report: [aReport, report] });
  return { md: reportMarkdown(report), json: `${JSON.stringify(report, null, 2)}\n`, svg: reportPlot(report) };
}

function reportMarkdown(report: Report): string {
  const { dataset, split, part, sequences, classes, weights } = report;
  return `# ${dataset}, ${split}

One network of ${formatCount(weights)} weights, trained once and cut at every rate without retraining; accuracy on
${formatCount(sequences)} ${part} sequences of ${classes} classes.

${reportTable(report)}

Trained: the rate was part of every training step. Effective: non-zeros that can influence an answer. MACs:
multiply-accumulates for one sequence. Bytes: the file of the cut, by \`anyrate cut\`. Class mean: the mean over classes
of the accuracy on each.

![Accuracy against pruning rate](report.svg)
`;
}
