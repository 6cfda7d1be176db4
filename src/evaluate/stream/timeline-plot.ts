import * as Plot from '@observablehq/plot';
import { formatPercent, formatRate } from '../../core/format.js';
import { drawPlot, FAINT, INK } from '../report/frame.js';
import type { StreamReport, StreamRow } from './stream-report.js';

/** Streams that are drawn, at most. */
export const MOST_DRAWN = 60;

const WIDTH = 1080;
const LANE = 44;
const MARGIN = { top: 78, right: 20, bottom: 40, left: 60 };
const CHARACTER = 7;

const TRUTH = '#94a3b8';
const FOUND = '#16a34a';
const FALSE = '#dc2626';
const UNJUDGED = '#2563eb';

/** A span in the lane of its stream; y runs downwards, 1 a stream. */
interface Bar {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly top: number;
  readonly colour: string;
}

/** What truly happens in each stream, and below it what is answered, over time, as an SVG. */
export function timelinePlot(title: string, report: StreamReport, row: StreamRow): string {
  const streams = report.streams.slice(0, MOST_DRAWN);
  const names = streams.map(({ id }) => id);
  const bars = streams.flatMap(({ segments = [] }, i) => [
    ...segments.map((segment): Bar => ({ ...segment, top: i + 0.08, colour: TRUTH })),
    ...row.movements[i].map((movement): Bar => ({ ...movement, top: i + 0.48, colour: colourOf(movement.isFound) })),
  ]);
  const left = MARGIN.left + CHARACTER * Math.max(...names.map(({ length }) => length));
  const longest = Math.max(...streams.map(({ seconds }) => seconds));
  const perSecond = (WIDTH - left - MARGIN.right) / longest;
  const fitting = bars.filter(({ name, start, end }) => (end - start) * perSecond > CHARACTER * name.length);
  return drawPlot({
    width: WIDTH,
    height: MARGIN.top + MARGIN.bottom + LANE * streams.length,
    marginLeft: left,
    marginRight: MARGIN.right,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    x: { domain: [0, longest], label: 'seconds', labelAnchor: 'center', tickSize: 4 },
    y: { domain: [streams.length, 0], axis: null },
    marks: [
      Plot.ruleY([...names.keys(), names.length], { stroke: '#e5e7eb' }),
      Plot.rect(bars, {
        x1: 'start',
        x2: 'end',
        y1: 'top',
        y2: ({ top }: Bar) => top + 0.36,
        fill: 'colour',
        title: ({ name, start, end }: Bar) => `${name}, ${start.toFixed(2)} to ${end.toFixed(2)} s`,
      }),
      Plot.text(fitting, {
        x: ({ start, end }: Bar) => (start + end) / 2,
        y: ({ top }: Bar) => top + 0.18,
        text: 'name',
        fill: 'white',
        fontSize: 10,
      }),
      Plot.text(names, {
        x: 0,
        dx: -8,
        y: (_: string, i: number) => i + 0.46,
        text: (name: string) => name,
        textAnchor: 'end',
        fill: INK,
        fontSize: 11,
      }),
      ...heading(title, left, row),
    ],
  });
}

function colourOf(isFound: boolean | undefined): string {
  if (isFound === undefined) return UNJUDGED;
  return isFound ? FOUND : FALSE;
}

function heading(title: string, left: number, { rate, score }: StreamRow): Plot.Markish[] {
  const facts =
    score === undefined
      ? 'movements that were found'
      : `${score.found} of ${score.segments} segments found (${formatPercent(score.detection)}), ` +
        `${score.falsePositives} false positives (red), Jaccard ${score.jaccard.toFixed(2)} · above: truth, below: answers`;
  const place = { frameAnchor: 'top-left', textAnchor: 'start', dx: 16 - left } as const;
  return [
    Plot.text([`${title}, rate ${formatRate(rate)}`], { ...place, dy: -58, fontSize: 15, fontWeight: 600, fill: INK }),
    Plot.text([facts], { ...place, dy: -36, fontSize: 12, fill: FAINT }),
  ];
}
