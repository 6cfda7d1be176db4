import { comparisonPlot } from './plot.js';
import type { ComparisonReport } from './report.js';
import { detailTable, divergedNote, overviewTable } from './table.js';

/** The report's files by their extension; `picture` is the SVG's file name. */
export function renderComparison(report: ComparisonReport, picture: string): { md: string; json: string; svg: string } {
  return {
    md: comparisonMarkdown(report, picture),
    json: `${JSON.stringify(report, null, 2)}\n`,
    svg: comparisonPlot(report),
  };
}

function comparisonMarkdown(report: ComparisonReport, picture: string): string {
  const { title, note, command, machine, seeds } = report;
  const { date, processor, cores, node, version } = machine;
  const parts = [
    `# ${title}`,
    `\`${command}\`: seeds ${seeds.join(', ')}; anyrate ${version}, Node ${node}, ${processor}, ${cores} cores, ${date}.`,
    note,
    'Mean and standard deviation over the seeds, of cuts with exactly the budget of each rate. Seconds: training of the ' +
      'networks of all rates on one thread, a seed and split.',
    overviewTable(report),
    divergedNote(report),
    `![Accuracy against pruning rate](${picture})`,
    'All numbers. The actual rate is what the prior’s own threshold a(r) would prune; where a method has none, it is ' +
      'exact. MACs: multiply-accumulates for one sequence.',
    detailTable(report),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
