import * as Plot from '@observablehq/plot';
import { formatCount } from '../../core/format.js';
import { drawPlot, rateAxes, rateDomain, titleMarks } from '../../evaluate/report/frame.js';
import type { ComparisonReport } from './report.js';
import type { SeriesSummary } from './summary.js';

/** Colours that stay apart on white and for most colour-blind eyes (Okabe and Ito, 2008, and darker and lighter ones). */
const COLOURS = ['#2563eb', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7c3aed', '#7f1d1d', '#111827'];
const DASHES = ['', '6 3', '2 3'];
const DASH_SIGNS = new Map(DASHES.map((dash, i) => [dash, ['━', '╍', '┉'][i]]));
/** About a letter of the legend, and what is beside its longest line. */
const LETTER_WIDTH = 6.5;
const LEGEND_MARGIN = 40;
const LEGEND_STEP = 15;

interface Point {
  readonly x: number;
  readonly nonzeros: number;
  /** Mean and its spread, in per cent. */
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

interface Line {
  readonly title: string;
  readonly stroke: string;
  readonly strokeDasharray: string;
  readonly strokeWidth: number;
  readonly points: readonly Point[];
}

/** Mean accuracy against rate, a line a method, one standard deviation to each side. */
export function curvesPlot(report: ComparisonReport): string {
  const lines = report.series.filter(({ rows }) => rows.length > 0).map(toLine);
  const points = lines.flatMap((line) => line.points);
  const { dataset, classes, seeds } = report;
  const facts = [
    dataset,
    `${formatCount(classes)} classes`,
    seeds.length === 1 ? `seed ${seeds[0]}` : `mean and standard deviation over ${seeds.length} seeds`,
  ];
  return drawPlot({
    marginRight: LEGEND_MARGIN + LETTER_WIDTH * Math.max(0, ...lines.map(({ title }) => title.length)),
    x: { domain: rateDomain(points), axis: null },
    y: { domain: yDomain(points), axis: null },
    marks: [
      ...rateAxes(lines[0]?.points ?? []),
      ...lines.flatMap(marks),
      ...legend(lines),
      ...titleMarks(report.title, facts),
    ],
  });
}

function toLine({ title, rows }: SeriesSummary, index: number): Line {
  const points = rows.map(({ rate, nonzeros, mean, deviation }) => ({
    x: -Math.log2(1 - rate),
    nonzeros,
    y: 100 * mean,
    low: 100 * (mean - deviation),
    high: 100 * (mean + deviation),
  }));
  return {
    title,
    stroke: COLOURS[index % COLOURS.length],
    strokeDasharray: DASHES[Math.floor(index / COLOURS.length) % DASHES.length],
    strokeWidth: index === 0 ? 3 : 1.5,
    points: points.sort((a, b) => a.x - b.x),
  };
}

function marks({ points, title: _, ...style }: Line): Plot.Markish[] {
  return [
    Plot.areaY(points, { x: 'x', y1: 'low', y2: 'high', fill: style.stroke, fillOpacity: 0.08 }),
    Plot.line(points, { x: 'x', y: 'y', ...style }),
    Plot.dot(points, { x: 'x', y: 'y', r: 2, fill: style.stroke }),
  ];
}

/** The lines' names to the right, in the order of their accuracy at the largest rate. */
function legend(lines: readonly Line[]): Plot.Markish[] {
  const last = ({ points }: Line) => points[points.length - 1].y;
  return lines
    .toSorted((a, b) => last(b) - last(a))
    .map(({ title, stroke, strokeDasharray }, i) =>
      Plot.text([`${DASH_SIGNS.get(strokeDasharray)} ${title}`], {
        frameAnchor: 'top-right',
        textAnchor: 'start',
        dx: 14,
        dy: i * LEGEND_STEP,
        fill: stroke,
        fontSize: 12,
      }),
    );
}

function yDomain(points: readonly Point[]): [number, number] {
  const least = Math.min(100, ...points.map(({ low }) => low));
  return [Math.max(Math.floor((least - 2) / 10) * 10, 0), 100];
}
