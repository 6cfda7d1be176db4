import { Command } from 'commander';
import { markdownTable } from 'markdown-table';
import { formatCounted, inOneLine } from '../../core/format.js';
import { describeFinding } from '../../data/check/finding.js';
import { type DatasetSummary, describeDataset, type ValueRange } from '../../data/describe.js';
import { loadDataset } from '../../data/node/load.js';
import { examples, flags, printResult } from '../options.js';

/** A table of more columns is too wide to be read. */
const MOST_SUBJECTS = 12;
/** Splits that are listed in full; of more, their names. */
const LISTED_SPLITS = 8;

export function infoCommand(): Command {
  return new Command('info')
    .description('persons, joints, frames, classes, who tests, and what was skipped and why')
    .argument('[name|path]', 'built-in name, folder, or file', 'irds')
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate data info irds', 'anyrate data info path/to/sbu --json'))
    .action(async (name: string, { json }: { json?: boolean }) => {
      const summary = describeDataset(await loadDataset(name));
      printResult(json, summary, () => describeInFull(summary));
    });
}

export function describeInFull(summary: DatasetSummary): string {
  const { frames, recordedFrames, seconds, classes, splits, skipped, remarks, warnings, testing } = summary;
  const line = (title: string, text: string) => (text === '' ? [] : [`${title.padEnd(10)} ${text}`]);
  const lines = [
    `${summary.name}: ${summary.title}`,
    ...line('licence', summary.licence),
    ...line('citation', summary.citation),
    ...line('note', summary.note ?? ''),
    ...line(
      'skeletons',
      `${summary.persons} x ${summary.joints} joints (${summary.layout}), in ${unitInWords(summary.unit)}`,
    ),
    ...line('sequences', describeSequences(summary)),
    ...line('frames', `${describeRange(frames)}; recorded ${describeRange(recordedFrames)}`),
    ...line('seconds', seconds === undefined ? '' : describeRange(seconds)),
    ...line('classes', classes.map(describeClass).join(', ')),
    ...splitLines(splits),
    ...line('tests', testing),
    ...skipped.map(({ reason, files, first }) => `skipped    ${files}, such as ${first}: ${reason}`),
    ...remarks.map(({ remark, recordings, first }) => `read       ${recordings}, such as ${first}: ${remark}`),
    ...warnings.map((one) => `warning    ${describeFinding(one)}`),
  ];
  return [...lines.map(inOneLine), ...subjectTable(summary)].join('\n');
}

function describeClass({ name, sequences, nothing }: DatasetSummary['classes'][number]): string {
  return `${name} (${sequences}${nothing ? ', means nothing' : ''})`;
}

function splitLines(splits: DatasetSummary['splits']): string[] {
  const rest = splits.slice(LISTED_SPLITS);
  return [
    ...splits
      .slice(0, LISTED_SPLITS)
      .map(({ name, train, test, description }) => `split      ${name}: ${train} / ${test}. ${description}`),
    ...(rest.length > 0 ? [`splits     ${rest.length} more: ${rest[0].name} to ${rest.at(-1)!.name}`] : []),
  ];
}

function describeSequences({ sequences, subjects, performers }: DatasetSummary): string {
  if (subjects === 0) return `${sequences}, nothing says by whom`;
  if (performers !== 'unknown') return `${sequences}, by ${formatCounted(subjects, 'subject')}`;
  return `${sequences}, in ${formatCounted(subjects, 'group')} that splits keep apart; nothing says by whom`;
}

/** Recordings of each class and subject, where there are few enough subjects. */
function subjectTable({ classes, people }: DatasetSummary): string[] {
  if (people.length < 2 || people.length > MOST_SUBJECTS) return [];
  const head = ['class', ...people.map(({ name }) => inOneLine(name) || '(unknown)')];
  const rows = classes.map(({ name }, label) => [
    inOneLine(name),
    ...people.map(({ sequences }) => String(sequences[label] || '·')),
  ]);
  return ['', markdownTable([head, ...rows], { align: head.map((_, i) => (i === 0 ? 'l' : 'r')) })];
}

function unitInWords(unit: DatasetSummary['unit']): string {
  if (unit === 'image') return 'shares of the picture';
  if (unit === 'inch') return 'inches';
  return unit === 'normalised' ? 'a unit of its own' : `${unit}s`;
}

function describeRange({ min, median, max }: ValueRange): string {
  return `${min} to ${max}, median ${median}`;
}
