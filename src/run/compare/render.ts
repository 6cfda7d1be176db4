import type { Machine } from '../jobs/result.js';
import type { Picture } from './comparison.js';
import { curvesPlot } from './curves-plot.js';
import { differencesPlot } from './differences-plot.js';
import { pairedTable } from './paired-table.js';
import type { ComparisonReport } from './report.js';
import { detailTable, divergedNote, overviewTable } from './table.js';

interface Drawing {
  readonly draw: (report: ComparisonReport) => string;
  readonly caption: string;
}

const DRAWINGS: Readonly<Record<Picture, Drawing>> = {
  curves: { draw: curvesPlot, caption: 'Accuracy against pruning rate' },
  differences: { draw: differencesPlot, caption: 'Points by which the first line is ahead of the others' },
};

/** The report's files by their extension; `picture` is the SVG's file name. */
export function renderComparison(report: ComparisonReport, picture: string): { md: string; json: string; svg: string } {
  return {
    md: comparisonMarkdown(report, picture),
    json: `${JSON.stringify(report, null, 2)}\n`,
    svg: DRAWINGS[report.picture].draw(report),
  };
}

function comparisonMarkdown(report: ComparisonReport, picture: string): string {
  const { title, note, command, machines, seeds } = report;
  const measured = seeds.length === 1 ? 'Accuracy of one seed' : 'Mean and standard deviation over the seeds';
  const parts = [
    `# ${title}`,
    `\`${command}\`: seeds ${seeds.join(', ')}; ${machines.map(describeMachine).join('; ')}.`,
    note,
    `${measured}, of cuts with exactly the budget of each rate. Seconds: training of the networks of all rates on one ` +
      'thread, a seed and split.',
    overviewTable(report),
    divergedNote(report),
    pairedSection(report),
    `![${DRAWINGS[report.picture].caption}](${picture})`,
    'All numbers. The actual rate is what the prior’s own threshold a(r) prunes, and the accuracy at a(r) that of what it ' +
      'leaves; where a method has no prior, both are those of the exact budget. MACs: ' +
      'multiply-accumulates for one sequence. Sequences: those of the test, of all splits.',
    detailTable(report),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function pairedSection(report: ComparisonReport): string {
  const table = pairedTable(report);
  return table === '' ? '' : `In pairs of the same seed, mean and standard error of the difference:\n\n${table}`;
}

export function describeMachine({ date, processor, cores, node, version, revision }: Machine): string {
  return `anyrate ${version} (trainings of revision ${revision}), Node ${node}, ${processor}, ${cores} cores, ${date}`;
}
