import { join } from 'node:path';
import { formatCount, formatCounted, shellWord } from '../../core/format.js';
import type { ExperimentResult } from '../../run/node/experiment.js';
import type { NetworkRun } from '../../run/node/network-run.js';
import { reportText } from '../report-text.js';

/** The end of a run for a reader: the table, where the picture is, and what to type next. */
export function describeRun({ report, seconds, folder = '', networks }: ExperimentResult): string {
  const { dataset, split, part, sequences, weights } = report;
  const { folder: shown = '' } = networks[0];
  const word = shellWord(shown);
  return `
${dataset}, ${split}: ${formatCount(weights)} weights, ${formatCount(sequences)} ${part} sequences, ${Math.round(seconds)} s

${reportText(report)}

${describeThresholds(networks[0])}
Picture: ${join(folder, 'report.svg')}
Model:   ${join(shown, 'model.anyrate')}

Next:
  npx anyrate eval ${word} --rates 0,0.93,0.985
  npx anyrate cut ${word} --rate 0.98 -o small.anyrate
  npx anyrate predict ${word} ${shellWord(join(shown, 'example.json'))} --rate 0.98`;
}

/** How a stream is told movements by, and what that finds; or why nobody chose it. */
function describeThresholds({ model, validation, thresholds = validation?.thresholds, report }: NetworkRun): string {
  if (thresholds) {
    const { alarms, score } = thresholds;
    const { smoothing, spotting } = model.description.stream!;
    const { found, segments, falsePositives, alarmsPerMinute, minutesBetween } = score;
    return `Stream:  movements reach ${spotting?.enter} and end below ${spotting?.leave}, smoothing ${smoothing}: chosen on validation,
         for at most ${formatCounted(alarms, 'false alarm')} a minute; there ${found} of ${segments} are found, ${falsePositives} are false, ${alarmsPerMinute} alarms a minute in ${minutesBetween} min`;
  }
  const isValidated = validation !== undefined || report.part === 'validation';
  const why =
    model.description.stream?.nothing === undefined
      ? 'the data show nothing between movements'
      : isValidated
        ? 'the validation part has no movements, or less than a minute between them'
        : '--calibrate chooses them on a validation part';
  return `Stream:  thresholds are the recogniser's own: ${why}`;
}

/** What --json prints: the report, how long it took and where it lies; of several folds, theirs as well. */
export function runAsJson({ report, seconds, folder, networks }: ExperimentResult): object {
  if (networks[0].report === report) return networkAsJson(networks[0]);
  return { ...report, seconds, run: folder, folds: networks.map(networkAsJson) };
}

function networkAsJson({ report, seconds, folder, thresholds, validation }: NetworkRun): object {
  return { ...report, seconds, run: folder, thresholds, validation: validation && networkAsJson(validation) };
}
