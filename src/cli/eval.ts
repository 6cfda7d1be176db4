import { join } from 'node:path';
import { Command, Option } from 'commander';
import { InputError } from '../core/errors.js';
import { formatCount, formatPercent, formatRate } from '../core/format.js';
import { makeFolder, writeWhole } from '../core/node/write.js';
import { loadDataset } from '../data/node/load.js';
import { unknownTable } from '../evaluate/rejection/table.js';
import { calibrationTable } from '../evaluate/report/calibration.js';
import { confusionTable } from '../evaluate/report/confusion.js';
import { createReport, type Report, type WrongAnswer } from '../evaluate/report/report.js';
import { PROTOCOLS, type Protocol } from '../evaluate/stream/match.js';
import type { Model } from '../model/model.js';
import { loadModel, runOf } from '../run/node/load-model.js';
import type { StatedAccuracy } from '../runtime/file/header.js';
import { describeStreams, drawStreams, evaluateStreams } from './eval/stream.js';
import { drawUnknown, evaluateUnknown } from './eval/unknown.js';
import { dataOf } from './model-data.js';
import { examples, flags, parsePositive, printResult } from './options.js';
import { reportText } from './report-text.js';

interface EvalOptions {
  readonly data?: string;
  readonly split?: string;
  readonly rates?: readonly number[];
  readonly confusion?: boolean;
  readonly calibration?: boolean;
  readonly unknown?: string;
  readonly stream?: string;
  readonly segments?: string;
  readonly unit?: 'frames' | 'seconds';
  readonly fps?: number;
  readonly protocol?: Protocol;
  readonly recognizer?: string;
  readonly svg?: string;
  readonly json?: boolean;
}

export function evalCommand(): Command {
  return new Command('eval')
    .description('accuracy and size of a model at any list of rates')
    .argument('<model|run>', 'an .anyrate file, or the folder of a run')
    .addOption(flags.data())
    .addOption(flags.split())
    .addOption(flags.rates())
    .option(
      '--confusion',
      'how often each class was taken for every other, the accuracy of each class, and which recordings are misclassified',
    )
    .option(
      '--calibration',
      'how well calibrated the probabilities are, with and without the temperatures of the model',
    )
    .option(
      '--unknown <name|path>',
      'recordings of other movements, in folders or not: how well they are told from the classes of the model',
    )
    .option(
      '--stream <recording|folder|->',
      'find movements in a long recording, in those of a folder, or in frames from standard input, one JSON array a line',
    )
    .option('--segments <table>', 'with --stream: what happens when, a table with the columns file, start, end, class')
    .addOption(new Option('--unit <unit>', 'with --segments: what start and end are in').choices(['frames', 'seconds']))
    .addOption(
      new Option('--fps <n>', 'with --stream: frames a second where there are no time stamps').argParser(
        parsePositive('--fps'),
      ),
    )
    .addOption(
      new Option(
        '--protocol <name>',
        'with --stream: a movement finds a segment by more than half of it (overlap), or by where it starts (start)',
      ).choices(PROTOCOLS),
    )
    .option('--recognizer <json>', 'with --stream: options of the recogniser, other than the model states')
    .addOption(
      new Option(
        '--svg <dir>',
        'also write pictures to this folder: each confusion matrix and, with --unknown, what is refused; with --stream, a time line',
      ).implies({
        confusion: true,
      }),
    )
    .addOption(flags.json())
    .addHelpText(
      'after',
      examples(
        'anyrate eval runs/irds',
        'anyrate eval runs/irds --rates 0,0.98 --confusion --svg pictures',
        'anyrate eval runs/mine --unknown recordings/other',
        'anyrate eval runs/mine --stream day.json --segments day.csv --unit seconds --svg pictures',
        'anyrate eval runs/mine --stream - --fps 30 < frames.jsonl',
      ),
    )
    .action(evaluateModel);
}

async function evaluateModel(path: string, options: EvalOptions): Promise<void> {
  const { data, split, confusion, calibration, unknown, svg, json } = options;
  checkTogether(options);
  const model = loadModel(path);
  if (options.stream !== undefined) return evaluateStream(model, path, { ...options, stream: options.stream });
  const dataset = await loadDataset(data ?? dataOf(model, path));
  const rates = options.rates ?? reportRates(model, path);
  const report = createReport(model, dataset, { split, rates, confusion, calibration });
  const others = unknown === undefined ? undefined : await evaluateUnknown(model, dataset, report, unknown);
  const { classes, provenance } = model.description;
  const pictures =
    svg === undefined
      ? []
      : [...(await drawConfusions(report, classes, svg)), ...(others ? [await drawUnknown(others, svg)] : [])];
  const { accuracy: stated = [] } = provenance;
  printResult(
    json,
    { ...report, stated, ...(others && { unknown: others }), ...(svg !== undefined && { pictures }) },
    () =>
      [
        describe(report, classes),
        ...(others ? [unknownTable(others)] : []),
        ...(provenance.imported ? [IMPORTED] : []),
        ...stated.map(describeStated),
        ...pictures.map((file) => `Picture: ${file}`),
      ].join('\n\n'),
  );
}

/** Flags that make sense only with --stream, or only without. */
function checkTogether({ stream, calibration, unknown, data, segments, unit, fps, protocol, recognizer }: EvalOptions) {
  const alone = { '--calibration': calibration, '--unknown': unknown, '--data': data };
  const only = {
    '--segments': segments,
    '--unit': unit,
    '--fps': fps,
    '--protocol': protocol,
    '--recognizer': recognizer,
  };
  const [wrong] = Object.entries(stream === undefined ? only : alone).find(([, value]) => value !== undefined) ?? [];
  if (wrong === undefined) return;
  const [expected, mend] =
    stream === undefined ? ['--stream with it', 'Pass --stream.'] : ['no --stream with it', 'Leave one of them out.'];
  throw new InputError({ source: wrong, expected, found: stream === undefined ? 'none' : '--stream', mend });
}

async function evaluateStream(
  model: Model,
  path: string,
  options: EvalOptions & { readonly stream: string },
): Promise<void> {
  const { protocol = 'overlap', svg, json } = options;
  const rates = options.rates ?? reportRates(model, path) ?? [model.rate];
  const report = await evaluateStreams(model, { ...options, protocol, rates });
  const pictures = svg === undefined ? [] : await drawStreams(report, `Movements in ${options.stream}`, svg);
  printResult(json, { ...report, ...(svg !== undefined && { pictures }) }, () =>
    [describeStreams(report), ...pictures.map((file) => `Picture: ${file}`)].join('\n\n'),
  );
}

const IMPORTED = 'The weights were imported, so it is not known which sequences they were trained on.';

function describe(report: Report, classes: readonly string[]): string {
  const { dataset, split, part, sequences, seen, rates } = report;
  const title = `${dataset}, ${split}: ${formatCount(sequences)} ${part} sequences, ${classes.length} classes`;
  const matrices = rates.flatMap(({ rate, confusion, wrong = [] }) =>
    confusion ? [confusionTable(rate, classes, confusion), ...describeWrong(wrong)] : [],
  );
  const fits = rates.some(({ calibration }) => calibration) ? [calibrationTable(rates)] : [];
  const warning =
    seen > 0 ? [`The model was trained on ${seen} of these sequences; its accuracy on others may be lower.`] : [];
  return [title, reportText(report), ...warning, ...fits, ...matrices].join('\n\n');
}

/** Wrong answers that are listed; --json has all. */
const LISTED = 20;

function describeWrong(wrong: readonly WrongAnswer[]): string[] {
  if (wrong.length === 0) return [];
  const lines = wrong.slice(0, LISTED).map((one) => `  ${one.id}: ${one.class}, taken for ${one.answer}`);
  const rest = wrong.length - lines.length;
  return [['Wrong:', ...lines, ...(rest > 0 ? [`  and ${rest} more; --json lists them all`] : [])].join('\n')];
}

/** What the file says of itself. */
function describeStated({ part, split, sequences, rates, accuracies }: StatedAccuracy): string {
  // Accuracies in a file are rounded; rounded once more as they are, 0.9055 of 1,284 in 1,418 would be 90.5 % instead of 90.6 %.
  const exact = accuracies.map((accuracy) => Math.round(accuracy * sequences) / sequences);
  const values = rates.map((rate, i) => `${formatPercent(exact[i])} at ${formatRate(rate)}`);
  return `Stated in the file, ${part} (${split}, ${formatCount(sequences)} sequences): ${values.join(', ')}`;
}

/** Writes confusion-RATE.svg for each rate. */
async function drawConfusions({ dataset, split, rates }: Report, classes: readonly string[], folder: string) {
  const { confusionPlot } = await import('../evaluate/report/confusion-plot.js'); // takes a while to load
  makeFolder(folder);
  return rates.map(({ rate, confusion }) => {
    const file = join(folder, `confusion-${formatRate(rate)}.svg`);
    writeWhole(file, confusionPlot(`${dataset}, ${split}, rate ${formatRate(rate)}`, classes, confusion!));
    return file;
  });
}

/** The rates of the run's own report, as far as the model holds them. */
function reportRates({ rate }: Model, path: string): number[] | undefined {
  return rate === 0 ? runOf(path)?.recipe().report : undefined;
}
