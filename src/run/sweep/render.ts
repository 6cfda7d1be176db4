import { formatCount, formatDuration } from '../../core/format.js';
import { curvesPlot } from '../compare/curves-plot.js';
import { describeMachine } from '../compare/render.js';
import { divergedNote } from '../compare/table.js';
import type { SearchReport, SweepReport } from './sweep-report.js';
import { accuracyTable, differencesTable, recipesTable, searchTable } from './tables.js';

/** The report's files by their extension. All before "Trainings" is the same, whoever ran the jobs. */
export function renderSweep(report: SweepReport): { md: string; json: string; svg: string } {
  return { md: sweepMarkdown(report), json: `${JSON.stringify(report, null, 1)}\n`, svg: pictureOf(report) };
}

/** Empty as long as nothing is done. */
export function pictureOf({ comparison, trainings }: SweepReport): string {
  const hasRows = comparison.series.some(({ rows }) => rows.length > 0);
  return hasRows ? curvesPlot({ ...comparison, machines: trainings.machines }) : '';
}

function sweepMarkdown(report: SweepReport): string {
  const { name, command, jobs, comparison, searches, trainings } = report;
  const state = jobs.done < jobs.wanted ? ` Not finished: ${jobs.done} of ${jobs.wanted} jobs are done.` : '';
  const parts = [
    `# ${name}`,
    `\`${command}\`: ${comparison.dataset}, seeds ${comparison.seeds.join(', ')}.${state}`,
    ...searches.flatMap(searchParts),
    '## Accuracy',
    'Mean and standard deviation over the seeds of the mean over the splits, of cuts with exactly the budget of each rate.',
    accuracyTable(report),
    divergedNote(comparison),
    '![Accuracy against pruning rate](report.svg)',
    ...differenceParts(report),
    ...titled('## Recipes', searches.length === 0 ? recipesTable(report) : ''),
    '## Trainings',
    [...trainings.machines.map(describeMachine), describeTime(report)].join('; '),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function searchParts(search: SearchReport): string[] {
  const { split, validation, sequences, chosen } = search;
  return [
    `## Search for ${split}`,
    `Selected on ${validation}: ${formatCount(sequences)} sequences of the training part of ${split}, which trained none of ` +
      `these recipes. The test part of ${split} was in none of these trainings and judged none of them. Chosen: ` +
      `${chosen ?? 'not yet'}.`,
    searchTable(search),
  ];
}

function differenceParts(report: SweepReport): string[] {
  const table = differencesTable(report);
  if (table === '') return [];
  const [{ than }] = report.differences;
  const note =
    `Points ahead of “${than}”: mean over pairs of the same seed and split, with Student's interval of 95 %. Of several ` +
    'splits it is widened for training parts that overlap (Nadeau and Bengio, 2003); of one split it is over seeds alone.';
  return ['## Paired differences', note, table];
}

function titled(title: string, table: string): string[] {
  return table === '' ? [] : [title, table];
}

function describeTime({ trainings: { seconds }, jobs }: SweepReport): string {
  const time = seconds === null ? 'times are not known of all' : `${formatDuration(seconds)} of training in all`;
  return `${formatCount(jobs.done)} jobs, ${time}.`;
}
