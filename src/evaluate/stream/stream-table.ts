import { markdownTable } from 'markdown-table';
import { formatPercent, formatRate } from '../../core/format.js';
import type { StreamReport, StreamRow } from './stream-report.js';

/** How well streams are answered at each rate. */
export function streamTable({ rates }: StreamReport): string {
  const head = [
    'rate',
    'found',
    'detection',
    'false positives',
    'each segment',
    'Jaccard',
    'delay',
    'false alarms',
    'a minute',
  ];
  const rows = rates.flatMap(({ rate, score }) => {
    if (score === undefined) return [];
    const { found, segments, detection, falsePositives, falsePositiveRate, jaccard, delay } = score;
    return [
      [
        formatRate(rate),
        `${found} of ${segments}`,
        formatPercent(detection),
        String(falsePositives),
        falsePositiveRate.toFixed(3),
        jaccard.toFixed(3),
        `${delay.median.toFixed(2)} s`,
        `${score.falseAlarms} in ${score.minutesBetween.toFixed(1)} min`,
        score.alarmsPerMinute.toFixed(2),
      ],
    ];
  });
  return markdownTable([head, ...rows], { align: head.map(() => 'r') });
}

/** Every movement at a rate, one a line. */
export function movementTable({ streams }: StreamReport, { movements }: StreamRow): string {
  const head = ['stream', 'start', 'end', 'movement', 'probability', 'known after'];
  const rows = streams.flatMap(({ id }, i) =>
    movements[i].map(({ name, start, end, probability, known, isFound }) => [
      id,
      `${start.toFixed(2)} s`,
      `${end.toFixed(2)} s`,
      isFound === false ? `${name} (false)` : name,
      formatPercent(probability),
      `${(known - start).toFixed(2)} s`,
    ]),
  );
  return markdownTable([head, ...rows], { align: ['l', 'r', 'r', 'l', 'r', 'r'] });
}
